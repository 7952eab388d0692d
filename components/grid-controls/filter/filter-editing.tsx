'use client';

import { createContext, type Dispatch, type ReactNode, type SetStateAction, use } from 'react';
import type { FieldSource } from '@/components/grid-controls/fields/field-choices';
import type { GridColumn } from '@/lib/records/types';
import type { DraftGroup } from './filter-draft';

/** What every part of the builder needs, however deep it stands. */
export interface Editing {
  source: FieldSource;
  locale: string;
  timeZone: string;
  columnOf: (name: string) => GridColumn | undefined;
  nameOf: (id: string) => string | undefined;
  isUsable: (column: GridColumn) => boolean;
  edit: Dispatch<SetStateAction<DraftGroup>>;
}

const EditingContext = createContext<Editing | null>(null);

export function FilterEditing({ value, children }: { value: Editing; children: ReactNode }) {
  return <EditingContext value={value}>{children}</EditingContext>;
}

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (editing === null) throw new Error('no filter builder around');
  return editing;
}

/** Id of the button that adds a condition to a group. */
export function adderId(groupId: number): string {
  return `add-condition-${groupId}`;
}

/** Where the focus goes when the part that had it is taken away. */
export function focusAdder(groupId: number): void {
  requestAnimationFrame(() => document.getElementById(adderId(groupId))?.focus());
}

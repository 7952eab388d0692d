import type { FieldChoices, ParentChoice } from '@/lib/records/fields/types';
import type { GridColumn } from '@/lib/records/types';
import { groupFields, matchesField, ownLabel } from './group-fields';

export type PickerItem = { kind: 'field'; column: GridColumn } | { kind: 'parent'; parent: ParentChoice };

export interface PickerSection {
  title: string;
  items: PickerItem[];
}

/** Relationships that SOQL follows from one object, at most. */
const MAX_PARENTS = 5;

/** Place of the item that is most likely meant: of this very name, else the first that begins with it, else the first. */
export function likeliest(items: readonly PickerItem[], typed: string): number {
  const text = typed.trim().toLowerCase();
  if (text === '') return 0;
  const labels = items.map((item) =>
    ownLabel(item.kind === 'field' ? item.column.label : item.parent.label).toLowerCase(),
  );
  const exact = labels.indexOf(text);
  return exact >= 0
    ? exact
    : Math.max(
        labels.findIndex((label) => label.startsWith(text)),
        0,
      );
}

/** What a picker lists: usable fields by type, then the parents whose fields can be looked at. */
export function pickerSections(
  choices: FieldChoices,
  typed: string,
  usable: (column: GridColumn) => boolean,
): PickerSection[] {
  const columns = choices.columns.filter((column) => usable(column) && matchesField(column, typed));
  const parents = choices.parents.filter(
    ({ label, path }) => path.split('.').length <= MAX_PARENTS && matchesField({ label, name: path }, typed),
  );
  const sections: PickerSection[] = groupFields(columns).map((group) => ({
    title: group.title,
    items: group.columns.map((column) => ({ kind: 'field', column })),
  }));
  if (parents.length === 0) return sections;
  const items = parents.map((parent): PickerItem => ({ kind: 'parent', parent }));
  return [...sections, { title: 'Fields of', items }];
}

'use client';

import { createContext, use } from 'react';
import type { GridFault } from '@/components/states/grid-fault';
import type { GridLayout } from '@/lib/records/types';

/** Where to jump: to a row (from 1), or to where a value of the first sort key begins. */
export type JumpTarget = { row: number } | { value: string };

export type JumpAnswer = { ok: true; row: number } | { ok: false; problem: GridFault };

/** What controls can ask of the grid beyond its state. */
export interface GridActions {
  /** Shows a row; the first one when there is none at or after the value. A value costs one API call. */
  jump: (target: JumpTarget) => Promise<JumpAnswer>;
  /** Asks Salesforce again for what is shown. */
  refresh: () => void;
  layout: GridLayout;
  setLayout: (patch: Partial<GridLayout>) => void;
}

const GridActionsContext = createContext<GridActions | null>(null);

export const GridActionsProvider = GridActionsContext.Provider;

/** The grid around a control. Throws outside of one. */
export function useGridActions(): GridActions {
  const actions = use(GridActionsContext);
  if (!actions) throw new Error('useGridActions belongs into a control of a DataGrid');
  return actions;
}

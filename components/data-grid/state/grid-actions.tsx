'use client';

import { createContext, use } from 'react';
import type { GridLayout } from '@/lib/records/types';

/** What controls can ask of the grid beyond its state. */
export interface GridActions {
  /** Asks Salesforce again for what is shown. */
  refresh: () => void;
  layout: GridLayout;
  setLayout: (patch: Partial<GridLayout>) => void;
  /** Goes to another page of this portal. */
  leaveTo: (path: string) => void;
}

const GridActionsContext = createContext<GridActions | null>(null);

export const GridActionsProvider = GridActionsContext.Provider;

/** The grid around a control. Throws outside of one. */
export function useGridActions(): GridActions {
  const actions = use(GridActionsContext);
  if (!actions) throw new Error('useGridActions belongs into a control of a DataGrid');
  return actions;
}

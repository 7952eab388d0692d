'use client';

import { createContext, use } from 'react';

/** Ways to a row that may be far from what is on screen. The grid provides them. */
export interface GridJump {
  /** Shows a row, from 1, and puts the active cell on it. */
  row(n: number): void;
  /** Shows the first row whose first sort key is at or after a value. Rejects with an `Error` that says why not. */
  value(v: string): Promise<void>;
}

export const GridJumpContext = createContext<GridJump | null>(null);

/** How to go to a row of the grid around. Throws outside of one. */
export function useGridJump(): GridJump {
  const jump = use(GridJumpContext);
  if (jump === null) throw new Error('no grid around');
  return jump;
}

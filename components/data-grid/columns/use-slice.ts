'use client';

import { useMemo } from 'react';

/** A part of a list that stays the same array for as long as its content does. */
export function useSlice<T>(list: readonly T[], from: number, to: number): T[] {
  return useMemo(() => list.slice(from, to), [list, from, to]);
}

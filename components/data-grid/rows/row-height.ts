import type { GridLayout } from '@/lib/records/types';

export const HEAD_HEIGHT = 36;

const HEIGHTS = { compact: { line: 28, wrapped: 64 }, comfortable: { line: 36, wrapped: 72 } } as const;

/** Height of every row in pixels: one height for all, so that a row's place is arithmetic. Wrapped text has three lines. */
export function rowHeightOf({ density, wrap }: Pick<GridLayout, 'density' | 'wrap'>): number {
  return HEIGHTS[density][wrap ? 'wrapped' : 'line'];
}

import type { ColumnKind, GridColumn } from '@/lib/records/types';

export const LEAST_WIDTH = 64;
export const MOST_WIDTH = 1_200;

const WIDTHS: Record<ColumnKind, number> = {
  text: 180,
  longText: 280,
  richText: 280,
  number: 130,
  currency: 160,
  percent: 120,
  date: 130,
  dateTime: 180,
  time: 110,
  boolean: 100,
  picklist: 170,
  multiPicklist: 220,
  reference: 180,
  address: 260,
  url: 220,
  email: 220,
  phone: 160,
  count: 110,
};

const NAME_WIDTH = 280;
/** Widest that a header makes a column by itself. */
const LABEL_ROOM = 240;

/** Kinds that people compare by size: set to the right. */
export function isQuantity(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'currency' || kind === 'percent' || kind === 'count';
}

/** Kinds of which the first click on a header shows the largest, or the newest. */
export const LARGEST_FIRST: ReadonlySet<ColumnKind> = new Set([
  'number',
  'currency',
  'percent',
  'count',
  'date',
  'dateTime',
]);

/** How wide a column begins, in pixels: as its kind needs, and as its label does. */
export function widthOf({ kind, label, isName }: Pick<GridColumn, 'kind' | 'label' | 'isName'>): number {
  if (isName) return NAME_WIDTH;
  return Math.max(WIDTHS[kind], Math.min(LABEL_ROOM, Math.ceil(label.length * 7.2) + 52));
}

/** A width that a column may have. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH));
}

import type { GridColumn, SortKey } from '@/lib/records/types';

/** How one says where to go to in a sorted column, or why one cannot. */
export type ValueJump =
  | { can: true; label: string; input: 'text' | 'number' | 'date' }
  | { can: false; why: string };

/** What the first sort key allows: a letter, a number or a date; picklists follow their list, not the alphabet. */
export function valueJump(sort: readonly SortKey[], columns: readonly GridColumn[]): ValueJump {
  const [key] = sort;
  if (key === undefined)
    return { can: false, why: 'Sort by a column first: then you can go to a value in it.' };
  const column = columns.find(({ name }) => name === key.field);
  if (column === undefined) {
    return { can: false, why: `The list is sorted by “${key.field}”, which is not shown. Show it first.` };
  }
  const { label, kind } = column;
  switch (kind) {
    case 'number':
    case 'currency':
    case 'percent':
      return { can: true, label: `${label} from`, input: 'number' };
    case 'date':
    case 'dateTime':
      return { can: true, label: `${label} from`, input: 'date' };
    case 'text':
    case 'email':
    case 'url':
    case 'phone':
    case 'longText':
    case 'reference':
      return { can: true, label: `${label} from`, input: 'text' };
    case 'picklist':
      return {
        can: false,
        why: `“${label}” is sorted in the order of its list, so it has no letters to go to.`,
      };
    default:
      return { can: false, why: `The list is sorted by “${label}”, which has no values to go to.` };
  }
}

/** A row number as people type it: `250,000`, `250 000` or `250000`; null: none, or beyond the list. */
export function rowNumber(text: string, total: number): number | null {
  const digits = text.replace(/[\s.,'’\u00a0\u202f]/g, '');
  if (!/^\d{1,9}$/.test(digits)) return null;
  const row = Number(digits);
  return row >= 1 && row <= total ? row : null;
}

import { createHash } from 'node:crypto';

/** Where a row stands in its order. */
export interface Cursor {
  /** Of the row in the whole list, from 0. */
  row: number;
  id: string;
  /** Of the sort keys, as Salesforce answered them. */
  values: unknown[];
}

/** A longer one would not fit into a URL beside a filter. */
const MOST_CHARACTERS = 2_000;
const MOST_KEYS = 10;

/** What a cursor is bound to: the object, the conditions and the order of its list. */
export function stampOf(statement: string): string {
  return createHash('sha256').update(statement).digest('base64url').slice(0, 12);
}

/** A cursor as an opaque text; null when it would be too long. */
export function formatCursor(stamp: string, { row, id, values }: Cursor): string | null {
  const text = Buffer.from(JSON.stringify([stamp, row, id, values])).toString('base64url');
  return text.length <= MOST_CHARACTERS ? text : null;
}

/** Reads what `formatCursor` wrote with the same stamp; null for anything else, such as the cursor of another sort. */
export function parseCursor(stamp: string, text: string): Cursor | null {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(read) || read.length !== 4) return null;
    const [bound, row, id, values] = read as unknown[];
    if (bound !== stamp || typeof id !== 'string' || !Number.isSafeInteger(row)) return null;
    if (!Array.isArray(values) || values.length > MOST_KEYS) return null;
    return { row: row as number, id, values };
  } catch {
    return null;
  }
}

import type { CellValue, SobjectDefinition } from '@/simulator/data/schema';
import { type Column, type Link, listedIds, Table } from '@/simulator/data/table';
import type { SimUser } from '@/simulator/types';

/** One row as it is now: its 18-character id, and what it holds by field name. A lookup holds an id. */
export interface LiveRow {
  readonly id: string;
  readonly cells: Readonly<Record<string, CellValue>>;
}

/** An object whose rows are what the org is at this moment, read anew for each query. */
export interface LiveObject {
  readonly definition: SobjectDefinition;
  /** False: for this user there is no such object (`INVALID_TYPE`, and not in describe). */
  isFor(user: SimUser): boolean;
  /** The rows that this user may see. */
  rows(user: SimUser): readonly LiveRow[];
}

/** A table of the rows as they are now. `tableOf` finds what lookups point to. */
export function liveTable(object: LiveObject, user: SimUser, tableOf: (name: string) => Table | null): Table {
  const { definition } = object;
  const rows = object.rows(user);
  const columns: Record<string, Column> = {};
  const links: Record<string, Link> = {};
  for (const { name, type, referenceTo } of definition.fields) {
    const empty = type === 'boolean' ? false : null;
    columns[name] = (row) => rows[row]?.cells[name] ?? empty;
    const target = referenceTo[0];
    if (!target) continue;
    links[name] = (row) => {
      const id = rows[row]?.cells[name];
      return typeof id === 'string' ? (tableOf(target)?.ids.rowOf(id) ?? -1) : -1;
    };
  }
  const ids = listedIds(rows.map(({ id }) => id));
  return new Table({ definition, size: rows.length, ids, columns, links, isLive: true });
}

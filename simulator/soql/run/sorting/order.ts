import type { Table } from '@/simulator/data/table';
import type { Operand } from '@/simulator/soql/run/operand';
import { Recent } from '@/simulator/soql/run/recent';
import { type SortKey, scrambled } from '@/simulator/soql/run/sorting/compare';
import { type Ranks, rankRows } from '@/simulator/soql/run/sorting/ranks';

/** Cells kept over all cached orders and ranks of an org; a million accounts take four bytes each. */
const KEPT_CELLS = 30_000_000;

/** Two users share an order only when their locales order text alike. */
function cacheKey({ key, collation }: Operand): string {
  return `${key} by ${collation.name}`;
}

function rankKey(table: Table, operand: Operand): string {
  return `${table.definition.name}.${cacheKey(operand)}`;
}

/** Stable counting sort of `order` by one key. */
function applyKey(order: Uint32Array, { ranks, distinct }: Ranks, key: SortKey): Uint32Array<ArrayBuffer> {
  const place = (rank: number): number => {
    if (rank === 0) return key.nullsFirst ? 0 : distinct + 1;
    return key.descending ? distinct + 1 - rank : rank;
  };
  const starts = new Uint32Array(distinct + 3);
  for (const row of order) {
    const at = place(ranks[row] ?? 0) + 1;
    starts[at] = (starts[at] ?? 0) + 1;
  }
  for (let index = 1; index < starts.length; index++) {
    starts[index] = (starts[index] ?? 0) + (starts[index - 1] ?? 0);
  }
  const result = new Uint32Array(order.length);
  for (const row of order) {
    const at = place(ranks[row] ?? 0);
    const next = starts[at] ?? 0;
    result[next] = row;
    starts[at] = next + 1;
  }
  return result;
}

function rowOrder(size: number, descending: boolean): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: size }, (_, row) => (descending ? size - 1 - row : row));
}

/**
 * Rows that are equal under ORDER BY come in an order of no meaning, as in Salesforce: whoever needs a stable
 * page adds Id.
 */
function tieOrder(size: number): Uint32Array<ArrayBuffer> {
  if (size > 0x20_0000) return rowOrder(size, false);
  const numbered = new Float64Array(size);
  for (let row = 0; row < size; row++) numbered[row] = scrambled(row) * 0x20_0000 + row;
  numbered.sort();
  return Uint32Array.from(numbered, (value) => value % 0x20_0000);
}

/** Sorted row numbers, kept per ORDER BY, so that paging through a million rows sorts once. */
export class SortedRows {
  private readonly kept = new Recent<Uint32Array<ArrayBuffer>>(KEPT_CELLS);
  private readonly keptRanks = new Recent<Ranks>(KEPT_CELLS);

  /** All rows of the table in the order of the keys. */
  rows(table: Table, keys: readonly SortKey[]): Uint32Array<ArrayBuffer> {
    const signature = this.signature(table, keys);
    const found = signature === null ? null : this.kept.get(signature);
    if (found) return found;
    // No two rows share an id: what is named behind it changes nothing.
    const unique = keys.findIndex(({ operand }) => operand.key === 'Id' && table.ids.inRowOrder);
    let order = unique < 0 ? tieOrder(table.size) : rowOrder(table.size, keys[unique]?.descending ?? false);
    const counted = unique < 0 ? [...keys] : keys.slice(0, unique);
    for (const key of counted.reverse()) order = applyKey(order, this.ranksOf(table, key.operand), key);
    if (signature !== null) this.kept.put(signature, order, order.length);
    return order;
  }

  /** The ranks of a column if they are at hand. Amounts are ranked in another currency than they are compared in. */
  knownRanks(table: Table, operand: Operand): Ranks | null {
    if (operand.key === null || operand.converted || table.isLive) return null;
    return this.keptRanks.get(rankKey(table, operand));
  }

  private signature(table: Table, keys: readonly SortKey[]): string | null {
    if (table.isLive) return null;
    const parts = keys.map(({ operand, descending, nullsFirst }) =>
      operand.key === null ? null : `${cacheKey(operand)} ${descending} ${nullsFirst}`,
    );
    return parts.includes(null) ? null : `${table.definition.name}: ${parts.join()}`;
  }

  private ranksOf(table: Table, operand: Operand): Ranks {
    if (operand.key === null || table.isLive) return rankRows(operand, table.size);
    const key = rankKey(table, operand);
    const found = this.keptRanks.get(key);
    if (found) return found;
    const ranks = rankRows(operand, table.size);
    this.keptRanks.put(key, ranks, table.size);
    return ranks;
  }
}

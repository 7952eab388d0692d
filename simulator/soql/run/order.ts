import type { Table } from '@/simulator/data/table';
import { sortValue } from '@/simulator/soql/run/compare';
import type { Operand } from '@/simulator/soql/run/operand';
import { Recent } from '@/simulator/soql/run/recent';

export interface SortKey {
  readonly operand: Operand;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** For each row its place among the distinct values, from 1; 0 for null. */
interface Ranks {
  readonly ranks: Uint32Array;
  readonly distinct: number;
}

/** Cells kept over all cached orders and ranks of an org; a million accounts take four bytes each. */
const KEPT_CELLS = 30_000_000;

/** Equal values are found first: a million rows have far fewer distinct names, dates and amounts to compare. */
function rankRows(operand: Operand, size: number): Ranks {
  const places = new Map<string | number, number>();
  const ranks = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const value = sortValue(operand, row);
    if (value === null) continue;
    const known = places.get(value);
    const place = known ?? places.size + 1;
    if (known === undefined) places.set(value, place);
    ranks[row] = place;
  }
  const sorted = sortedValues([...places.keys()]);
  const rankOfPlace = new Uint32Array(sorted.length + 1);
  let rank = 0;
  for (const value of sorted) rankOfPlace[places.get(value) ?? 0] = ++rank;
  for (let row = 0; row < size; row++) ranks[row] = rankOfPlace[ranks[row] ?? 0] ?? 0;
  return { ranks, distinct: sorted.length };
}

/** All text or all numbers; without a function to call both sort several times faster. */
function sortedValues(values: (string | number)[]): ArrayLike<string | number> & Iterable<string | number> {
  const areNumbers = values.every((value) => typeof value === 'number');
  return areNumbers ? Float64Array.from(values).sort() : values.sort();
}

function rankByRow(size: number): Ranks {
  return { ranks: Uint32Array.from({ length: size }, (_, row) => row + 1), distinct: size };
}

/** Two users share an order only when their locales order text alike. */
function cacheKey({ key, collation }: Operand): string {
  return `${key} by ${collation.name}`;
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

/**
 * Rows that are equal under ORDER BY come in an order of no meaning, as in Salesforce: whoever needs a stable
 * page adds Id. Multiplying by an odd number permutes the 32-bit numbers.
 */
function tieOrder(size: number): Uint32Array<ArrayBuffer> {
  const scrambled = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    scrambled[row] = (Math.imul(row + 1, 0x9e3779b1) >>> 0) * 0x20_0000 + (row & 0x1f_ffff);
  }
  scrambled.sort();
  return Uint32Array.from(scrambled, (value) => value % 0x20_0000);
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
    let order =
      table.size <= 0x20_0000 ? tieOrder(table.size) : Uint32Array.from({ length: table.size }, (_, i) => i);
    for (const key of [...keys].reverse()) order = applyKey(order, this.ranksOf(table, key.operand), key);
    if (signature !== null) this.kept.put(signature, order, order.length);
    return order;
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
    const key = `${table.definition.name}.${cacheKey(operand)}`;
    const found = this.keptRanks.get(key);
    if (found) return found;
    const byRow = operand.key === 'Id' && table.ids.inRowOrder;
    const ranks = byRow ? rankByRow(table.size) : rankRows(operand, table.size);
    this.keptRanks.put(key, ranks, table.size);
    return ranks;
  }
}

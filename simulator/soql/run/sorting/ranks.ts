import type { Operand } from '@/simulator/soql/run/operand';
import { sortValue } from '@/simulator/soql/run/sorting/compare';

/** For each row its place among the distinct values, from 1; 0 for null. */
export interface Ranks {
  readonly ranks: Uint32Array;
  readonly distinct: number;
  /** By rank, one row of that rank. */
  readonly rowOfRank: Uint32Array;
}

function withRows(ranks: Uint32Array, distinct: number): Ranks {
  const rowOfRank = new Uint32Array(distinct + 1);
  for (const [row, rank] of ranks.entries()) rowOfRank[rank] = row;
  return { ranks, distinct, rowOfRank };
}

/** The sorted numbers without repetitions, in the same memory. */
function distinctNumbers(sorted: Float64Array): Float64Array {
  let count = 0;
  for (const value of sorted) {
    if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  }
  return sorted.subarray(0, count);
}

function placeOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function rankNumbers(operand: Operand, size: number): Ranks {
  const values = new Float64Array(size).fill(Number.NaN);
  for (let row = 0; row < size; row++) {
    const value = sortValue(operand, row);
    if (typeof value === 'number') values[row] = value;
  }
  const distinct = distinctNumbers(values.filter((value) => !Number.isNaN(value)).sort());
  const ranks = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isNaN(value)) ranks[row] = placeOf(distinct, value);
  }
  return withRows(ranks, distinct.length);
}

/** Equal texts are found first: a million rows have far fewer distinct names to compare. */
function rankTexts(operand: Operand, size: number): Ranks {
  const places = new Map<string, number>();
  const ranks = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const value = sortValue(operand, row);
    if (value === null) continue;
    const text = String(value);
    const known = places.get(text);
    const place = known ?? places.size + 1;
    if (known === undefined) places.set(text, place);
    ranks[row] = place;
  }
  const sorted = [...places.keys()].sort();
  const rankOfPlace = new Uint32Array(sorted.length + 1);
  let rank = 0;
  for (const value of sorted) rankOfPlace[places.get(value) ?? 0] = ++rank;
  for (let row = 0; row < size; row++) ranks[row] = rankOfPlace[ranks[row] ?? 0] ?? 0;
  return withRows(ranks, sorted.length);
}

/** What a column is sorted by, as small numbers. A column holds numbers or texts, never both. */
export function rankRows(operand: Operand, size: number): Ranks {
  for (let row = 0; row < size; row++) {
    const value = sortValue(operand, row);
    if (value !== null)
      return typeof value === 'number' ? rankNumbers(operand, size) : rankTexts(operand, size);
  }
  return withRows(new Uint32Array(size), 0);
}

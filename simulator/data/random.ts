/**
 * Random access instead of a sequence: every cell is a hash of seed, column and row, so that row 999,999 costs
 * as little as row 0 and no table is held in memory. Mixing constants: "hash-prospector", 2-round variant.
 */
export class Draw {
  private readonly base: number;

  constructor(seed: number, column: string) {
    let hash = 0x811c9dc5 ^ seed;
    for (let index = 0; index < column.length; index++) {
      hash = Math.imul(hash ^ column.charCodeAt(index), 0x01000193);
    }
    this.base = hash;
  }

  /** A 32-bit number for this row. */
  bits(row: number): number {
    let hash = this.base ^ Math.imul(row + 1, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  /** From 0 (inclusive) to 1. */
  unit(row: number): number {
    return this.bits(row) / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both included. */
  between(row: number, low: number, high: number): number {
    return low + Math.floor(this.unit(row) * (high - low + 1));
  }

  /** True for `percent` of the rows. */
  chance(row: number, percent: number): boolean {
    return this.unit(row) * 100 < percent;
  }

  pick<T>(row: number, list: readonly T[]): T {
    const chosen = list[Math.floor(this.unit(row) * list.length)];
    if (chosen === undefined) throw new Error('cannot pick from an empty list');
    return chosen;
  }
}

/** Weights turned into a list in which each entry stands as often as it weighs. */
export function weighted<T>(entries: readonly (readonly [entry: T, weight: number])[]): T[] {
  return entries.flatMap(([entry, weight]) => Array.from({ length: weight }, () => entry));
}

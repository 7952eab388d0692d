import type { Column } from '@/simulator/data/table';

/** 256 bits for each row. */
const BITS = 256;
const CELLS = BITS / 32;
/** The starts of a word that are noted; a longer word is told by its first five characters. */
const STARTS: readonly number[] = [2, 3, 5];

const ASCII = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0,
);

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? ASCII[code] === 1 : /[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** A bit for the first `length` characters from `start`. */
function bitOf(text: string, start: number, length: number): number {
  let hash = 0x811c9dc5 ^ length;
  for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (BITS - 1);
}

/**
 * What the words of each row start with, as a Bloom filter: it rules most rows out without computing their cells, and
 * never one that matches. Built once for a large table, 32 bytes a row.
 */
export class Signature {
  private readonly cells: Uint32Array;

  constructor(columns: readonly Column[], size: number) {
    this.cells = new Uint32Array(size * CELLS);
    for (const column of columns) {
      for (let row = 0; row < size; row++) {
        const value = column(row);
        if (typeof value === 'string') this.note(row, value.toLowerCase());
      }
    }
  }

  /** A test that only rows pass in which every word may stand. Words are in lower case. */
  test(words: readonly string[]): (row: number) => boolean {
    // A character beyond the first plane is two here and one in a word: such words rule nothing out.
    const bits = words
      .filter((word) => !/[\ud800-\udfff]/.test(word))
      .flatMap((word) =>
        STARTS.filter((length) => length <= word.length).map((length) => bitOf(word, 0, length)),
      );
    return (row) => bits.every((bit) => this.has(row, bit));
  }

  private has(row: number, bit: number): boolean {
    return (((this.cells[row * CELLS + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1) === 1;
  }

  private note(row: number, text: string): void {
    let at = 0;
    while (at < text.length) {
      if (!isWordAt(text, at)) {
        at++;
        continue;
      }
      const start = at;
      while (at < text.length && isWordAt(text, at)) at++;
      for (const length of STARTS) {
        if (length > at - start) break;
        const bit = bitOf(text, start, length);
        const cell = row * CELLS + (bit >>> 5);
        this.cells[cell] = (this.cells[cell] ?? 0) | (1 << (bit & 31));
      }
    }
  }
}

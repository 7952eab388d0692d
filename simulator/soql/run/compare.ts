import type { CellValue } from '@/simulator/data/schema';
import type { Operand } from '@/simulator/soql/run/operand';

const SPECIAL_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  ł: 'l',
  đ: 'd',
  œ: 'oe',
};

/** Text becomes keys that compare with `<`, which keeps the comparison of a million names cheap. */
export interface Collation {
  readonly name: 'code points' | 'latin';
  key(text: string): string;
}

/**
 * "ORDER BY": case does not count, and the order is that of the user's locale; for English locales it goes by
 * code points, so that Å comes after Z.
 */
const CODE_POINTS: Collation = { name: 'code points', key: (text) => text.toLowerCase() };

/** Letters without accents first, accents only between equals: the Latin core of other locales' orders. */
const LATIN: Collation = {
  name: 'latin',
  key(text) {
    const lower = text.toLowerCase();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is the point
    if (/^[\x00-\x7f]*$/.test(lower)) return lower;
    const plain = lower.replace(/[ßøæłđœ]/g, (letter) => SPECIAL_LETTERS[letter] ?? letter);
    const folded = plain.normalize('NFD').replace(/\p{M}/gu, '');
    return folded === lower ? lower : `${folded}\u0000${lower}`;
  },
};

export function collationOf(locale: string): Collation {
  return locale.startsWith('en') ? CODE_POINTS : LATIN;
}

export type SortValue = string | number | null;

/** What a cell is ordered by: numbers by value, picklists by their place in the list, text by its key. */
export function sortValue(operand: Operand, index: number): SortValue {
  if (operand.converted) return operand.converted(index);
  const value: CellValue = operand.read(index);
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (operand.type === 'picklist' && operand.picklist.length > 0) {
    const place = operand.picklist.indexOf(value);
    return place < 0 ? operand.picklist.length : place;
  }
  // Ids are case-sensitive, dates are ASCII: both compare as they stand.
  return ['id', 'reference', 'date', 'datetime'].includes(operand.type)
    ? value
    : operand.collation.key(value);
}

export function compareValues(left: SortValue, right: SortValue): number {
  if (left === right || left === null || right === null) return 0;
  return left < right ? -1 : 1;
}

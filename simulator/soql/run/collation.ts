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

/** The order of text for a user of this locale, in Salesforce's form such as `de_DE`. */
export function collationOf(locale: string): Collation {
  return locale.startsWith('en') ? CODE_POINTS : LATIN;
}

/** What SOSL gives a meaning: "Reserved Characters" of the SOQL and SOSL Reference, and quotes. */
const RESERVED = /[?&|!{}[\]()^~*:\\"'+\-<>]/g;
const OPERATORS = new Set(['and', 'or', 'not']);

/**
 * What somebody typed as a search term: words that must all occur, each by its start. Null when fewer than two letters or
 * digits remain, which Salesforce does not search for.
 */
export function searchTerm(text: string): string | null {
  const words = text
    .replace(RESERVED, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !OPERATORS.has(word.toLowerCase()));
  const typed = [...words.join('')].length;
  return typed < 2 ? null : words.map((word) => `${word}*`).join(' ');
}

import { parseQuery } from '@jetstreamapp/soql-parser-js';

/** Behind each word, text and sign. */
const TOKEN = /'(?:[^'\\]|\\.)*'|[^\s'(),=<>!]+|[<>!]=|<>|[(),=<>]/gsu;

/**
 * Where a statement goes wrong: the first word up to which it cannot be the beginning of any. The parser does not say, but
 * of a beginning it says that the end came too soon. `word` null: the end itself. Null: it can be parsed.
 */
export function positionOfFault(soql: string): { at: number; word: string | null } | null {
  if (failureOf(soql) === null) return null;
  const tokens = [...soql.matchAll(TOKEN)].map((match) => ({ at: match.index, word: match[0] }));
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const token = tokens[middle];
    if (token && canBegin(soql.slice(0, token.at + token.word.length))) low = middle + 1;
    else high = middle;
  }
  return tokens[low] ?? { at: soql.length, word: null };
}

function canBegin(text: string): boolean {
  const failure = failureOf(text);
  return failure === null || /but found:? *(?:--> *)?''/.test(failure);
}

function failureOf(text: string): string | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

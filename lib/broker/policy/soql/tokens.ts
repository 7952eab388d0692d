/** What SOQL is made of outside of its words. A comment, a bind variable or a letter beyond ASCII is none of it, nor is half a character. */
const TOKEN =
  /[ \t\r\n]+|'(?:[^'\\\p{Cc}\p{Cs}]|\\[nNrRtTbBfF"'_%\\]|\\u[0-9a-fA-F]{4})*'|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::\d+)?|[+-]?\d[\w.+:-]*|[<>!]=|<>|[=<>(),]/uy;

const MAX_LENGTH = 100_000;
const MAX_TOKENS = 25_000;
const MAX_CONDITIONS = 1_000;
const MAX_DEPTH = 40;

/** SOQL that nobody should try to understand: `message` says why. */
export class NotUnderstood extends Error {}

/**
 * The tokens of a statement, in lower case but for texts. Throws `NotUnderstood` at the first character that begins
 * none, and for statements of a size that Salesforce would not answer: parsing them costs more than their number.
 */
export function tokensOf(soql: string): string[] {
  if (soql.length > MAX_LENGTH)
    throw new NotUnderstood('It is longer than the 100,000 characters of a statement.');
  const tokens: string[] = [];
  let depth = 0;
  let conditions = 0;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < soql.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(soql)?.[0];
    if (token === undefined)
      throw new NotUnderstood(`At character ${at + 1} is what no statement has${hint(soql, at)}.`);
    if (/^\s/.test(token)) continue;
    const word = token.startsWith("'") ? token : token.toLowerCase();
    tokens.push(word);
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (word === 'and' || word === 'or' || word === 'not') conditions += 1;
    if (depth > MAX_DEPTH) throw new NotUnderstood('It is nested deeper than anybody could follow.');
    if (conditions > MAX_CONDITIONS) throw new NotUnderstood('It has more than 1,000 conditions.');
    if (tokens.length > MAX_TOKENS) throw new NotUnderstood('It has more than 25,000 words.');
  }
  return tokens;
}

function hint(soql: string, at: number): string {
  const rest = soql.slice(at, at + 2);
  if (rest === '--' || rest === '/*' || rest === '//') return ': a comment';
  if (rest.startsWith(':')) return ': a bind variable';
  if (rest.startsWith("'")) return ': a text that does not end';
  return '';
}

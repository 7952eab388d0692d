export interface SoqlToken {
  text: string;
  kind: 'word' | 'text' | 'value' | 'plain';
}

const TOKEN = /'(?:[^'\\]|\\[\s\S])*'|[A-Za-z_][\w.:]*|\d[\w:.+-]*|\s+|[\s\S]/g;
const WORDS = new Set(
  'SELECT FROM WHERE AND OR NOT IN LIKE INCLUDES EXCLUDES ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC NULLS FIRST LAST NULL TRUE FALSE'.split(
    ' ',
  ),
);
const CLAUSES = new Set(['FROM', 'WHERE', 'ORDER', 'GROUP', 'HAVING', 'LIMIT', 'OFFSET']);

/**
 * A SOQL statement over lines, each clause and each outer AND or OR on its own, as tokens to colour. Nothing but white
 * space between tokens differs from the statement.
 */
export function formatSoql(soql: string): SoqlToken[][] {
  const lines: SoqlToken[][] = [[]];
  let depth = 0;
  for (const text of soql.match(TOKEN) ?? []) {
    const kind = kindOf(text);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    const word = kind === 'word' ? text.toUpperCase() : '';
    const line = lines.at(-1) ?? [];
    const startsLine =
      (depth === 0 && CLAUSES.has(word)) || (depth <= 1 && (word === 'AND' || word === 'OR'));
    if (startsLine && line.length > 0) {
      if (line.at(-1)?.text.trim() === '') line.pop();
      lines.push(CLAUSES.has(word) ? [] : [{ text: '  ', kind: 'plain' }]);
    }
    lines.at(-1)?.push({ text, kind });
  }
  return lines;
}

function kindOf(text: string): SoqlToken['kind'] {
  if (text.startsWith("'")) return 'text';
  if (/^\d/.test(text)) return 'value';
  if (WORDS.has(text.toUpperCase())) return 'word';
  return /^[A-Z]+_[A-Z_]*(?::\d+)?$|^(?:TODAY|YESTERDAY|TOMORROW)$/.test(text) ? 'value' : 'plain';
}

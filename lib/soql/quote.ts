const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * A text as a SOQL string literal, quotes included. The one function that puts a value into SOQL.
 * Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export function quoteString(value: string): string {
  return `'${escapeString(value)}'`;
}

/** The inside of a LIKE literal that matches exactly this text: `%` and `_` are escaped too. */
export function escapeLike(value: string): string {
  return escapeString(value).replace(/[%_]/g, '\\$&');
}

/** A LIKE literal that matches every text that contains this one. */
export function quoteContains(value: string): string {
  return `'%${escapeLike(value)}%'`;
}

/** A LIKE literal that matches every text that starts with this one. */
export function quoteStartsWith(value: string): string {
  return `'${escapeLike(value)}%'`;
}

function escapeString(value: string): string {
  return value.replace(/[\\'\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char);
}

/** An instant as a SOQL literal; dates take no quotes ("Date Formats and Date Literals"). */
export function dateTimeLiteral(instant: Date): string {
  return instant.toISOString();
}

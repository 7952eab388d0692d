/**
 * What a spreadsheet would take for a formula: it begins like one, in full width too, also behind blanks and quotes that
 * are dropped when it is read (OWASP: CSV injection).
 */
const FORMULA = /^(?:[\t\r\n]|[\s"']*[=+\-@＝＋－＠])/;

/** One value of a CSV file (RFC 4180). What a spreadsheet would run as a formula begins with an apostrophe instead. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A line of a CSV file, with its end. */
export function csvLine(values: ReadonlyArray<string | number | null>): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

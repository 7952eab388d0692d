/** A table of Markdown: one heading for each column, one line for each row. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  const rule = `|${headings.map(() => '---').join('|')}|`;
  return [line(headings), rule, ...rows.map(line)].join('\n');
}

/** A bar would begin a cell, and a line break would end the table. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

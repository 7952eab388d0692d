import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv';

describe('csvCell', () => {
  it.each([
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'],
    ...['＝1+1', '＋1', '－1', '＠SUM(A1)', ' =1', '"=1', "'=1", '\u00a0=1'],
  ])('defuses %j', (value) => {
    expect(csvCell(value)).toMatch(/^"?'/);
  });

  it.each(['a=1', 'Acme', '1-2', '"Quoted" Holdings', "O'Hara"])('leaves %j as it is', (value) => {
    expect(csvCell(value)).not.toContain("'=");
    expect(csvCell(value).replace(/^"|"$/g, '').replaceAll('""', '"')).toBe(value);
  });

  it('quotes what would break the line, and leaves numbers numbers', () => {
    expect(csvLine(['a "b"', 'c,d', 'e\nf', null, -5, ''])).toBe('"a ""b""","c,d","e\nf",,-5,\r\n');
  });
});

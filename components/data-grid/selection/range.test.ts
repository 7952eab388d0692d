import { describe, expect, it } from 'vitest';
import type { GridColumn, GridWindow, RowWindow } from '@/lib/records/types';
import { type DrawnColumn, textOf } from '../columns/drawn-column';
import { copyRange } from './copy';
import { summarise } from './summary';

const window = { locale: 'en-US', timeZone: 'UTC', currency: 'USD' } as GridWindow;

function drawn(at: number, kind: GridColumn['kind'], label: string): DrawnColumn {
  const column = { name: label, label, kind, scale: 2 } as GridColumn;
  return { column, at, index: at, text: textOf(column, window) } as DrawnColumn;
}

const columns = [
  drawn(0, 'text', 'Name'),
  drawn(1, 'currency', 'Amount'),
  drawn(2, 'date', 'Close Date'),
  drawn(3, 'percent', 'Probability'),
];

const rows = {
  ids: ['a', 'b', 'c'],
  values: [
    ['Acme "East"', '=HYPERLINK("http://evil")', 'Two\nlines'],
    [1200.5, null, -300],
    ['2026-03-08', '2025-12-31', null],
    [10, 20, null],
  ],
  currencies: null,
} as unknown as RowWindow;

const find = (row: number) => (row < 3 ? { window: rows, index: row } : null);
const box = (top: number, bottom: number, left: number, right: number) => ({ top, bottom, left, right });

describe('a copied range', () => {
  it('is what is shown, for spreadsheets', () => {
    const { text } = copyRange(box(0, 2, 1, 3), columns, find, { format: 'tsv', header: true });
    expect(text).toBe('Amount\tClose Date\n$1,200.50\tMar 8, 2026\n\tDec 31, 2025\n');
  });

  it('runs no formula where it is pasted, and leaves amounts alone', () => {
    const { text } = copyRange(box(0, 3, 0, 2), columns, find, { format: 'tsv', header: false });
    expect(text.split('\n')[0]).toBe('"Acme ""East"""\t$1,200.50');
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(text).toContain('"Two\nlines"\t-$300.00');
  });

  it('holds plain values as CSV, safe from formulas', () => {
    const { text } = copyRange(box(1, 3, 0, 2), columns, find, { format: 'csv', header: true });
    expect(text).toBe(`Name,Amount\r\n"'=HYPERLINK(""http://evil"")",\r\n"Two\nlines",-300\r\n`);
  });

  it('says what it left out', () => {
    const copied = copyRange(box(2, 10, 0, 1), columns, find, { format: 'tsv', header: false });
    expect([copied.rows, copied.missing]).toEqual([1, 7]);
  });
});

describe('the summary of a range', () => {
  it('adds up one kind of numbers', () => {
    const { numbers, filled, rows: counted } = summarise(box(0, 3, 1, 2), columns, find);
    expect(numbers).toMatchObject({ sum: 900.5, average: 450.25, min: -300, max: 1200.5 });
    expect([counted, filled]).toEqual([3, 2]);
  });

  it('adds nothing up that has no common unit', () => {
    const mixed = summarise(box(0, 3, 1, 4), columns, find);
    expect([mixed.numbers, mixed.mixed]).toEqual([null, 'kinds']);
    const euros = { ...rows, currencies: ['EUR', 'USD', 'USD'] };
    const two = summarise(box(0, 3, 1, 2), columns, (row) => ({ window: euros, index: row }));
    expect([two.numbers, two.mixed]).toEqual([null, 'currencies']);
  });

  it('never adds percents, which have an average', () => {
    expect(summarise(box(0, 3, 3, 4), columns, find).numbers).toMatchObject({ sum: null, average: 15 });
  });

  it('knows the first and last day, and what is not loaded', () => {
    const { dates, missing } = summarise(box(0, 5, 2, 3), columns, find);
    expect(dates).toMatchObject({ min: '2025-12-31', max: '2026-03-08' });
    expect(missing).toBe(2);
  });
});

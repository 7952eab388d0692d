import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '@/lib/records/summary/types';
import type { GridColumn } from '@/lib/records/types';
import { summarisedColumns } from './summarised-columns';
import { summaryAsTsv, summaryCells } from './summary-words';

const AMOUNT: ColumnSummary = {
  ...{ name: 'Amount', label: 'Amount', kind: 'currency', scale: 2, filled: 1_204 },
  ...{ sum: 5_000, average: 4.15, smallest: -2, largest: 900 },
};
const CLOSES: ColumnSummary = {
  ...{ name: 'CloseDate', label: 'Close Date', kind: 'date', scale: 0, filled: 3 },
  ...{ sum: null, average: null, smallest: '2026-01-31', largest: '2026-11-02' },
};
const reader = { locale: 'en-US', timeZone: 'Europe/Berlin' };

describe('a summary', () => {
  it('shows amounts in the currency of the org, and dates as days without a sum', () => {
    expect(summaryCells(AMOUNT, 'USD', reader)).toEqual(['1,204', '$5,000.00', '$4.15', '-$2.00', '$900.00']);
    expect(summaryCells(CLOSES, 'USD', reader)).toEqual(['3', '', '', 'Jan 31, 2026', 'Nov 2, 2026']);
  });

  it('of whole numbers has an average with digits', () => {
    const whole: ColumnSummary = { ...AMOUNT, kind: 'number', scale: 0, average: 4.157 };
    expect(summaryCells(whole, null, reader)[2]).toBe('4.16');
  });

  it('is copied as plain numbers and dates', () => {
    expect(
      summaryAsTsv({ columns: [AMOUNT, CLOSES] })
        .split('\n')
        .slice(1),
    ).toEqual(['Amount\t1204\t5000\t4.15\t-2\t900', 'Close Date\t3\t\t\t2026-01-31\t2026-11-02']);
  });

  it('is asked for columns of numbers, amounts and dates only', () => {
    const columns = [
      { name: 'Name', kind: 'text' },
      { name: 'Amount', kind: 'currency' },
      { name: 'CloseDate', kind: 'date' },
    ] as GridColumn[];
    expect(summarisedColumns(columns)).toEqual(['Amount', 'CloseDate']);
  });
});

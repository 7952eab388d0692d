import { describe, expect, it } from 'vitest';
import type { Chart, ChartMeasure } from '@/lib/records/charts/types';
import { chartAsTsv, currencyInWords, shortValue, tsvCell, valueInWords } from './chart-words';

const MONEY: ChartMeasure = { name: 'amount', label: 'Amount', kind: 'currency', scale: 2 };
const RATE: ChartMeasure = { name: 'rate', label: 'Won', kind: 'percent', scale: 1 };
const COUNT: ChartMeasure = { name: 'count', label: 'Count', kind: 'number', scale: 0 };

const chart = {
  groupLabel: 'Stage',
  measures: [MONEY, RATE],
  groups: [
    { label: '=cmd()\tx', values: [1_200_000.5, null], conditions: null },
    { label: 'Lost', values: [-3, 12.5], conditions: null },
  ],
} as unknown as Chart;

describe('the words of a chart', () => {
  it('show whole values in the table, and short ones beside an axis', () => {
    const reader = { currency: 'EUR', locale: 'de-DE' };
    expect(valueInWords(1_200_000.5, MONEY, reader)).toBe('1.200.000,50 €');
    expect(valueInWords(66.66, RATE, reader)).toBe('66,7 %');
    expect(valueInWords(null, RATE, reader)).toBe('–');
    expect(shortValue(1_200_000.5, MONEY, 'en-US')).toBe('1.2M');
    expect(shortValue(40, RATE, 'en-US')).toBe('40%');
  });

  it('say the currency where there are amounts, and that Salesforce converted them', () => {
    const facts = { measures: [MONEY], currency: 'EUR', converted: false };
    expect(currencyInWords(facts)).toBe('Amounts in EUR.');
    expect(currencyInWords({ ...facts, converted: true })).toBe(
      'Salesforce converted the amounts into the org’s corporate currency, EUR.',
    );
    expect(currencyInWords({ ...facts, measures: [COUNT] })).toBeNull();
    expect(currencyInWords({ ...facts, currency: null })).toBeNull();
  });

  it('go to a spreadsheet as plain numbers, and never as a formula or a further cell', () => {
    expect(chartAsTsv(chart)).toBe("Stage\tAmount\tWon\n'=cmd() x\t1200000.5\t\nLost\t-3\t12.5");
    expect(tsvCell('one,\r\n"two"')).toBe('one two ');
  });
});

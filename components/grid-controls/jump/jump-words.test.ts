import { describe, expect, it } from 'vitest';
import type { ColumnKind, GridColumn } from '@/lib/records/types';
import { rowNumber, valueJump } from './jump-words';

function sortedBy(kind: ColumnKind) {
  const column: GridColumn = {
    ...{ name: 'Field', label: 'Field', kind, sortable: true, filterable: true },
    ...{ scale: 0, isName: false, isCalculated: false },
  };
  return valueJump([{ field: 'Field', descending: false }], [column]);
}

describe('valueJump', () => {
  it('asks for what the column holds', () => {
    expect(sortedBy('text')).toEqual({ can: true, label: 'Field from', input: 'text' });
    expect(sortedBy('currency')).toMatchObject({ input: 'number' });
    expect(sortedBy('dateTime')).toMatchObject({ input: 'date' });
  });

  it('says why there is nothing to go to', () => {
    expect(sortedBy('picklist')).toMatchObject({
      can: false,
      why: expect.stringMatching(/order of its list/),
    });
    expect(sortedBy('boolean')).toMatchObject({ can: false, why: expect.stringMatching(/no values/) });
    expect(valueJump([], [])).toMatchObject({ can: false, why: expect.stringMatching(/Sort by a column/) });
    expect(valueJump([{ field: 'Gone', descending: true }], [])).toMatchObject({
      can: false,
      why: expect.stringMatching(/“Gone”, which is not shown/),
    });
  });
});

describe('rowNumber', () => {
  it.each([
    ['250,000', 250_000],
    ['250.000', 250_000],
    ['250 000', 250_000],
    [' 7 ', 7],
    ['0', null],
    ['1000001', null],
    ['-3', null],
    ['x', null],
    ['', null],
  ])('reads %j', (text, row) => expect(rowNumber(text, 1_000_000)).toBe(row));
});

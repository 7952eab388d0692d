import { describe, expect, it } from 'vitest';
import type { GridColumn, GridWindow, RowWindow } from '@/lib/records/types';
import { coversColumns, readKey } from '../state/window-key';
import { columnOrder, moveColumn } from './column-order';
import { clampWidth, widthOf } from './column-widths';
import type { DrawnColumn } from './drawn-column';
import { fitWidth } from './fit-column';
import { nextSort, sortOf } from './sorting';

const column = (name: string, isName = false) => ({ name, label: name, kind: 'text', isName }) as GridColumn;
const columns = [column('Phone'), column('Name', true), column('Fax'), column('Type')];

describe('the order of columns', () => {
  it('is theirs, with the name in place', () => {
    expect(columnOrder(columns, null, [])).toEqual({
      order: ['Phone', 'Name', 'Fax', 'Type'],
      pinned: ['Name'],
    });
  });

  it('is the wanted one, without what is not there', () => {
    expect(columnOrder(columns, ['Type', 'Gone__c', 'Name'], ['Fax', 'Type'])).toEqual({
      order: ['Type', 'Name'],
      pinned: ['Name', 'Type'],
    });
  });

  it('keeps the first column in place when the name is not shown', () => {
    expect(columnOrder(columns, ['Type', 'Fax'], []).pinned).toEqual(['Type']);
  });

  it('moves a column, and never beyond an end', () => {
    expect(moveColumn(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moveColumn(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a']);
    expect(moveColumn(['a', 'b', 'c'], 'a', -1)).toBeNull();
    expect(moveColumn(['a'], 'x', 0)).toBeNull();
  });
});

describe('a click on a header', () => {
  it('sorts, turns round, and lets go', () => {
    const first = nextSort([], 'Name', 'text', false);
    expect(first).toEqual([{ field: 'Name', descending: false }]);
    const second = nextSort(first, 'Name', 'text', false);
    expect(second).toEqual([{ field: 'Name', descending: true }]);
    expect(nextSort(second, 'Name', 'text', false)).toEqual([]);
  });

  it('shows the largest first where size is what counts', () => {
    expect(nextSort([], 'Amount', 'currency', false)).toEqual([{ field: 'Amount', descending: true }]);
  });

  it('joins the keys that are there with Shift, and keeps their places', () => {
    const keys = [
      { field: 'Type', descending: false },
      { field: 'Name', descending: false },
    ];
    expect(nextSort(keys, 'Phone', 'text', true)).toEqual([...keys, { field: 'Phone', descending: false }]);
    expect(nextSort(keys, 'Type', 'text', true)[0]).toEqual({ field: 'Type', descending: true });
    expect(sortOf(keys, 'Name')).toEqual({ direction: 'ascending', place: 1 });
    expect(sortOf(keys, 'Fax')).toBeNull();
  });
});

describe('widths', () => {
  it('begin as kind and label need, and stay within bounds', () => {
    expect(widthOf(column('Name', true))).toBe(280);
    expect(widthOf({ ...column('x'), label: 'A label of thirty characters!!' })).toBe(240);
    expect([clampWidth(3), clampWidth(99_999), clampWidth(120.4)]).toEqual([64, 1_200, 120]);
  });

  it('fit the widest value in view', () => {
    const rows = { values: [['a', 'a long value']], currencies: null } as unknown as RowWindow;
    const drawn = { at: 0, column: column('Fax'), text: String } as unknown as DrawnColumn;
    const find = (row: number) => (row < 2 ? { window: rows, index: row } : null);
    const measure = (text: string) => text.length * 10;
    expect(fitWidth(drawn, { first: 0, last: 9, find }, measure)).toBe(12 * 10 + 30);
    expect(fitWidth(drawn, { first: 0, last: 1, find }, measure)).toBe(3 * 10 + 62);
  });
});

describe('what has to be read again', () => {
  const state = { sort: [], q: '', filter: null, columns: null, view: null, row: 1 };
  const window = { columns, missing: [{ name: 'Gone__c' }] } as unknown as GridWindow;

  it('is not the row', () => {
    expect(readKey({ ...state, row: 250_000 })).toBe(readKey(state));
    expect(readKey({ ...state, q: 'acme' })).not.toBe(readKey(state));
  });

  it('is nothing when columns are left out or moved', () => {
    expect(coversColumns(window, null, ['Fax', 'Name'])).toBe(true);
    expect(coversColumns(window, null, ['Fax', 'Gone__c'])).toBe(true);
  });

  it('is everything when a column joins, or the view’s own come back', () => {
    expect(coversColumns(window, null, ['Fax', 'Website'])).toBe(false);
    expect(coversColumns(window, ['Fax'], null)).toBe(false);
  });
});

import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { FilterGroup, GridWindow } from '@/lib/records/types';
import { FilterChips } from './filter-chips';

const facts = { sortable: true, filterable: true, scale: 0, isName: false, isCalculated: false };
const window = {
  connectionId: 'c',
  sobject: 'Account',
  locale: 'en-US',
  timeZone: 'UTC',
  columns: [
    { ...facts, name: 'OwnerId', label: 'Owner', kind: 'reference' },
    { ...facts, name: 'Name', label: 'Account Name', kind: 'text' },
  ],
  rows: { columns: ['OwnerId'], values: [[{ id: '005A', name: 'Ada Okafor' }, null]] },
} as unknown as GridWindow;

function chipsOf(filter: FilterGroup | null): string[] {
  const state = { sort: [], q: '', filter, columns: null, view: null, row: 1 };
  const markup = renderToStaticMarkup(<FilterChips window={window} state={state} change={() => undefined} />);
  return [...markup.matchAll(/aria-label="Remove filter: ([^"]*)"/g)].map(([, words = '']) => words);
}

const owner = { field: 'OwnerId', operator: 'in' as const, values: ['005A'] };
const name = { field: 'Name', operator: 'empty' as const, values: [] };

it('makes a chip of each condition that must hold, with names as the rows have them', () => {
  expect(chipsOf({ match: 'all', of: [owner, name] })).toEqual([
    'Owner is Ada Okafor',
    'Account Name is empty',
  ]);
});

it('keeps together of what one is enough', () => {
  expect(chipsOf({ match: 'any', of: [owner, name] })).toEqual([
    'Owner is Ada Okafor or Account Name is empty',
  ]);
});

it('is nothing without a filter', () => {
  expect(chipsOf(null)).toEqual([]);
  expect(chipsOf({ match: 'all', of: [] })).toEqual([]);
});

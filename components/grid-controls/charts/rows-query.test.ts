import { describe, expect, it } from 'vitest';
import { parseGridInput } from '@/lib/records/schema';
import { parseGridState } from '@/lib/soql/grid-state';
import type { FilterGroup } from '@/lib/soql/types';
import { rowsQuery } from './rows-query';

const filter: FilterGroup = { match: 'all', of: [{ field: 'Name', operator: 'contains', values: ['&=#'] }] };
const plain = parseGridState({ sort: '-Name', columns: 'Name,Phone', view: 'mine', row: '7' });

describe('the rows of a grid as parameters', () => {
  it('are its search and filter, as the server reads them', () => {
    const text = rowsQuery({ sobject: 'Account', state: { ...plain, filter } });
    expect(parseGridInput(new URLSearchParams(text))).toEqual({
      sobject: 'Account',
      state: { ...parseGridState({}), filter, view: 'all' },
    });
  });

  it('are the same in another order, from another row and with other columns', () => {
    const one = rowsQuery({ sobject: 'Account', state: { ...plain, filter } });
    expect(rowsQuery({ sobject: 'Account', state: { ...parseGridState({}), filter } })).toBe(one);
  });

  it('of a search depend on the shown columns, which it searches', () => {
    const text = rowsQuery({ sobject: 'Account', state: { ...plain, q: 'acme' } });
    expect(parseGridInput(new URLSearchParams(text)).state).toMatchObject({
      q: 'acme',
      columns: ['Name', 'Phone'],
    });
  });
});

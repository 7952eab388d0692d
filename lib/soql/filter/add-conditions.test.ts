import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';
import { addConditions } from './add-conditions';

const BANKS: FilterCondition = { field: 'Industry', operator: 'in', values: ['Banking'] };
const HOT: FilterCondition = { field: 'Rating', operator: 'in', values: ['Hot'] };
const COLD: FilterCondition = { field: 'Rating', operator: 'in', values: ['Cold'] };

describe('adding conditions to a filter', () => {
  it.each([null, { match: 'all', of: [] }, { match: 'any', of: [] }] as Array<FilterGroup | null>)(
    'begins with them where %j asks for nothing',
    (filter) => {
      expect(addConditions(filter, [BANKS])).toEqual({ match: 'all', of: [BANKS] });
    },
  );

  it('puts them beside conditions that must all hold, and does not repeat one', () => {
    const filter: FilterGroup = { match: 'all', of: [HOT, BANKS] };
    expect(addConditions(filter, [BANKS, COLD])).toEqual({ match: 'all', of: [HOT, BANKS, COLD] });
  });

  it('keeps alternatives together: all of them must still be one part of the whole', () => {
    const filter: FilterGroup = { match: 'any', of: [HOT, COLD] };
    const added = addConditions(filter, [BANKS]);
    expect(added).toEqual({ match: 'all', of: [filter, BANKS] });
    expect(parseFilter(formatFilter(added))).toEqual(added);
    expect(addConditions(added, [BANKS])).toEqual(added);
  });

  it('grows no deeper with every click', () => {
    const one: FilterGroup = { match: 'any', of: [HOT] };
    expect(addConditions(one, [BANKS])).toEqual({ match: 'all', of: [HOT, BANKS] });
  });
});

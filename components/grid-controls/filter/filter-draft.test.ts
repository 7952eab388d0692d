import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import type { FilterGroup } from '@/lib/soql/types';
import {
  changeGroup,
  copyOf,
  type DraftPart,
  fromDraft,
  isDraftGroup,
  nextId,
  replacePart,
  toDraft,
  unfinishedCount,
} from './filter-draft';

const filter: FilterGroup = {
  match: 'all',
  of: [
    { field: 'Name', operator: 'contains', values: ['acme'] },
    { match: 'any', of: [{ field: 'Amount', operator: 'between', values: ['1', '2'] }] },
  ],
};

function idsOf(part: DraftPart): number[] {
  return isDraftGroup(part) ? [part.id, ...part.of.flatMap(idsOf)] : [part.id];
}

describe('a draft', () => {
  it('is the same filter again', () => {
    const condition = fc.record({
      field: fc.constantFrom('Name', 'Owner.Name'),
      operator: fc.constantFrom('eq' as const, 'contains' as const),
      values: fc.tuple(fc.stringMatching(/^\w{1,5}$/)),
    });
    const { group } = fc.letrec<{ group: FilterGroup }>((tie) => ({
      group: fc.record({
        match: fc.constantFrom('all', 'any'),
        of: fc.array(fc.oneof({ maxDepth: 3 }, condition, tie('group')), { minLength: 1, maxLength: 3 }),
      }) as fc.Arbitrary<FilterGroup>,
    }));
    fc.assert(
      fc.property(group, (one) => {
        const draft = toDraft(one);
        expect(fromDraft(draft)).toEqual(one);
        const ids = idsOf(draft);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain(nextId(draft));
      }),
    );
  });

  it('leaves out what is not finished, and groups of nothing else', () => {
    const draft = toDraft({
      match: 'any',
      of: [
        { field: '', operator: 'eq', values: ['x'] },
        { field: 'Amount', operator: 'between', values: ['1', ' '] },
        { match: 'all', of: [{ field: 'Name', operator: 'in', values: [] }] },
        { field: 'Name', operator: 'empty', values: ['left over'] },
      ],
    });
    expect(unfinishedCount(draft)).toBe(2);
    expect(fromDraft(draft)).toEqual({
      match: 'any',
      of: [{ field: 'Name', operator: 'empty', values: [] }],
    });
    expect(fromDraft(toDraft(null))).toBeNull();
  });

  it('loses, doubles and wraps any of its parts', () => {
    const draft = toDraft(filter);
    const [, inner] = draft.of;
    const condition = inner && isDraftGroup(inner) ? inner.of[0] : undefined;
    if (!inner || !condition) throw new Error('no inner condition');
    expect(fromDraft(replacePart(draft, inner.id, () => []))?.of).toEqual([filter.of[0]]);
    const doubled = replacePart(draft, condition.id, (part) => [part, copyOf(part, nextId(draft))]);
    expect(fromDraft(doubled)?.of[1]).toMatchObject({ of: [{ field: 'Amount' }, { field: 'Amount' }] });
    expect(new Set(idsOf(doubled)).size).toBe(idsOf(doubled).length);
    const wrapped = replacePart(draft, condition.id, (part) => [
      { id: nextId(draft), match: 'all', of: [part] },
    ]);
    expect(parseFilter(formatFilter(fromDraft(wrapped) ?? filter))).toEqual(fromDraft(wrapped));
  });

  it('changes the outermost group and any other', () => {
    const draft = toDraft(filter);
    const other = (id: number) => fromDraft(changeGroup(draft, id, (group) => ({ ...group, match: 'any' })));
    expect(other(1)?.match).toBe('any');
    expect(other(draft.of[1]?.id ?? 0)).toEqual(filter);
    expect(
      fromDraft(changeGroup(draft, draft.of[1]?.id ?? 0, (group) => ({ ...group, match: 'all' })))?.of[1],
    ).toMatchObject({ match: 'all' });
  });
});

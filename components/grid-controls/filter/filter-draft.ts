import { VALUE_COUNT } from '@/lib/soql/filter/operators';
import { isGroup } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';

/** A condition that is being written; its id lasts as long as the dialog. */
export interface DraftCondition extends FilterCondition {
  id: number;
}

export interface DraftGroup {
  id: number;
  match: 'all' | 'any';
  of: DraftPart[];
}

export type DraftPart = DraftCondition | DraftGroup;

/** The outer group, and groups in groups in it. */
export const MAX_DEPTH = 3;

export function isDraftGroup(part: DraftPart): part is DraftGroup {
  return 'match' in part;
}

/** A filter as the builder edits it. The outermost group has the id 1. */
export function toDraft(filter: FilterGroup | null): DraftGroup {
  let id = 0;
  const draftOf = (group: FilterGroup): DraftGroup => {
    id += 1;
    const draft: DraftGroup = { id, match: group.match, of: [] };
    draft.of = group.of.map((part) => (isGroup(part) ? draftOf(part) : { ...part, id: ++id }));
    return draft;
  };
  return draftOf(filter ?? { match: 'all', of: [] });
}

/** The filter that a draft says: what is not finished is left out, and so are empty groups; null: nothing is left. */
export function fromDraft(draft: DraftGroup): FilterGroup | null {
  const of = draft.of
    .map((part) => (isDraftGroup(part) ? fromDraft(part) : finished(part)))
    .filter((part) => part !== null);
  return of.length > 0 ? { match: draft.match, of } : null;
}

/** Conditions on a field that lack a value, and would be left out. What has no field yet was never begun. */
export function unfinishedCount(draft: DraftGroup): number {
  return draft.of.reduce(
    (sum, part) =>
      sum +
      (isDraftGroup(part) ? unfinishedCount(part) : Number(part.field !== '' && finished(part) === null)),
    0,
  );
}

/** An id that no part has. */
export function nextId(part: DraftPart): number {
  return isDraftGroup(part) ? Math.max(part.id + 1, ...part.of.map(nextId)) : part.id + 1;
}

/** The draft with one of its parts in another form: none, another, or more than one. The outermost group stays. */
export function replacePart(
  group: DraftGroup,
  id: number,
  change: (part: DraftPart) => DraftPart[],
): DraftGroup {
  return {
    ...group,
    of: group.of.flatMap((part) => {
      if (part.id === id) return change(part);
      return isDraftGroup(part) ? [replacePart(part, id, change)] : [part];
    }),
  };
}

/** The draft with another group in place of the one with this id, which may be the outermost. */
export function changeGroup(
  draft: DraftGroup,
  id: number,
  change: (group: DraftGroup) => DraftGroup,
): DraftGroup {
  if (draft.id === id) return change(draft);
  return replacePart(draft, id, (part) => [isDraftGroup(part) ? change(part) : part]);
}

/** The part again, with ids of its own. */
export function copyOf(part: DraftPart, firstId: number): DraftPart {
  let id = firstId;
  const copy = (one: DraftPart): DraftPart => {
    const own = id++;
    return isDraftGroup(one) ? { ...one, id: own, of: one.of.map(copy) } : { ...one, id: own };
  };
  return copy(part);
}

function finished({ field, operator, values }: DraftCondition): FilterCondition | null {
  const count = VALUE_COUNT[operator];
  const filled = values.filter((value) => value.trim() !== '');
  const enough = { none: true, one: filled.length === 1, two: filled.length === 2, many: filled.length > 0 };
  if (field === '' || !enough[count]) return null;
  return { field, operator, values: count === 'none' ? [] : filled };
}

/** The draft with one more condition, which has no field yet, at the end of a group. */
export function addCondition(draft: DraftGroup, groupId: number): DraftGroup {
  const empty: DraftCondition = { id: nextId(draft), field: '', operator: 'eq', values: [] };
  return changeGroup(draft, groupId, (group) => ({ ...group, of: [...group.of, empty] }));
}

/** The draft with one more group, of one condition, at the end of a group; it matches the other way. */
export function addGroup(draft: DraftGroup, groupId: number): DraftGroup {
  const id = nextId(draft);
  const empty: DraftCondition = { id: id + 1, field: '', operator: 'eq', values: [] };
  return changeGroup(draft, groupId, (group) => ({
    ...group,
    of: [...group.of, { id, match: group.match === 'all' ? 'any' : 'all', of: [empty] }],
  }));
}

/** The draft with a part in a group of its own. */
export function wrapPart(draft: DraftGroup, id: number): DraftGroup {
  const groupId = nextId(draft);
  return replacePart(draft, id, (part) => [{ id: groupId, match: 'any', of: [part] }]);
}

import type { ImportPlan, ImportResult, PlanKind } from '@/lib/environments/transfer/types';

/** What becomes of an environment, in a word or two. */
export const KIND_WORDS: Record<PlanKind, string> = {
  create: 'Create',
  change: 'Change',
  unchanged: 'Unchanged',
  needs_secret: 'Needs the secret',
  refused: 'Refused',
};

/** `2 to create, 1 unchanged`. */
export function planInWords({ items }: ImportPlan): string {
  if (items.length === 0) return 'The file holds no environment.';
  const count = (kind: PlanKind) => items.filter((item) => item.kind === kind).length;
  const parts: Array<[number, string]> = [
    [count('create'), 'to create'],
    [count('change'), 'to change'],
    [count('needs_secret'), count('needs_secret') === 1 ? 'needs its secret' : 'need their secret'],
    [count('refused'), 'refused'],
    [count('unchanged'), 'unchanged'],
  ];
  return `${parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ')}.`;
}

/** What an import has done, in one sentence or two. */
export function resultInWords({ created, changed, unchanged, leftOut }: ImportResult): string {
  const done = [
    created.length > 0 ? `Created ${created.join(', ')}.` : null,
    changed.length > 0 ? `Changed ${changed.join(', ')}.` : null,
    created.length + changed.length === 0 ? 'Nothing was changed.' : null,
    leftOut.length > 0 ? `Left out ${leftOut.join(', ')}.` : null,
    unchanged.length > 0 ? `Unchanged: ${unchanged.join(', ')}.` : null,
  ];
  return done.filter((sentence) => sentence !== null).join(' ');
}

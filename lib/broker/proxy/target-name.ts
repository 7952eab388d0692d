import type { Understood } from '@/lib/broker/policy/types';

/** What the usage log calls a call: the objects it touches, or the part of the API. */
export function targetName({ touches, family }: Understood): string | null {
  const names = [...new Set(touches.map(({ sobject }) => sobject))];
  const known = names.filter((name) => name !== '' && name !== '*');
  return known.length > 0 ? known.join(', ') : family;
}

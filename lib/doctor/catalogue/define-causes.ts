import type { Cause } from '@/lib/doctor/types';

type Words = Pick<Cause, 'title' | 'happened' | 'why' | 'fix'> &
  Partial<Pick<Cause, 'setup' | 'article' | 'actor' | 'retry' | 'needsApproval'>>;

/** When somebody last held the catalogue against Salesforce’s own pages. */
export const CHECKED = 'Winter ’27, 22 Nov 2026';

/** A group of the catalogue, keyed by id; what a group has in common is written once. */
export function defineCauses<Id extends string>(
  common: Partial<Pick<Cause, 'setup' | 'article' | 'actor' | 'retry' | 'needsApproval'>>,
  words: Record<Id, Words>,
): Record<Id, Cause> {
  const entries = Object.entries<Words>(words).map(([id, one]): [string, Cause] => [
    id,
    {
      setup: null,
      article: null,
      actor: 'you',
      retry: 'retest',
      needsApproval: false,
      ...common,
      ...one,
      id,
    },
  ]);
  return Object.fromEntries(entries) as Record<Id, Cause>;
}

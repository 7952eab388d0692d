import { z } from 'zod';
import type { ReviewFilter } from '@/lib/custody/access-review/types';
import { parseForm } from '@/lib/form';

const first = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string());
const flag = first.transform((text) => text === '1').catch(false);

const filterSchema = z.object({
  undecided: flag,
  unused: flag,
  full: flag,
  page: first.transform(Number).pipe(z.number().int().min(1).max(100_000)).catch(1),
});

/** Reads the search parameters of a review's page; what an address says wrongly is taken as not said. Never throws. */
export function parseReviewFilter(search: Record<string, string | string[] | undefined>): ReviewFilter {
  return filterSchema.parse(search);
}

const decisionSchema = z.object({
  decision: z.enum(['keep', 'revoke'], 'Decide to keep or to revoke.'),
  connectionIds: z
    .array(z.uuid(), 'Choose at least one grant.')
    .min(1, 'Choose at least one grant.')
    .max(500, 'Decide on at most 500 grants at a time.')
    .transform((ids) => [...new Set(ids)]),
});

const closingSchema = z.object({
  undecided: z.number('Say how many grants stay undecided.').int().min(0),
});

/** How many undecided grants an administrator was asked about: 0 or more. Throws INVALID_INPUT. */
export function parseClosing(input: unknown): z.output<typeof closingSchema> {
  return parseForm(closingSchema, input, 'The review was not closed');
}

/** What an administrator decided, and on which grants. Throws INVALID_INPUT. */
export function parseDecision(input: unknown): z.output<typeof decisionSchema> {
  return parseForm(decisionSchema, input, 'Nothing was decided');
}

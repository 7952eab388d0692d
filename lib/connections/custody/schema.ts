import { z } from 'zod';
import type { Health } from '@/lib/connections/types';

const HEALTHS = [
  'healthy',
  'app_refused',
  'refreshing',
  'unknown',
  'needs_reconnect',
  'revoking',
  'disconnected',
] as const satisfies readonly Health[];

const SORT_KEYS = ['environment', 'owner', 'org', 'retrieved', 'used', 'ends', 'generation'] as const;
export type GrantSortKey = (typeof SORT_KEYS)[number];

const first = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string());

/** Which grants an administrator wants to see; what an address says wrongly is taken as not said. */
const grantListSchema = z.object({
  q: first.pipe(z.string().trim().max(200)).catch(''),
  /** Slug. */
  environment: first.pipe(z.string().min(1).max(100)).nullable().catch(null),
  /** `needs_attention`: whatever neither works nor has ended. */
  health: first
    .pipe(z.enum([...HEALTHS, 'needs_attention']))
    .nullable()
    .catch(null),
  /** A key, with a minus for the other way round. */
  sort: first
    .transform((text) => ({ key: text.replace(/^-/, ''), descending: text.startsWith('-') }))
    .pipe(z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() }))
    .catch({ key: 'environment', descending: false }),
  page: first.transform(Number).pipe(z.number().int().min(1).max(100_000)).catch(1),
});
export type GrantListState = z.infer<typeof grantListSchema>;

/** Reads the search parameters of the list of all grants. Never throws. */
export function parseGrantList(searchParams: Record<string, string | string[] | undefined>): GrantListState {
  return grantListSchema.parse(searchParams);
}

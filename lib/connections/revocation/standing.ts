import { and, desc, eq, isNull, notInArray, or } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { refreshAttempts } from '@/db/schema/connections';
import type { GrantVersion } from '@/lib/connections/refresh/claim';

/** Outcomes after which the refresh token is certainly unspent. */
const HARMLESS = ['unsent', 'retry_later', 'app_fault'] as const;

/**
 * What is known of the stored refresh token. `current`: unspent, it may be sent to the revoke endpoint.
 * `ended`: Salesforce said that it is expired. `unknown`: it may have been spent, so it must not leave us.
 */
export async function tokenStanding(tx: Tx, version: GrantVersion): Promise<'current' | 'ended' | 'unknown'> {
  const [last] = await tx
    .select({ outcome: refreshAttempts.outcome, words: refreshAttempts.errorDescription })
    .from(refreshAttempts)
    .where(
      and(
        eq(refreshAttempts.connectionId, version.connectionId),
        eq(refreshAttempts.grantId, version.grantId),
        eq(refreshAttempts.generation, version.generation),
        eq(refreshAttempts.purpose, 'refresh'),
        or(isNull(refreshAttempts.outcome), notInArray(refreshAttempts.outcome, [...HARMLESS])),
      ),
    )
    .orderBy(desc(refreshAttempts.claimedAt))
    .limit(1);
  if (!last) return 'current';
  const saidEnded = last.outcome === 'refused' && /expired access\/refresh token/i.test(last.words ?? '');
  return saidEnded ? 'ended' : 'unknown';
}

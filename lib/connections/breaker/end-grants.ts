import { and, eq, lt, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { noProblem } from '@/lib/connections/problem';

interface RevokedApp {
  environmentId: string;
  /** Since when grants of before are dead. */
  since: Date;
  /** Whole sentences that say how that is known. */
  evidence: string[];
}

/**
 * Writes down that the org has revoked every grant of an environment's app that was given before `since` and not
 * refreshed after it, so that nobody sends their tokens one by one to hear it. Grants that are being refreshed, settled
 * or revoked find out by themselves. Answers how many.
 */
export async function endGrantsOfApp(
  tx: Tx,
  { environmentId, since, evidence }: RevokedApp,
): Promise<number> {
  const app = tx
    .select({ tokenHost: environments.origin, clientId: environments.clientId })
    .from(environments)
    .where(eq(environments.id, environmentId));
  const ended = await tx
    .update(connections)
    .set({
      ...noProblem,
      state: 'needs_reconnect',
      problemCode: 'GRANT_ENDED',
      problemAt: databaseNow,
      problemCause: 'secret_applied',
      problemEvidence: { certainty: 'likely', sentences: evidence, alsoPossible: [] },
    })
    .where(
      and(
        sql`(${connections.tokenHost}, ${connections.clientId}) = ${app}`,
        // Service connections without refresh tokens ask for a new access token by themselves.
        eq(connections.flow, 'authorization_code'),
        eq(connections.state, 'idle'),
        lt(connections.consentedAt, since),
        lt(connections.retrievedAt, since),
      ),
    )
    .returning({ id: connections.id });
  return ended.length;
}

import { and, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { revocationContext } from '@/lib/connections/revocation/close-unsent';

/** Deletes the consumer secret of every deleted environment in which nothing is left to be revoked with it. */
export async function forgetSecretsOfDeleted(tx: Tx): Promise<void> {
  const one = { one: sql`1` };
  const disconnecting = tx
    .select(one)
    .from(connections)
    .where(and(eq(connections.environmentId, environments.id), eq(connections.state, 'disconnecting')));
  const stray = tx
    .select(one)
    .from(strayGrants)
    .where(and(eq(strayGrants.environmentId, environments.id), isNull(strayGrants.finishedAt)));
  const settled = tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(isNotNull(environments.deletedAt), notExists(disconnecting), notExists(stray)));
  const forgotten = await tx
    .delete(environmentSecrets)
    .where(inArray(environmentSecrets.environmentId, settled))
    .returning({ id: environmentSecrets.environmentId });
  for (const { id } of forgotten) {
    await appendAudit(tx, revocationContext, {
      action: 'environment.forget_secret',
      subjectId: id,
      details: {},
    });
  }
}

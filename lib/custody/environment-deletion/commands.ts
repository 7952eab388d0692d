import { eq, inArray } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections, serviceCredentials } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { type OpenRevocation, workThrough } from '@/lib/connections/revocation/work-through';
import type { PersonContext } from '@/lib/context';
import { markScope } from '@/lib/custody/revoke-everything/mark';
import { assertAdmin } from '@/lib/environments/queries';
import { lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';

export interface DeleteEnvironment {
  slug: string;
  /** The environment's name, typed by who deletes it. */
  confirmation: string;
}

/**
 * Deletes an environment: one transaction takes it from everywhere it was offered and disconnects everything in it;
 * then each grant is revoked at its token host, and what is not confirmed by the time a person waits goes on in the
 * queue. Its row and its slug stay. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT when the name is not its own.
 */
export async function deleteEnvironment(ctx: PersonContext, input: DeleteEnvironment): Promise<void> {
  assertAdmin(ctx);
  const open = await withSystem('environment deletion', (tx) => markDeleted(tx, ctx, input));
  const work = workThrough(open, { why: 'environment deleted', trigger: 'disconnect' });
  await withinOrNull(work, refreshPolicy().callerWaitMs);
}

async function markDeleted(
  tx: Tx,
  ctx: PersonContext,
  { slug, confirmation }: DeleteEnvironment,
): Promise<OpenRevocation[]> {
  // The lock that a consent takes before it stores a grant: no grant comes in behind this.
  const { id, name } = await lockEnvironment(tx, slug);
  if (confirmation.trim() !== name) throw notConfirmed(name);
  await tx
    .update(environments)
    .set({ deletedAt: databaseNow, updatedAt: databaseNow })
    .where(eq(environments.id, id));
  const { disconnected, open } = await markScope(tx, ctx, { environmentId: id }, 'environment deleted');
  await forgetCredentials(tx, id);
  await appendAudit(tx, ctx, {
    action: 'environment.delete',
    subjectId: id,
    details: {
      slug,
      name,
      connections: disconnected,
      strayGrants: open.filter(({ kind }) => kind === 'stray').length,
    },
  });
  return open;
}

/** Also of service connections that were prepared and never connected, which no disconnect reaches. */
async function forgetCredentials(tx: Tx, environmentId: string): Promise<void> {
  const inside = tx
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.environmentId, environmentId));
  await tx.delete(serviceCredentials).where(inArray(serviceCredentials.connectionId, inside));
  // The present secret and the one before go on being sent with revocations; the next one never will be.
  await tx
    .update(environmentSecrets)
    .set({ stagedConsumerSecret: null, updatedAt: databaseNow })
    .where(eq(environmentSecrets.environmentId, environmentId));
}

function notConfirmed(name: string): AppError {
  return new AppError('INVALID_INPUT', `The environment was not deleted: type its name, ${name}.`, {
    nextStep: 'Type the name exactly as it is shown.',
  });
}

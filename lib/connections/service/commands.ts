import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import {
  connectionSecrets,
  connectionShares,
  connections,
  serviceCredentials,
} from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { noProblem } from '@/lib/connections/problem';
import { giveBack } from '@/lib/connections/service/proof/give-back';
import { assertNameIsFree, readSuperseded } from '@/lib/connections/service/proof/store-proof';
import { requireServiceRow, requireServiceRowInEnvironment } from '@/lib/connections/service/require-row';
import { parseName } from '@/lib/connections/service/schema';
import type { PersonContext } from '@/lib/context';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { requirePersonNamed } from '@/lib/people/queries';

/** Gives a service connection another name. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND. */
export async function renameServiceConnection(
  ctx: PersonContext,
  input: { id: string; name: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const name = parseName(input.name);
  await withSystem('service connection', async (tx) => {
    const row = await requireServiceRowInEnvironment(tx, input.id);
    if (row.name === name) return;
    await assertNameIsFree(tx, { environmentId: row.environmentId, name, except: row.id });
    await tx.update(connections).set({ name }).where(eq(connections.id, row.id));
    await appendAudit(tx, ctx, {
      action: 'service_connection.rename',
      subjectId: row.id,
      details: { before: row.name ?? '', after: name },
    });
  });
}

/**
 * Lets a person read through a service connection, named by id, e-mail or Salesforce username. Throws FORBIDDEN,
 * NOT_FOUND, or CONFLICT when several people are meant.
 */
export async function shareServiceConnection(
  ctx: PersonContext,
  { id, person }: { id: string; person: string },
): Promise<void> {
  assertAdmin(ctx);
  await withSystem('service connection', async (tx) => {
    const row = await requireServiceRow(tx, id);
    const known = await requirePersonNamed(tx, person);
    if (known.deactivated) {
      throw new AppError('CONFLICT', `${known.displayName} is deactivated.`, {
        nextStep: 'Activate the person first.',
      });
    }
    const added = await tx
      .insert(connectionShares)
      .values({ connectionId: row.id, personId: known.id })
      .onConflictDoNothing()
      .returning({ personId: connectionShares.personId });
    if (added.length > 0) await auditShare(tx, ctx, row.id, known.id, true);
  });
}

/** Takes a service connection away from a person. Throws FORBIDDEN, NOT_FOUND. */
export async function unshareServiceConnection(
  ctx: PersonContext,
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  assertAdmin(ctx);
  await withSystem('service connection', async (tx) => {
    const row = await requireServiceRow(tx, id);
    const [known] = await tx
      .delete(connectionShares)
      .where(
        and(eq(connectionShares.connectionId, row.id), sql`${connectionShares.personId}::text = ${personId}`),
      )
      .returning({ personId: connectionShares.personId });
    if (known) await auditShare(tx, ctx, row.id, known.personId, false);
  });
}

/** Lets everybody of the portal read through a service connection, or only those it is shared with by name. */
export async function shareWithEveryone(
  ctx: PersonContext,
  { id, everyone }: { id: string; everyone: boolean },
): Promise<void> {
  assertAdmin(ctx);
  await withSystem('service connection', async (tx) => {
    const row = await requireServiceRow(tx, id);
    if (row.sharedWithEveryone === everyone) return;
    await tx.update(connections).set({ sharedWithEveryone: everyone }).where(eq(connections.id, row.id));
    await auditShare(tx, ctx, row.id, 'everyone', everyone);
  });
}

/**
 * Removes a service connection: its credentials and shares are deleted, nothing is read through it from the commit on,
 * and its access token is revoked at the token host. Throws FORBIDDEN, and NOT_FOUND the second time.
 */
export async function removeServiceConnection(ctx: PersonContext, id: string): Promise<void> {
  assertAdmin(ctx);
  const unwanted = await withSystem('service connection', async (tx) => {
    const row = await requireServiceRow(tx, id);
    const app = await openOAuthApp(tx, row.environmentId);
    const access = await readSuperseded(tx, { app }, row);
    await tx.delete(serviceCredentials).where(eq(serviceCredentials.connectionId, row.id));
    await tx.delete(connectionSecrets).where(eq(connectionSecrets.connectionId, row.id));
    await tx.delete(connectionShares).where(eq(connectionShares.connectionId, row.id));
    await tx
      .update(connections)
      .set({
        ...noProblem,
        state: 'disconnected',
        disconnectedAt: databaseNow,
        sharedWithEveryone: false,
        // An answer that is on its way belongs to nobody: whoever lands it revokes it.
        grantId: randomUUID(),
        leaseOwner: null,
        leaseUntil: null,
      })
      .where(eq(connections.id, row.id));
    await appendAudit(tx, ctx, {
      action: 'service_connection.remove',
      subjectId: row.id,
      details: { grantId: row.grantId, generation: row.generation, name: row.name ?? '' },
    });
    return access;
  });
  if (unwanted) await giveBack(unwanted, 'service connection removed');
}

function auditShare(tx: Tx, ctx: PersonContext, id: string, who: string, shared: boolean): Promise<void> {
  return appendAudit(tx, ctx, {
    action: 'service_connection.share',
    subjectId: id,
    details: { with: who, shared },
  });
}

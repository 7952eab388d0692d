import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { accessRequests, databaseNow, environments } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext, SystemContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { chooseFor } from '@/lib/people/access/commands';
import { isOpen } from '@/lib/people/access/is-open';
import { usableBy } from '@/lib/people/access/usable-by';
import { assertRole } from '@/lib/people/assert-role';
import { createPersonOf } from '@/lib/people/commands';
import { findPersonBy, type ProvenIdentity } from '@/lib/people/queries';
import { environmentIdsSchema, isId } from '@/lib/people/schema';

const MOST_LETTERS = 500;

/**
 * Asks the administrators in the name of an identity that was proven and that nobody knows. One request waits at a time,
 * and after a refusal the next one may come a day later. In the caller's system transaction. Throws CONFLICT.
 */
export async function requestPortal(
  systemTx: Tx,
  ctx: SystemContext,
  { identity, message }: { identity: ProvenIdentity; message: string },
): Promise<void> {
  const { issuer, subject, username, displayName, email } = identity;
  const asker = and(eq(accessRequests.issuer, issuer), eq(accessRequests.subject, subject));
  const [refused] = await systemTx
    .select({ decidedAt: accessRequests.decidedAt })
    .from(accessRequests)
    .where(and(asker, sql`${accessRequests.decidedAt} > orgdock.now() - interval '1 day'`))
    .limit(1);
  if (refused) {
    throw new AppError('CONFLICT', 'An administrator answered your request less than a day ago.', {
      nextStep: 'Talk to one of the administrators, or ask again tomorrow.',
    });
  }
  const [row] = await systemTx
    .insert(accessRequests)
    .values({ issuer, subject, username, displayName, email, message: shortened(message) })
    .onConflictDoNothing()
    .returning({ id: accessRequests.id });
  // Asked before, and nobody has answered: that one stands.
  if (!row) return;
  await appendAudit(systemTx, ctx, {
    action: 'access_request.create',
    subjectId: row.id,
    details: { issuer, subject, username },
  });
}

/** Asks the administrators for an environment that is open to chosen people. Throws NOT_FOUND, CONFLICT. */
export async function requestEnvironment(
  ctx: PersonContext,
  { slug, message }: { slug: string; message: string },
): Promise<void> {
  await withActor(ctx, async (tx) => {
    const [environment] = await tx
      .select({ id: environments.id, usable: usableBy(ctx) })
      .from(environments)
      .where(and(eq(environments.slug, slug), eq(environments.access, 'chosen'), isOpen));
    if (!environment || ctx.role === 'auditor')
      throw new AppError('NOT_FOUND', 'There is no such environment.');
    if (environment.usable) throw new AppError('CONFLICT', 'You have access to it already.');
    const [refused] = await tx
      .select({ at: accessRequests.decidedAt })
      .from(accessRequests)
      .where(
        and(
          eq(accessRequests.personId, ctx.personId),
          eq(accessRequests.environmentId, environment.id),
          eq(accessRequests.decision, 'refused'),
          sql`${accessRequests.decidedAt} > orgdock.now() - interval '1 day'`,
        ),
      )
      .limit(1);
    if (refused) {
      throw new AppError('CONFLICT', 'An administrator refused this less than a day ago.', {
        nextStep: 'Talk to one of the administrators, or ask again tomorrow.',
      });
    }
    const [row] = await tx
      .insert(accessRequests)
      .values({
        personId: ctx.personId,
        displayName: ctx.displayName,
        environmentId: environment.id,
        message: shortened(message),
      })
      .onConflictDoNothing()
      .returning({ id: accessRequests.id });
    if (!row) return;
    await appendAudit(tx, ctx, {
      action: 'access_request.create',
      subjectId: row.id,
      details: { personId: ctx.personId, environmentId: environment.id },
    });
  });
}

/**
 * Lets somebody in who has asked: makes a member of an unknown identity, with the environments chosen, or chooses a known
 * person for the environment that they asked for. Throws FORBIDDEN, NOT_FOUND when another administrator was faster,
 * CONFLICT when the person is deactivated.
 */
export async function grantRequest(
  ctx: PersonContext,
  input: { id: string; environmentIds: unknown },
): Promise<void> {
  assertRole(ctx, ['admin'], 'let people in');
  const parsed = environmentIdsSchema.safeParse(input.environmentIds);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'These are no environments.');
  await withActor(ctx, async (tx) => {
    const request = await decide(tx, ctx, input.id, 'granted');
    const personId = request.personId ?? (await personOf(tx, ctx, request));
    const environmentIds = request.environmentId === null ? parsed.data : [request.environmentId];
    await chooseFor(tx, ctx, { personId, environmentIds });
    await appendAudit(tx, ctx, {
      action: 'access_request.decide',
      subjectId: request.id,
      details: { decision: 'granted', personId, environmentIds },
    });
  });
}

/** Says no to a request. Throws FORBIDDEN, NOT_FOUND. */
export async function refuseRequest(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], 'answer requests');
  await withActor(ctx, async (tx) => {
    const request = await decide(tx, ctx, id, 'refused');
    await appendAudit(tx, ctx, {
      action: 'access_request.decide',
      subjectId: request.id,
      details: { decision: 'refused', ...(request.personId ? { personId: request.personId } : {}) },
    });
  });
}

type RequestRow = typeof accessRequests.$inferSelect;

async function decide(
  tx: Tx,
  ctx: PersonContext,
  id: string,
  decision: 'granted' | 'refused',
): Promise<RequestRow> {
  const gone = new AppError('NOT_FOUND', 'There is no such open request.', { nextStep: 'Reload the page.' });
  if (!isId(id)) throw gone;
  const [request] = await tx
    .update(accessRequests)
    .set({ decision, decidedAt: databaseNow, decidedBy: ctx.personId })
    .where(and(eq(accessRequests.id, id), isNull(accessRequests.decidedAt)))
    .returning();
  if (!request) throw gone;
  return request;
}

/** The person of an identity that has asked: a new member, unless somebody let them in meanwhile. */
async function personOf(tx: Tx, ctx: PersonContext, request: RequestRow): Promise<string> {
  const { issuer, subject, username, displayName, email } = request;
  if (issuer === null || subject === null) throw new Error('an access request names nobody');
  const known = await findPersonBy(tx, { issuer, subject });
  if (known?.deactivated) {
    throw new AppError('CONFLICT', `${known.displayName} is deactivated.`, {
      nextStep: 'Reactivate the person.',
    });
  }
  if (known) return known.id;
  const identity = { issuer, subject, username: username ?? subject, displayName, email };
  return createPersonOf(tx, ctx, { identity, role: 'member' });
}

function shortened(message: string): string {
  return message.trim().slice(0, MOST_LETTERS);
}

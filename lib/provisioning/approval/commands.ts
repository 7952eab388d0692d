import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { approvalRequests, consentFailures, databaseNow, environments } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { isOpen } from '@/lib/people/access/is-open';
import { usableBy } from '@/lib/people/access/usable-by';
import { isId } from '@/lib/people/schema';
import { linkWorks } from '@/lib/provisioning/approval/columns';
import type { ApprovalLink } from '@/lib/provisioning/approval/types';
import { hashToken, randomToken } from '@/lib/session/secret-hash';

/** Open links of one person for one environment. */
const MOST_OPEN = 3;
const expiry = sql`orgdock.now() + interval '7 days'`;

interface NewApproval {
  environmentSlug: string;
  /** Id of the person's own failed consent: its words go to the Salesforce administrator. */
  failureId?: string | null;
}

/**
 * Makes a link by which a Salesforce administrator lets an app in, for 7 days. Only its hash is kept, so it is shown now
 * or never. Throws NOT_FOUND, CONFLICT when three are open, RATE_LIMITED.
 */
export async function createApprovalRequest(ctx: PersonContext, input: NewApproval): Promise<ApprovalLink> {
  await countAgainst('approval', ctx.personId);
  const token = randomToken();
  return await withActor(ctx, async (tx) => {
    const environmentId = await requireUsable(tx, ctx, input.environmentSlug);
    await assertRoom(tx, ctx, environmentId);
    const fault = input.failureId ? await requireOwnFault(tx, ctx, environmentId, input.failureId) : null;
    const [row] = await tx
      .insert(approvalRequests)
      .values({
        tokenHash: hashToken(token),
        environmentId,
        personId: ctx.personId,
        salesforceError: fault?.error ?? null,
        salesforceDescription: fault?.description ?? null,
        expiresAt: expiry,
      })
      .returning({ id: approvalRequests.id, expiresAt: approvalRequests.expiresAt });
    if (!row) throw new AppError('UNAVAILABLE', 'The request could not be stored.');
    const expiresAt = row.expiresAt.toISOString();
    await appendAudit(tx, ctx, {
      action: 'approval.create',
      subjectId: row.id,
      details: { environmentId, expiresAt, renewed: false, ...(fault ?? {}) },
    });
    return linkOf(token, expiresAt);
  });
}

/**
 * A new link of my request, for 7 days from now; the one before is worth nothing any more. Throws NOT_FOUND, also when I
 * may not use its environment any more, RATE_LIMITED.
 */
export async function renewApproval(ctx: PersonContext, id: string): Promise<ApprovalLink> {
  await countAgainst('approval', ctx.personId);
  const token = randomToken();
  return await withActor(ctx, async (tx) => {
    const usable = tx
      .select({ id: environments.id })
      .from(environments)
      .where(and(isOpen, usableBy(ctx)));
    const [row] = await tx
      .update(approvalRequests)
      .set({ tokenHash: hashToken(token), expiresAt: expiry, openedAt: null })
      .where(
        and(
          ownOpen(ctx, id),
          isNull(approvalRequests.doneAt),
          inArray(approvalRequests.environmentId, usable),
        ),
      )
      .returning({
        environmentId: approvalRequests.environmentId,
        expiresAt: approvalRequests.expiresAt,
      });
    if (!row) throw gone();
    const { environmentId } = row;
    const expiresAt = row.expiresAt.toISOString();
    await appendAudit(tx, ctx, {
      action: 'approval.create',
      subjectId: id,
      details: { environmentId, expiresAt, renewed: true },
    });
    return linkOf(token, expiresAt);
  });
}

/** Takes my request back: its link is worth nothing any more. Throws NOT_FOUND. */
export async function withdrawApproval(ctx: PersonContext, id: string): Promise<void> {
  await withActor(ctx, async (tx) => {
    const [row] = await tx
      .update(approvalRequests)
      .set({ endedAt: databaseNow, ended: 'withdrawn' })
      .where(ownOpen(ctx, id))
      .returning({ environmentId: approvalRequests.environmentId });
    if (!row) throw gone();
    await appendAudit(tx, ctx, { action: 'approval.withdraw', subjectId: id, details: row });
  });
}

function linkOf(token: string, expiresAt: string): ApprovalLink {
  return { url: `${portalOrigin()}/approve/${token}`, expiresAt };
}

/** SQL: my request that has not ended, expired or not. Throws NOT_FOUND for what is no id. */
function ownOpen(ctx: PersonContext, id: string) {
  if (!isId(id)) throw gone();
  return and(
    eq(approvalRequests.id, id),
    eq(approvalRequests.personId, ctx.personId),
    isNull(approvalRequests.endedAt),
  );
}

function gone(): AppError {
  return new AppError('NOT_FOUND', 'There is no such open request.', { nextStep: 'Reload the page.' });
}

async function requireUsable(tx: Tx, ctx: PersonContext, slug: string): Promise<string> {
  const [environment] = await tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(eq(environments.slug, slug), isOpen, usableBy(ctx)));
  if (environment) return environment.id;
  throw new AppError('NOT_FOUND', 'There is no such environment.');
}

/** Of two that come at once, the second waits for the first. Throws CONFLICT. */
async function assertRoom(tx: Tx, ctx: PersonContext, environmentId: string): Promise<void> {
  const key = `approval ${ctx.personId} ${environmentId}`;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const open = await tx.$count(
    approvalRequests,
    and(
      eq(approvalRequests.personId, ctx.personId),
      eq(approvalRequests.environmentId, environmentId),
      linkWorks,
    ),
  );
  if (open < MOST_OPEN) return;
  throw new AppError('CONFLICT', `You have ${MOST_OPEN} open links for this environment.`, {
    nextStep: 'Make a new link of one of them on your home page, or withdraw one.',
  });
}

async function requireOwnFault(
  tx: Tx,
  ctx: PersonContext,
  environmentId: string,
  failureId: string,
): Promise<{ error: string; description: string | null }> {
  const [row] = isId(failureId)
    ? await tx
        .select({
          error: consentFailures.salesforceError,
          description: consentFailures.salesforceDescription,
        })
        .from(consentFailures)
        .where(
          and(
            eq(consentFailures.id, failureId),
            eq(consentFailures.personId, ctx.personId),
            eq(consentFailures.environmentId, environmentId),
          ),
        )
    : [];
  if (row?.error) return { error: row.error, description: row.description };
  throw new AppError('NOT_FOUND', 'There is no such failed consent.');
}

import { and, eq, isNull, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { databaseNow, invitations } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';
import { parseInvitationForm } from '@/lib/people/invitations/schema';
import { isId } from '@/lib/people/schema';
import { hashToken, randomToken } from '@/lib/session/secret-hash';

/**
 * Makes a link that lets one person in, once, until it expires. Only its hash is kept, so it is shown now or never.
 * Throws FORBIDDEN, INVALID_INPUT.
 */
export async function createInvitation(ctx: PersonContext, input: unknown): Promise<{ link: string }> {
  assertRole(ctx, ['admin'], 'invite people');
  const { days, ...form } = parseInvitationForm(input);
  const token = randomToken();
  await withActor(ctx, async (tx) => {
    const [row] = await tx
      .insert(invitations)
      .values({
        ...form,
        tokenHash: hashToken(token),
        invitedBy: ctx.personId,
        expiresAt: sql`orgdock.now() + make_interval(days => ${days})`,
      })
      .returning({ id: invitations.id, expiresAt: invitations.expiresAt });
    if (!row) throw new AppError('UNAVAILABLE', 'The invitation could not be stored.');
    await appendAudit(tx, ctx, {
      action: 'invitation.create',
      subjectId: row.id,
      details: { ...form, expiresAt: row.expiresAt.toISOString() },
    });
  });
  return { link: `${portalOrigin()}/invite/${token}` };
}

/** Makes the link of an invitation worthless. Throws FORBIDDEN, and NOT_FOUND for one that is used or withdrawn. */
export async function withdrawInvitation(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], 'withdraw invitations');
  const gone = new AppError('NOT_FOUND', 'There is no such open invitation.', {
    nextStep: 'Reload the page.',
  });
  if (!isId(id)) throw gone;
  await withActor(ctx, async (tx) => {
    const rows = await tx
      .update(invitations)
      .set({ withdrawnAt: databaseNow })
      .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt)))
      .returning({ id: invitations.id });
    if (rows.length === 0) throw gone;
    await appendAudit(tx, ctx, { action: 'invitation.withdraw', subjectId: id, details: {} });
  });
}

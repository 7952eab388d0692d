import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow, invitations } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonId } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { chooseFor } from '@/lib/people/access/commands';
import { createPersonOf } from '@/lib/people/commands';
import { findPersonBy, type ProvenIdentity } from '@/lib/people/queries';
import type { InvitationState } from '@/lib/people/types';

/**
 * Uses an invitation up for the identity that has just signed in, in the system transaction of that sign-in: a new
 * person with its role and environments; whom Orgdock knows gets the environments and keeps their role. Of two who come
 * at once, one is in. Throws INVITATION_INVALID, PERSON_DEACTIVATED.
 */
export async function acceptInvitation(
  systemTx: Tx,
  ctx: Context,
  invitationId: string,
  identity: ProvenIdentity,
): Promise<PersonId> {
  const [invitation] = await systemTx
    .update(invitations)
    .set({ acceptedAt: databaseNow })
    .where(
      and(
        eq(invitations.id, invitationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        gt(invitations.expiresAt, databaseNow),
      ),
    )
    .returning();
  if (!invitation) throw invitationInvalid(await stateOf(systemTx, invitationId));
  const known = await findPersonBy(systemTx, identity);
  if (known?.deactivated) {
    throw new AppError('PERSON_DEACTIVATED', `${known.displayName} is deactivated in this portal.`, {
      nextStep: 'Ask an administrator of this portal. The invitation stays open.',
    });
  }
  const { role, environmentIds } = invitation;
  const personId = known?.id ?? (await createPersonOf(systemTx, ctx, { identity, role }));
  await chooseFor(systemTx, ctx, { personId, environmentIds });
  await systemTx.update(invitations).set({ acceptedBy: personId }).where(eq(invitations.id, invitationId));
  await appendAudit(systemTx, ctx, {
    action: 'invitation.accept',
    subjectId: invitationId,
    details: { personId, newPerson: known === null, environmentIds },
  });
  return personId;
}

async function stateOf(tx: Tx, id: string): Promise<InvitationState | null> {
  const [row] = await tx
    .select({ acceptedAt: invitations.acceptedAt, withdrawnAt: invitations.withdrawnAt })
    .from(invitations)
    .where(eq(invitations.id, id));
  if (!row) return null;
  return row.acceptedAt ? 'accepted' : row.withdrawnAt ? 'withdrawn' : 'expired';
}

const WHY: Record<Exclude<InvitationState, 'open'>, string> = {
  accepted: 'This invitation was used already: it works once.',
  withdrawn: 'This invitation was withdrawn.',
  expired: 'This invitation has expired.',
};

/** Why a link lets nobody in. Null: nobody made it. */
export function invitationInvalid(state: InvitationState | null): AppError {
  const message = state === null || state === 'open' ? 'There is no such invitation.' : WHY[state];
  return new AppError('INVITATION_INVALID', message, {
    nextStep: 'Ask whoever invited you for a new link.',
  });
}

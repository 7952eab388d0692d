import type { Tx } from '@/db/client';
import type { PersonId, SystemContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { acceptInvitation } from '@/lib/people/invitations/accept';
import { findPersonBy, type ProvenIdentity } from '@/lib/people/queries';

/**
 * Whom an invitation lets in, in the transaction of their sign-in. One that has ended since stops nobody whom Orgdock
 * knows anyway. Throws INVITATION_INVALID, PERSON_DEACTIVATED.
 */
export async function joinByInvitation(
  tx: Tx,
  ctx: SystemContext,
  invitationId: string,
  identity: ProvenIdentity,
): Promise<PersonId> {
  try {
    return await acceptInvitation(tx, ctx, invitationId, identity);
  } catch (error) {
    const ended = error instanceof AppError && error.code === 'INVITATION_INVALID';
    const known = ended ? await findPersonBy(tx, identity) : null;
    if (!known || known.deactivated) throw error;
    return known.id;
  }
}

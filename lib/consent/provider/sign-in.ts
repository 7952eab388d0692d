import { and, eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { isUniqueViolation } from '@/db/faults';
import { databaseNow, identityProviders } from '@/db/schema';
import { noAccess, otherPerson, switchedOff } from '@/lib/consent/no-access';
import type { ConsumedProviderAttempt } from '@/lib/consent/provider/attempts';
import { landingPath } from '@/lib/consent/sign-in';
import type { PersonContext, PersonId, RequestFacts, SessionId, SystemContext } from '@/lib/context';
import { decideByGroups } from '@/lib/environments/identity-providers/group-decision';
import { AppError } from '@/lib/errors';
import type { ProvenSubject } from '@/lib/openid/types';
import { createPersonOf } from '@/lib/people/commands';
import { followGroups } from '@/lib/people/identities/follow-groups';
import { joinByInvitation } from '@/lib/people/invitations/join';
import { findPersonBy } from '@/lib/people/queries';
import { lockAdministrators } from '@/lib/people/roles/admins-stay';
import { createSession } from '@/lib/session/commands';

interface ProviderSignIn {
  attempt: ConsumedProviderAttempt;
  subject: ProvenSubject;
  /** Who is signed in in this browser. That session ends when the new one opens. */
  current: PersonContext | null;
  request: RequestFacts;
}

/** Lets a proven person in: who it is, whether they may, what their groups say, and a new session, in one transaction. */
export async function completeProviderSignIn(
  input: ProviderSignIn,
): Promise<{ sessionId: SessionId; path: string }> {
  const { attempt, request, current } = input;
  const ctx: SystemContext = { kind: 'system', reason: 'provider: sign_in', request };
  const letIn = async (tx: Tx) => {
    const personId = await resolvePerson(tx, ctx, input);
    await tx
      .update(identityProviders)
      .set({ lastSignInAt: databaseNow })
      .where(eq(identityProviders.id, attempt.identityProviderId));
    const sessionId = await createSession(tx, {
      personId,
      via: attempt.provider.slug,
      request,
      replaces: current?.sessionId ?? null,
      fresh: attempt.fresh,
      proven: attempt.fresh,
    });
    return { sessionId, path: attempt.callbackPath || (await landingPath(tx, personId)) };
  };
  try {
    return await withSystem(ctx.reason, letIn);
  } catch (error) {
    if (!isUniqueViolation(error, 'identities_issuer_subject')) throw error;
    // Another first sign-in of this person was faster: now they are known.
    return await withSystem(ctx.reason, letIn);
  }
}

async function resolvePerson(
  tx: Tx,
  ctx: SystemContext,
  { attempt, subject }: ProviderSignIn,
): Promise<PersonId> {
  // Before the provider's row, as whoever changes a provider does.
  await lockAdministrators(tx);
  const provider = await lockUnchanged(tx, attempt);
  const known = await findPersonBy(tx, subject);
  if (attempt.fresh && known?.id !== attempt.personId) throw otherPerson(subject);
  if (known?.deactivated) throw switchedOff(subject);
  const decision = decideByGroups(subject.groups, provider.groupMappings);
  const personId = attempt.invitationId
    ? await joinByInvitation(tx, ctx, attempt.invitationId, subject)
    : (known?.id ?? (await createPerson(tx, ctx, subject, decision?.role, provider.admitsUnknown)));
  if (decision) {
    const managed = [...new Set(provider.groupMappings.flatMap((row) => row.environmentIds))];
    await followGroups(tx, ctx, { personId, provider: provider.slug, ...decision, managed });
  }
  return personId;
}

/** Mappings as they are now, and not changed before this transaction ends: a role that was taken away is not given. */
async function lockUnchanged(tx: Tx, { provider: seen }: ConsumedProviderAttempt) {
  const [provider] = await tx
    .select()
    .from(identityProviders)
    .where(and(eq(identityProviders.id, seen.id), eq(identityProviders.enabled, true)))
    .for('no key update');
  if (provider && provider.updatedAt.getTime() === seen.updatedAt.getTime()) return provider;
  throw new AppError(
    'CONSENT_ATTEMPT_EXPIRED',
    'The identity provider was changed while the sign-in was under way.',
    { nextStep: 'Start again from Orgdock.' },
  );
}

/** Nobody knows them: their groups let them in, or the provider's word for everybody does. */
async function createPerson(
  tx: Tx,
  ctx: SystemContext,
  subject: ProvenSubject,
  mappedRole: PersonContext['role'] | undefined,
  admitsUnknown: boolean,
): Promise<PersonId> {
  const role = mappedRole ?? (admitsUnknown ? 'member' : null);
  const { groups: _, ...identity } = subject;
  if (role === null) throw noAccess(identity);
  return await createPersonOf(tx, ctx, { identity, role });
}

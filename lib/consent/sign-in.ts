import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { isUniqueViolation } from '@/db/faults';
import { connections, environments, people } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { forReading } from '@/lib/connections/purpose/for-reading';
import type { ConsentFlow, ConsentOutcome } from '@/lib/consent/next-auth/flow';
import { isRefusal, noAccess, otherPerson, switchedOff } from '@/lib/consent/no-access';
import { completeSetup } from '@/lib/consent/setup';
import type { PersonId, SystemContext } from '@/lib/context';
import { environmentDeleted } from '@/lib/environments/deleted';
import { holdToExpectedOrg } from '@/lib/environments/expected-org';
import { requireSalesforceSignIn } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { AppError, type Problem } from '@/lib/errors';
import { isOpen } from '@/lib/people/access/is-open';
import { environmentDisabled } from '@/lib/people/access/refusals';
import { usableBy } from '@/lib/people/access/usable-by';
import { createPersonOf } from '@/lib/people/commands';
import { joinByInvitation } from '@/lib/people/invitations/join';
import { findPersonByIdentity, issuerOf, type ProvenIdentity } from '@/lib/people/queries';
import type { UserInfo } from '@/lib/salesforce/types';
import { createSession } from '@/lib/session/commands';

/** Lets a proven Salesforce user in: who it is, whether they may, and a new session, in one transaction. */
export async function completeSignIn(flow: ConsentFlow, user: UserInfo): Promise<ConsentOutcome> {
  const { attempt, request } = flow;
  const ctx: SystemContext = { kind: 'system', reason: `consent: ${attempt.intent}`, request };
  const letIn = async (tx: Tx): Promise<ConsentOutcome> => {
    const personId =
      attempt.intent === 'setup'
        ? await completeSetup(tx, ctx, { environmentId: attempt.environmentId, user })
        : await resolvePerson(tx, ctx, flow, user);
    const sessionId = await createSession(tx, {
      personId,
      via: attempt.environment.slug,
      request,
      replaces: flow.current?.sessionId ?? null,
      fresh: attempt.fresh,
      proven: attempt.fresh || attempt.intent === 'setup',
    });
    const path = attempt.callbackPath || (await landingPath(tx, personId));
    return { kind: 'signed_in', sessionId, path };
  };
  try {
    return await withSystem(ctx.reason, letIn);
  } catch (error) {
    if (!isUniqueViolation(error, 'identities_issuer_subject')) throw error;
    // Another first sign-in of this user, through another environment, was faster: now they are known.
    return withSystem(ctx.reason, letIn);
  }
}

/** Where a sign-in without a callback leads: Accounts of the one healthy connection that may be read, else the cards. */
export async function landingPath(tx: Tx, personId: PersonId): Promise<string> {
  const [person] = await tx.select({ role: people.role }).from(people).where(eq(people.id, personId));
  const healthy = await tx
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(
      and(
        forReading,
        eq(connections.ownerId, personId),
        eq(connections.state, 'idle'),
        isNull(connections.problemCode),
        isOpen,
        usableBy({ personId, role: person?.role ?? 'auditor' }),
      ),
    )
    .limit(2);
  const [only] = healthy;
  return only && healthy.length === 1 ? `/connections/${only.id}/accounts` : '/';
}

async function resolvePerson(
  tx: Tx,
  ctx: SystemContext,
  { attempt }: ConsentFlow,
  user: UserInfo,
): Promise<PersonId> {
  const { environmentId } = attempt;
  const [environment] = await tx.select().from(environments).where(eq(environments.id, environmentId));
  await requireSalesforceSignIn(tx);
  if (environment?.deletedAt) throw environmentDeleted(environment.name);
  if (environment?.status === 'disabled') throw environmentDisabled(environment.name);
  if (!environment?.allowSignIn) throw signInClosed(attempt.environment.name);
  // A pinned environment speaks for its org only, also about people who are known from elsewhere.
  if (environment.expectedOrgId !== null) {
    await holdToExpectedOrg(tx, ctx, { environmentId, org: { id: user.orgId, name: null }, mayPin: false });
  }
  const known = await findPersonByIdentity(tx, user);
  if (attempt.fresh && known?.id !== attempt.personId) throw otherPerson(user);
  if (known?.deactivated) throw switchedOff(user);
  const identity = identityOf(user);
  if (attempt.invitationId) return joinByInvitation(tx, ctx, attempt.invitationId, identity);
  if (known) return known.id;
  const everyone = environment.membership === 'everyone_of_org' && environment.expectedOrgId === user.orgId;
  if (!everyone) throw noAccess(identity);
  return createPersonOf(tx, ctx, { identity, role: 'member' });
}

function identityOf({ orgId, userId, username, displayName, email }: UserInfo): ProvenIdentity {
  return { issuer: issuerOf(orgId), subject: userId, username, displayName, email };
}

/** The environment may have been closed for signing in while the consent was under way. */
export function signInClosed(name: string): AppError {
  return new AppError('FORBIDDEN', `${name} is not open for signing in.`, {
    nextStep: 'Sign in through another environment, or ask your administrator.',
  });
}

/** A consent that came to nothing, with what is known of who tried. */
export type RefusedConsent = Pick<ConsentFlow, 'attempt' | 'current' | 'user' | 'request'>;

/** Notes in the audit log that a sign-in or a consent failed, apart from the transaction that was rolled back. */
export async function auditRefusal(tx: Tx, refused: RefusedConsent, problem: Problem): Promise<void> {
  const { attempt, current, user, request } = refused;
  await appendAudit(tx, current ?? { kind: 'system', reason: 'consent callback', request }, {
    action: 'consent.refused',
    subjectId: attempt.environmentId,
    outcome: isRefusal(problem.code) ? 'denied' : 'failed',
    details: {
      code: problem.code,
      intent: attempt.intent,
      ...(attempt.connectLinkId ? { connectLinkId: attempt.connectLinkId } : {}),
      ...(user ? { orgId: user.orgId, username: user.username } : {}),
      ...problem.salesforce,
    },
  });
}

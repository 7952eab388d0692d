import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { isUniqueViolation } from '@/db/faults';
import { connections, environments } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { ConsentFlow, ConsentOutcome } from '@/lib/consent/next-auth/flow';
import { completeSetup } from '@/lib/consent/setup';
import type { PersonId, SystemContext } from '@/lib/context';
import { environmentDeleted } from '@/lib/environments/deleted';
import { holdToExpectedOrg } from '@/lib/environments/expected-org';
import { requireSalesforceSignIn } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { AppError } from '@/lib/errors';
import { createPerson } from '@/lib/people/commands';
import { findPersonByIdentity } from '@/lib/people/queries';
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

/** Where a sign-in without a callback leads: the one healthy connection's Accounts, else the cards. */
export async function landingPath(tx: Tx, personId: PersonId): Promise<string> {
  const healthy = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(eq(connections.ownerId, personId), eq(connections.state, 'idle'), isNull(connections.problemCode)),
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
  if (!environment?.allowSignIn) throw signInClosed(attempt.environment.name);
  // A pinned environment speaks for its org only, also about people who are known from elsewhere.
  if (environment.expectedOrgId !== null) {
    await holdToExpectedOrg(tx, ctx, { environmentId, org: { id: user.orgId, name: null }, mayPin: false });
  }
  const known = await findPersonByIdentity(tx, user);
  if (attempt.fresh && known?.id !== attempt.personId) throw otherPerson(user);
  if (known?.deactivated) throw noAccess(user, 'is switched off');
  if (known) return known.id;
  const everyone = environment.membership === 'everyone_of_org' && environment.expectedOrgId === user.orgId;
  if (!everyone) throw noAccess(user, 'has no access to this portal yet');
  const { orgId, userId, displayName, email, username } = user;
  return createPerson(tx, ctx, { orgId, userId, displayName, email, username, role: 'member' });
}

/** The environment may have been closed for signing in while the consent was under way. */
export function signInClosed(name: string): AppError {
  return new AppError('FORBIDDEN', `${name} is not open for signing in.`, {
    nextStep: 'Sign in through another environment, or ask your administrator.',
  });
}

function noAccess(user: UserInfo, why: string): AppError {
  return new AppError('CONSENT_NOT_A_MEMBER', `${user.username} ${why}.`, {
    nextStep: 'Ask an administrator of this portal to let you in.',
    details: { username: user.username, orgId: user.orgId },
  });
}

function otherPerson(user: UserInfo): AppError {
  return new AppError(
    'CONSENT_WRONG_USER',
    `You confirmed as ${user.username}, which is not who is signed in here.`,
    {
      nextStep: 'Confirm again as yourself, or sign out first.',
      details: { username: user.username },
    },
  );
}

/** Notes in the audit log that somebody was turned away, apart from the transaction that was rolled back. */
export async function auditRefusal(tx: Tx, flow: ConsentFlow, error: AppError): Promise<void> {
  await appendAudit(
    tx,
    { kind: 'system', reason: 'consent callback', request: flow.request },
    {
      action: 'consent.refused',
      subjectId: flow.attempt.environmentId,
      outcome: 'denied',
      details: {
        code: error.code,
        intent: flow.attempt.intent,
        ...(flow.user ? { orgId: flow.user.orgId, username: flow.user.username } : {}),
      },
    },
  );
}

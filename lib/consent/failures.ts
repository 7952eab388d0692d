import { eq, sql } from 'drizzle-orm';
import { headers } from 'next/headers';
import { type Tx, withSystem } from '@/db/client';
import { consentFailures, environments, identityProviders } from '@/db/schema';
import type { ConsumedAttempt } from '@/lib/consent/attempts';
import { identityOfFailure } from '@/lib/consent/no-access';
import type { ConsentFailure, ConsentIntent } from '@/lib/consent/types';
import { summaryColumns } from '@/lib/environments/queries';
import { AppError, type ErrorCode, type Problem, toProblem } from '@/lib/errors';
import { readAdminNames } from '@/lib/people/access/refusals';
import { findOwnRequest } from '@/lib/people/requests/queries';
import { getContext } from '@/lib/session/context';
import { browserCookieName, readCookie } from '@/lib/session/request/cookies';
import { matchesHash } from '@/lib/session/secret-hash';

/** Failures that belong to no attempt of this browser. Fixed words: a crafted link must not put text on our page. */
const UNATTRIBUTED = {
  unknown: new AppError(
    'CONSENT_ATTEMPT_UNKNOWN',
    'This answer belongs to no sign-in and no consent under way.',
    {
      nextStep:
        'It may have been used already, such as after the back button: look at your connections first. Else start again from Orgdock.',
    },
  ),
  'foreign-browser': new AppError(
    'CONSENT_FOREIGN_BROWSER',
    'This consent was started in another browser, so Orgdock did not take it.',
    {
      nextStep: 'Start and finish a consent in the same browser. If you did not start one, close this page.',
    },
  ),
} satisfies Record<string, AppError>;

export type UnattributedFailure = keyof typeof UNATTRIBUTED;

/** What a failure belongs to: an attempt at Salesforce, or one at an identity provider. */
type FailedAttempt = Pick<ConsumedAttempt, 'browserHash' | 'personId'> & {
  connectLinkId?: string | null;
  environmentId?: string;
  identityProviderId?: string;
  /** Null: to link an identity. */
  intent: ConsentIntent | null;
};

/** Keeps why a consent or a sign-in failed. Returns the path of the page that explains it. */
export async function recordFailure(tx: Tx, attempt: FailedAttempt, error: unknown): Promise<string> {
  const problem = toProblem(error);
  const [row] = await tx
    .insert(consentFailures)
    .values({
      browserHash: attempt.browserHash,
      personId: attempt.personId,
      environmentId: attempt.environmentId ?? null,
      identityProviderId: attempt.identityProviderId ?? null,
      intent: attempt.intent,
      code: problem.code,
      message: problem.message,
      nextStep: problem.nextStep,
      salesforceError: problem.salesforce?.error ?? null,
      salesforceDescription: problem.salesforce?.description ?? null,
      salesforceStatus: problem.salesforce?.status ?? null,
      // Not for the page: the way to try again.
      details: attempt.connectLinkId
        ? { ...problem.details, connectLink: attempt.connectLinkId }
        : problem.details,
    })
    .returning({ id: consentFailures.id });
  if (!row) throw new AppError('UNAVAILABLE', 'The failure could not be stored.');
  return attempt.connectLinkId ? `/connect/failed/${row.id}` : `/consent/${row.id}`;
}

/** A failed consent for the browser or the person it belongs to; null for anybody else. */
export async function getConsentFailure(id: string): Promise<ConsentFailure | null> {
  if (Object.hasOwn(UNATTRIBUTED, id)) {
    const error = UNATTRIBUTED[id as UnattributedFailure];
    const at = new Date().toISOString();
    const nowhere = {
      intent: null,
      environment: null,
      identityProvider: null,
      noAccess: null,
      byLink: false,
    };
    return { id, ...nowhere, problem: toProblem(error), at };
  }
  const ctx = await getContext();
  const browser = readCookie(await headers(), browserCookieName());
  return findFailure(id, { browser, personId: ctx?.personId ?? null });
}

/** As `getConsentFailure`, for a known reader. */
export function findFailure(
  id: string,
  reader: { browser: string | null; personId: string | null },
): Promise<ConsentFailure | null> {
  return withSystem('consent failure', async (tx) => {
    const [found] = await tx
      .select({
        failure: consentFailures,
        environment: summaryColumns,
        identityProvider: { slug: identityProviders.slug, name: identityProviders.name },
      })
      .from(consentFailures)
      .leftJoin(identityProviders, eq(identityProviders.id, consentFailures.identityProviderId))
      .leftJoin(environments, eq(environments.id, consentFailures.environmentId))
      .where(sql`${consentFailures.id}::text = ${id}`);
    if (!found) return null;
    const { failure, environment, identityProvider } = found;
    const mine = reader.personId !== null && failure.personId === reader.personId;
    if (!mine && !matchesHash(reader.browser, failure.browserHash)) return null;
    const { connectLink, ...details } = failure.details;
    const problem: Problem = {
      code: failure.code as ErrorCode,
      message: failure.message,
      nextStep: failure.nextStep,
      salesforce:
        failure.salesforceError === null
          ? null
          : {
              error: failure.salesforceError,
              description: failure.salesforceDescription,
              status: failure.salesforceStatus,
            },
      details,
    };
    const identity = identityOfFailure(failure);
    if (failure.code === 'CONSENT_NOT_A_MEMBER')
      problem.details = { Username: failure.details.username ?? '' };
    return {
      id: failure.id,
      intent: failure.intent,
      environment,
      identityProvider,
      problem,
      at: failure.createdAt.toISOString(),
      byLink: connectLink !== undefined,
      noAccess:
        failure.code === 'CONSENT_NOT_A_MEMBER'
          ? {
              admins: await readAdminNames(tx),
              mayAsk: identity !== null,
              request: identity && (await findOwnRequest(tx, identity)),
            }
          : null,
    };
  });
}

import { and, eq, sql } from 'drizzle-orm';
import { headers } from 'next/headers';
import { withSystem } from '@/db/client';
import { consentFailures } from '@/db/schema';
import { AppError } from '@/lib/errors';
import type { ProvenIdentity } from '@/lib/people/queries';
import { requestPortal } from '@/lib/people/requests/commands';
import { requestFacts } from '@/lib/session/context';
import { browserCookieName, readCookie } from '@/lib/session/request/cookies';
import { matchesHash } from '@/lib/session/secret-hash';

const CODE = 'CONSENT_NOT_A_MEMBER';

/** Somebody has proven who they are, and nobody has let them in. The failure keeps who it was: asking begins there. */
export function noAccess(identity: ProvenIdentity): AppError {
  const { issuer, subject, username, displayName, email } = identity;
  return new AppError(CODE, `${username} has no access to this portal yet.`, {
    nextStep: 'Ask an administrator of this portal to let you in.',
    details: { issuer, subject, username, displayName, ...(email === null ? {} : { email }) },
  });
}

/** Who was deactivated. */
export function switchedOff({ username }: { username: string }): AppError {
  return new AppError(CODE, `${username} is switched off.`, {
    nextStep: 'Ask an administrator of this portal to let you in.',
    details: { username },
  });
}

/** Somebody else has confirmed who they are than who is signed in. */
export function otherPerson({ username }: { username: string }): AppError {
  return new AppError(
    'CONSENT_WRONG_USER',
    `You confirmed as ${username}, which is not who is signed in here.`,
    { nextStep: 'Confirm again as yourself, or sign out first.', details: { username } },
  );
}

const REFUSALS = new Set<string>([
  CODE,
  'CONSENT_WRONG_ORG',
  'CONSENT_WRONG_USER',
  'CONFLICT',
  'CONNECT_LINK_INVALID',
  'ENVIRONMENT_NOT_OPEN',
  'INVITATION_INVALID',
  'PERSON_DEACTIVATED',
  'PROVIDER_ANSWER_INVALID',
  'RECORDS_NOT_FOR_AUDITORS',
]);

/** Whether a code says that somebody was turned away, not that something broke. */
export function isRefusal(code: string): boolean {
  return REFUSALS.has(code);
}

type Failure = typeof consentFailures.$inferSelect;

/** Who was turned away; null when it was for another reason than being unknown. */
export function identityOfFailure({
  code,
  details,
}: Pick<Failure, 'code' | 'details'>): ProvenIdentity | null {
  const { issuer, subject, username, displayName, email } = details;
  if (code !== CODE || !issuer || !subject || !username) return null;
  return { issuer, subject, username, displayName: displayName || username, email: email ?? null };
}

/**
 * Asks the administrators to let in whoever was turned away, in this browser and within a day: the identity is what the
 * sign-in proved. Throws NOT_FOUND for another browser's failure, CONFLICT.
 */
export async function requestAccess(input: { failureId: string; message: string }): Promise<void> {
  const browser = readCookie(await headers(), browserCookieName());
  await requestAccessFrom(browser, input, await requestFacts());
}

/** As `requestAccess`, for a known attempt cookie. */
export async function requestAccessFrom(
  browser: string | null,
  { failureId, message }: { failureId: string; message: string },
  request: Awaited<ReturnType<typeof requestFacts>>,
): Promise<void> {
  await withSystem('access request', async (tx) => {
    const [failure] = await tx
      .select()
      .from(consentFailures)
      .where(
        and(
          sql`${consentFailures.id}::text = ${failureId}`,
          eq(consentFailures.code, CODE),
          sql`${consentFailures.createdAt} > orgdock.now() - interval '1 day'`,
        ),
      );
    const identity = failure && matchesHash(browser, failure.browserHash) ? identityOfFailure(failure) : null;
    if (!identity) {
      throw new AppError('NOT_FOUND', 'Orgdock cannot tell any more who asks.', {
        nextStep: 'Sign in again, then ask.',
      });
    }
    await requestPortal(tx, { kind: 'system', reason: 'access request', request }, { identity, message });
  });
}

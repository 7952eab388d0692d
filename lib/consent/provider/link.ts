import type { ConsumedProviderAttempt } from '@/lib/consent/provider/attempts';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import type { ProvenSubject } from '@/lib/openid/types';
import { linkIdentity } from '@/lib/people/identities/commands';

/**
 * Adds the identity that was proven to the person who is signed in here and began this. Returns where to go on.
 * Throws UNAUTHENTICATED, CONFLICT when it is somebody else's.
 */
export async function linkProviderIdentity(
  attempt: ConsumedProviderAttempt,
  subject: ProvenSubject,
  current: PersonContext | null,
): Promise<string> {
  if (current === null || current.personId !== attempt.personId) {
    throw new AppError('UNAUTHENTICATED', 'You are signed out.', { nextStep: 'Sign in and start again.' });
  }
  await linkIdentity(current, subject);
  return attempt.callbackPath || '/account';
}

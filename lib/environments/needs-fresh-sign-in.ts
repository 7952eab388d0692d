import type { EnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentDetail } from '@/lib/environments/types';

/**
 * Whether saving this form asks for a fresh sign-in: it changes the secret, or the app and the address that codes,
 * secrets and the question "who is this?" go to.
 */
export function needsFreshSignIn(
  before: Pick<EnvironmentDetail, 'origin' | 'clientId'>,
  form: Pick<EnvironmentForm, 'origin' | 'clientId' | 'consumerSecret' | 'removeSecret'>,
): boolean {
  const secretChanges = form.consumerSecret !== null || form.removeSecret;
  return secretChanges || form.origin !== before.origin || form.clientId !== before.clientId;
}

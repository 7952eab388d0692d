import type { EnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentDetail } from '@/lib/environments/types';

/** From few people to many. */
const WIDTH = ['admins', 'chosen', 'everyone'];

/**
 * Whether saving this form asks for a fresh sign-in: it changes the secret, or the app and the address that codes,
 * secrets and the question "who is this?" go to, or it lets more people in.
 */
export function needsFreshSignIn(
  before: Pick<EnvironmentDetail, 'origin' | 'clientId' | 'allowSignIn' | 'membership' | 'access'>,
  form: Pick<
    EnvironmentForm,
    'origin' | 'clientId' | 'consumerSecret' | 'removeSecret' | 'allowSignIn' | 'membership' | 'access'
  >,
): boolean {
  const secretChanges = form.consumerSecret !== null || form.removeSecret;
  const appChanges = form.origin !== before.origin || form.clientId !== before.clientId;
  const opens = form.allowSignIn && !before.allowSignIn;
  const welcomes = form.membership === 'everyone_of_org' && before.membership !== 'everyone_of_org';
  const widens = WIDTH.indexOf(form.access) > WIDTH.indexOf(before.access);
  return secretChanges || appChanges || opens || welcomes || widens;
}

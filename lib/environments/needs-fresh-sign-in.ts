import type { EnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentDetail } from '@/lib/environments/types';

/** From few people to many. */
const WIDTH = ['admins', 'chosen', 'everyone'];

/** Where codes and secrets go, and with which of them Orgdock proves itself. */
const APP = ['origin', 'clientId', 'clientType', 'authorizeUrl', 'tokenUrl'] as const;

/**
 * Whether saving this form asks for a fresh sign-in: it changes the secret, or the app and the addresses that
 * codes, secrets and the question "who is this?" go to, or takes a draft into use, or lets more people in.
 */
export function needsFreshSignIn(
  before: Pick<EnvironmentDetail, (typeof APP)[number] | 'status' | 'allowSignIn' | 'membership' | 'access'>,
  form: Pick<
    EnvironmentForm,
    | (typeof APP)[number]
    | 'saveAs'
    | 'consumerSecret'
    | 'removeSecret'
    | 'allowSignIn'
    | 'membership'
    | 'access'
  >,
): boolean {
  const secretChanges = form.consumerSecret !== null || form.removeSecret;
  const appChanges = APP.some((field) => form[field] !== before[field]);
  const activates = before.status === 'draft' && form.saveAs === 'active';
  const opens = form.allowSignIn && !before.allowSignIn;
  const welcomes = form.membership === 'everyone_of_org' && before.membership !== 'everyone_of_org';
  const widens = WIDTH.indexOf(form.access) > WIDTH.indexOf(before.access);
  return secretChanges || appChanges || activates || opens || welcomes || widens;
}

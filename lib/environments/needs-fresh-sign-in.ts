import type { EnvironmentForm } from '@/lib/environments/schema';
import { changedSettings, type EnvironmentSettings } from '@/lib/environments/settings';
import type { EnvironmentStatus } from '@/lib/environments/types';

/** From few people to many. */
const WIDTH = ['admins', 'chosen', 'everyone'];

/** Where codes and secrets go, with what, and with which of them Orgdock proves itself. */
const APP = [
  'origin',
  'clientId',
  'clientType',
  'authorizeUrl',
  'tokenUrl',
  'tokenHeaders',
  'tokenParameters',
] as const;

/**
 * Whether saving this form asks for a fresh sign-in: it changes the secret, or the app and the addresses that
 * codes, secrets and the question "who is this?" go to, or takes a draft into use, or lets more people in, or access tokens
 * out, or loosens what holds grants and readers: scopes, the user of service connections, the hours outside of which reading is refused.
 */
export function needsFreshSignIn(
  before: EnvironmentSettings & { status: EnvironmentStatus },
  form: EnvironmentForm,
): boolean {
  const secretChanges = form.consumerSecret !== null || form.removeSecret;
  const { saveAs, consumerSecret: _, removeSecret: __, ...settings } = form;
  const { after: changed } = changedSettings(before, settings);
  const appChanges = APP.some((field) => field in changed);
  const activates = before.status === 'draft' && saveAs === 'active';
  const opens = (form.allowSignIn && !before.allowSignIn) || (form.allowRawTokens && !before.allowRawTokens);
  const welcomes = form.membership === 'everyone_of_org' && before.membership !== 'everyone_of_org';
  const widens = WIDTH.indexOf(form.access) > WIDTH.indexOf(before.access);
  const grantsMore = form.scopes.some((scope) => !before.scopes.includes(scope));
  const freesUser = before.runAsUsername !== null && 'runAsUsername' in changed;
  const opensHours =
    before.outsideHours === 'refuse' && ('outsideHours' in changed || 'readingHours' in changed);
  const loosens = grantsMore || freesUser || opensHours;
  return secretChanges || appChanges || activates || opens || welcomes || widens || loosens;
}

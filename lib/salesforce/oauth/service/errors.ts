import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';
import { oauthError } from '../errors';

interface Meaning {
  /** Looked for in `error`, a space and the description, in lower case. */
  words: RegExp;
  code: ErrorCode;
  message: string;
  nextStep: string;
}

const APP = 'Setup → External Client App Manager (a Connected App: App Manager) → the app';

/** Refusals of flows without a person, in words for the administrator of the portal; the first row that fits decides. */
const MEANINGS: readonly Meaning[] = [
  {
    words: /no client credentials user/,
    code: 'APP_FLOW_DISABLED',
    message: 'The app names no user whom client credentials run as.',
    nextStep: `In Salesforce: ${APP} → Policies → OAuth flows: turn on the client credentials flow and choose “Run As”.`,
  },
  {
    words: /not supported on this domain/,
    code: 'APP_FLOW_DISABLED',
    message: 'Client credentials work only at the org’s own address.',
    nextStep: 'Enter the My Domain address of the org (…my.salesforce.com) in the environment.',
  },
  {
    words: /^invalid_grant .*invalid assertion/,
    code: 'GRANT_CREDENTIALS_REFUSED',
    message: 'Salesforce could not verify the signature: the app does not hold the certificate of this key.',
    nextStep: `In Salesforce: ${APP} → Settings → OAuth: turn on the JWT bearer flow and upload the certificate. A change takes 2 to 10 minutes.`,
  },
  {
    words: /^invalid_grant .*audience/,
    code: 'GRANT_CREDENTIALS_REFUSED',
    message: 'Salesforce does not take the address of the environment as its own.',
    nextStep: 'Enter the My Domain address of the org (…my.salesforce.com) in the environment.',
  },
  {
    words: /^invalid_grant .*expired authorization code/,
    code: 'GRANT_CREDENTIALS_REFUSED',
    message: 'For Salesforce the assertion was too old: the portal’s clock is wrong by minutes.',
    nextStep: 'Set the clock of the portal’s machine by a time server, then try again.',
  },
  {
    words: /hasn.t approved this consumer/,
    code: 'APP_USER_NOT_APPROVED',
    message: 'The Salesforce user is not approved for the app, or has another username.',
    nextStep: `In Salesforce: ${APP} → Policies: choose “Admin approved users are pre-authorized” and add a profile or permission set of the user. Check the username, too.`,
  },
  {
    words: /^invalid_grant .*authentication failure/,
    code: 'GRANT_CREDENTIALS_REFUSED',
    message: 'Salesforce refused the password, or blocks the username-password flow.',
    nextStep:
      'Look at the user’s Login History in Setup: “Username-Password Flow Disabled” means that the org blocks the flow. Else enter password and security token again. Salesforce locks a user after a few failures.',
  },
  {
    words: /^(?:oauth_flow_disabled|oauth_policy_not_found|unsupported_grant_type) /,
    code: 'APP_FLOW_DISABLED',
    message: 'The app does not allow this flow.',
    nextStep: `In Salesforce: ${APP} → Settings and Policies → OAuth: turn the flow on. A change takes 2 to 10 minutes.`,
  },
  {
    words: /^answer_lost /,
    code: 'SALESFORCE_UNAVAILABLE',
    message: 'Salesforce’s answer was lost on the way.',
    nextStep: 'Nothing was used up. Try again in a minute.',
  },
  {
    words: /^inactive_user |user is inactive/,
    code: 'USER_INACTIVE',
    message: 'The Salesforce user of this connection is inactive.',
    nextStep:
      'Ask a Salesforce administrator to activate the user, or let the connection run as another one.',
  },
  {
    words: /^invalid_grant (?!.*ip.?restricted)/,
    code: 'GRANT_CREDENTIALS_REFUSED',
    message: 'Salesforce does not accept the credentials of this service connection.',
    nextStep: 'Check in Salesforce what it runs as, then replace the credentials.',
  },
];

/** Our reading of a refusal of a flow without a person; what is not special to them reads as everywhere. */
export function serviceGrantError(fault: SalesforceFault): AppError {
  const words = `${fault.error} ${fault.description ?? ''}`.toLowerCase();
  const meaning = MEANINGS.find((row) => row.words.test(words));
  if (!meaning) return oauthError(fault);
  return new AppError(meaning.code, meaning.message, { nextStep: meaning.nextStep, salesforce: fault });
}

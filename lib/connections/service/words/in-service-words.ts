import { AppError, type ErrorCode } from '@/lib/errors';
import { serviceGrantError } from '@/lib/salesforce/oauth/service/errors';

const ADMIN = 'An administrator of this portal finds the service connection on the page of its environment.';

/** What Orgdock says of a service connection itself: nobody can reconnect it by a consent. */
const OWN_WORDS: Partial<Record<ErrorCode, { message: string; nextStep: string }>> = {
  GRANT_DISCONNECTED: {
    message: 'This service connection was removed.',
    nextStep: 'Ask an administrator of this portal.',
  },
  GRANT_APP_CHANGED: {
    message: 'The app of this environment was changed, so the service connection has to be tried anew.',
    nextStep: ADMIN,
  },
  CONSENT_WRONG_ORG: {
    message: 'Salesforce answered in the name of another org, so the new token is not used.',
    nextStep: `If this is a sandbox, it may have been refreshed. ${ADMIN}`,
  },
  CONSENT_WRONG_USER: {
    message: 'Salesforce let it run as another user than before, so the new token is not used.',
    nextStep: `Somebody else’s records could show. ${ADMIN}`,
  },
};

/** The error of a service connection in words for those who read through it, and for their administrator. */
export function inServiceWords(error: AppError): AppError {
  const { code, salesforce, message, details } = error;
  const own = OWN_WORDS[code];
  if (own) {
    return new AppError(code, own.message, { ...(salesforce ? { salesforce } : {}), nextStep: own.nextStep });
  }
  if (salesforce && code !== 'SALESFORCE_UNAVAILABLE') return serviceGrantError(salesforce);
  const words = { details, nextStep: error.nextStep ?? ADMIN };
  return new AppError(code, message, salesforce ? { ...words, salesforce } : words);
}

import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';
import { toId18 } from '@/lib/format/ids';

const IDENTITY_PATH =
  /^\/id\/(00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)\/(005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)$/;

/**
 * Org and user of an identity URL (`https://login.salesforce.com/id/<org>/<user>`), as 18-character ids.
 * Throws `HOST_NOT_ALLOWED` for a foreign host and `SALESFORCE_ANSWER_INVALID` for another shape.
 * Source: Salesforce help, "Identity URLs".
 */
export function readIdentityUrl(text: string): { orgId: string; userId: string } {
  const match = IDENTITY_PATH.exec(checkOrigin(text).pathname);
  if (!match?.[1] || !match[2]) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer names no org and user.', {
      nextStep:
        'Try again. If it happens again, check that the address of the environment is the org’s My Domain.',
    });
  }
  return { orgId: toId18(match[1]), userId: toId18(match[2]) };
}

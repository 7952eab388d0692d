import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { toId18 } from '@/lib/format/ids';
import { makeFault } from '../fault';
import type { UserInfo } from '../types';
import { parseObject } from './token-answer';

const optionalText = z
  .string()
  .trim()
  .transform((value) => value || null)
  .nullish()
  .catch(null);

/** The part of the answer that is kept; key names are Salesforce's own (OpenID Connect Core §5.3). */
const schema = z.object({
  user_id: z.string().regex(/^005[A-Za-z0-9]{12,15}$/),
  organization_id: z.string().regex(/^00D[A-Za-z0-9]{12,15}$/),
  preferred_username: z.string().min(1),
  name: optionalText,
  email: optionalText,
  email_verified: z.boolean().nullish().catch(null),
  locale: optionalText,
  zoneinfo: optionalText,
});

/**
 * Who an access token belongs to (`/services/oauth2/userinfo`). Throws `AppError`; never with the token.
 * `tokenHost` may be the login host or the org's own.
 */
export async function fetchUserInfo(input: {
  tokenHost: string;
  accessToken: string;
  timeoutMs?: number;
}): Promise<UserInfo> {
  const origin = checkOrigin(input.tokenHost);
  const response = await dataRequest({
    origin,
    path: '/services/oauth2/userinfo',
    headers: { authorization: `Bearer ${input.accessToken}`, accept: 'application/json' },
    timeoutMs: input.timeoutMs ?? 10_000,
  });
  const parsed = schema.safeParse(response.status === 200 ? parseObject(response.text) : null);
  if (!parsed.success) throw refusal(response.status, response.text, input.accessToken);
  const info = parsed.data;
  return {
    orgId: toId18(info.organization_id),
    userId: toId18(info.user_id),
    username: info.preferred_username,
    displayName: info.name ?? info.preferred_username,
    // Operators name people by their address: one that anybody may have typed must not stand for them.
    email: info.email_verified === false ? null : (info.email ?? null),
    locale: info.locale ?? null,
    timeZone: info.zoneinfo ?? null,
  };
}

/** Errors of this endpoint are a word of plain text, such as `Bad_OAuth_Token` with 403. */
function refusal(status: number, text: string, accessToken: string): AppError {
  const word = /^[A-Za-z_]{3,40}$/.exec(text.trim())?.[0] ?? `http_${status}`;
  const salesforce = makeFault({ error: word, status }, [accessToken]);
  if (status === 200 || status >= 500) {
    return new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce did not say who the signed-in user is.', {
      nextStep: 'Try again in a minute.',
      salesforce,
    });
  }
  return new AppError('SALESFORCE_FORBIDDEN', 'Salesforce refused to say who the signed-in user is.', {
    nextStep:
      'Ask a Salesforce administrator whether the user may use the API and whether the app allows the scope “openid”.',
    salesforce,
  });
}

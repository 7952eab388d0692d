import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';
import type { TokenAnswer } from '../types';
import { readIdentityUrl } from './identity';

const text = z.string().min(1);

/** What every success of the token endpoint must hold to be worth storing. */
const tokensSchema = z.object({
  access_token: z.string().catch(''),
  refresh_token: text.nullish().catch(null),
  instance_url: z.string().catch(''),
  id: z.string().catch(''),
  scope: z.string().catch(''),
  issued_at: z.coerce.string().catch(''),
});

export type TokenBody = z.infer<typeof tokensSchema>;

/** The JSON object of a body; null when it is none. */
export function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The tokens in a success body; null when it holds none. Other fields are empty strings where they are missing. */
export function readTokenBody(body: string): TokenBody | null {
  const parsed = tokensSchema.safeParse(parseObject(body));
  if (!parsed.success) return null;
  return parsed.data.access_token || parsed.data.refresh_token ? parsed.data : null;
}

/**
 * The answer with everything checked: access token there, `instance_url` and `id` on hosts that Orgdock calls.
 * Throws `HOST_NOT_ALLOWED` or `SALESFORCE_ANSWER_INVALID`.
 */
export function checkTokenBody(body: TokenBody): TokenAnswer {
  if (!body.access_token) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer holds no access token.', {
      nextStep: 'Try again. If it happens again, ask your administrator.',
    });
  }
  const instance = checkOrigin(body.instance_url);
  return { ...looseAnswer(body), instanceUrl: instance.origin, ...readIdentityUrl(body.id) };
}

/** The answer as it came, without any check: for storing what is the only live token. */
export function looseAnswer(body: TokenBody): TokenAnswer {
  const milliseconds = Number(body.issued_at);
  const issuedAt = new Date(body.issued_at !== '' && milliseconds > 0 ? milliseconds : Date.now());
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token ?? null,
    instanceUrl: body.instance_url,
    identityUrl: body.id,
    orgId: '',
    userId: '',
    scopes: body.scope.split(/\s+/).filter(Boolean),
    issuedAt: Number.isNaN(issuedAt.getTime()) ? new Date() : issuedAt,
    nonce: null,
  };
}

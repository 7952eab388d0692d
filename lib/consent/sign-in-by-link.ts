import { z } from 'zod';
import { withSystem } from '@/db/client';
import { landingPath } from '@/lib/consent/sign-in';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { safeCallbackPath } from '@/lib/session/callback-path';
import { contextOf } from '@/lib/session/context';
import { sessionCookieName, setCookieHeader } from '@/lib/session/request/cookies';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { consumeSignInLink } from '@/lib/session/sign-in-links';
import { encodeSessionToken, SESSION_MAX_AGE_SECONDS } from '@/lib/session/token';

const bodySchema = z.strictObject({
  link: z.string().max(200),
  callbackUrl: z.string().max(2_000).optional(),
});

/** Opens a session by a link of `npm run admin -- sign-in-link`. Throws INVALID_INPUT, NOT_FOUND. */
export async function signInByLink(
  body: unknown,
  requestHeaders: Headers,
): Promise<{ location: string; setCookie: string }> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'This is not a sign-in link.');
  await countAgainst('sign_in_link', addressKey(requestFactsOf(requestHeaders).ip));
  const current = await contextOf(requestHeaders);
  const { sessionId, personId } = await consumeSignInLink(
    parsed.data.link,
    requestFactsOf(requestHeaders),
    current?.sessionId ?? null,
  );
  const asked = safeCallbackPath(parsed.data.callbackUrl);
  const location = asked ?? (await withSystem('sign-in link', (tx) => landingPath(tx, personId)));
  const token = await encodeSessionToken(sessionId);
  return { location, setCookie: setCookieHeader(sessionCookieName(), token, SESSION_MAX_AGE_SECONDS) };
}

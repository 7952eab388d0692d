import { decode, encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { keyRing } from '@/lib/keyring';
import { processWide } from '@/lib/registry';

/** Absolute lifetime of a portal session: 7 days. */
export const SESSION_MAX_AGE_SECONDS = 7 * 24 * 60 * 60;
/** A session that is not used for 8 hours has ended. */
export const SESSION_IDLE_SECONDS = 8 * 60 * 60;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** next-auth's secret: `NEXTAUTH_SECRET`, else derived from the key ring, so that all replicas agree. */
export function sessionSecret(): string {
  return processWide('session-secret', () => {
    const given = env().NEXTAUTH_SECRET;
    return given ?? Buffer.from(keyRing().derive('orgdock next-auth secret', 32)).toString('base64url');
  });
}

/** The session cookie's value: next-auth's encrypted JWT with the session id and nothing else. */
export function encodeSessionToken(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: sessionSecret(), maxAge: SESSION_MAX_AGE_SECONDS });
}

/** The session id of a cookie value, or null when it is not ours, damaged or past its end. */
export async function decodeSessionToken(value: string | null): Promise<string | null> {
  if (!value) return null;
  try {
    const token = await decode({ token: value, secret: sessionSecret() });
    return typeof token?.sid === 'string' && UUID.test(token.sid) ? token.sid : null;
  } catch {
    return null;
  }
}

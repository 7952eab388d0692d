import { createHash } from 'node:crypto';
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

/** What was opened already, by the hash of the cookie's value: the same one comes with every request of a person. */
const opened = () => processWide('session-tokens', () => new Map<string, { sid: string; endsAt: number }>());
const MOST_OPENED = 5_000;
/** next-auth's own tolerance. */
const CLOCK_TOLERANCE_MS = 15_000;

/** The session id of a cookie value, or null when it is not ours, damaged or past its end. */
export async function decodeSessionToken(value: string | null): Promise<string | null> {
  if (!value) return null;
  const key = createHash('sha256').update(value).digest('base64url');
  const known = opened().get(key);
  if (known) return Date.now() < known.endsAt ? known.sid : null;
  try {
    const token = await decode({ token: value, secret: sessionSecret() });
    if (typeof token?.sid !== 'string' || !UUID.test(token.sid)) return null;
    if (opened().size >= MOST_OPENED) opened().clear();
    if (typeof token.exp === 'number') {
      opened().set(key, { sid: token.sid, endsAt: token.exp * 1_000 + CLOCK_TOLERANCE_MS });
    }
    return token.sid;
  } catch {
    return null;
  }
}

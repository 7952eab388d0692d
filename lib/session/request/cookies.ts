import { usesSecureCookies } from '@/lib/env';

/** Attributes of every cookie of Orgdock. `Lax`: Salesforce's redirect back must carry them. */
export interface CookieOptions {
  httpOnly: true;
  sameSite: 'lax';
  path: '/';
  secure: boolean;
  /** Seconds. */
  maxAge: number;
}

/** `__Host-` binds a cookie to this very host and to https; browsers refuse the prefix over plain http. */
function cookieName(name: string): string {
  return usesSecureCookies() ? `__Host-orgdock.${name}` : `orgdock.${name}`;
}

/** Carries the id of the portal session. */
export const sessionCookieName = () => cookieName('session');
/** Tells browsers apart while a consent is under way. */
export const browserCookieName = () => cookieName('attempt');
/** Proves that this browser has shown the set-up token. */
export const setupCookieName = () => cookieName('setup');

/** Attributes for a cookie that lives `maxAge` seconds; 0 removes it. */
export function cookieOptions(maxAge: number): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: usesSecureCookies(), maxAge };
}

/** A `Set-Cookie` header value. Values are base64url or JWT text and need no encoding. */
export function setCookieHeader(name: string, value: string, maxAge: number): string {
  const { secure } = cookieOptions(maxAge);
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** One cookie of a request, or null. A repeated name is refused: nobody can say which one is ours. */
export function readCookie(headers: Headers, name: string): string | null {
  const found = (headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  const [only] = found;
  return found.length === 1 && only !== undefined ? only.slice(name.length + 1) : null;
}

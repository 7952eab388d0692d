import { browserCookieName, readCookie, setCookieHeader } from '@/lib/session/request/cookies';
import { randomToken } from '@/lib/session/secret-hash';

/** Long enough for several tabs and for the failure page of each. */
const BROWSER_COOKIE_SECONDS = 24 * 60 * 60;
const BROWSER_MARK = /^[A-Za-z0-9_-]{43}$/;

/** The mark that binds an attempt to the browser of these headers, a new one if need be, and its `Set-Cookie` value. */
export function markBrowser(
  requestHeaders: Headers,
  seconds = BROWSER_COOKIE_SECONDS,
): { browser: string; setCookie: string } {
  const given = readCookie(requestHeaders, browserCookieName());
  const browser = given !== null && BROWSER_MARK.test(given) ? given : randomToken();
  return { browser, setCookie: setCookieHeader(browserCookieName(), browser, seconds) };
}

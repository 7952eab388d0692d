/** Any origin will do: a path that leaves it is not a path. */
const BASE = 'https://portal.invalid';
const MAX_LENGTH = 2_000;

/** Control characters, backslashes and whitespace, also in their percent-encoded forms. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]|%(?:0[0-9a-d]|5c|7f)/i;

/**
 * The path (with query) that a browser may be sent to after signing in, or null when the value is anything
 * but a path of this portal. An absolute URL is refused even if it names this portal (OWASP: open redirect).
 */
export function safeCallbackPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_LENGTH) return null;
  if (!value.startsWith('/') || UNSAFE.test(value)) return null;
  // `//host` and its disguises: an empty, encoded or dotted first segment.
  const path = value.split(/[?#]/, 1)[0] ?? '';
  if (path.includes('//') || /%2f|%40|@/i.test(path)) return null;
  let url: URL;
  try {
    url = new URL(value, BASE);
  } catch {
    return null;
  }
  if (url.origin !== BASE || url.pathname.startsWith('//') || url.pathname.startsWith('/api/')) return null;
  return `${url.pathname}${url.search}`;
}

/**
 * What an `Authorization` header presents as a bearer token (RFC 6750 §2.1); null: nothing of the kind. Neither a cookie
 * nor a parameter is ever looked at: both are sent or kept without anybody meaning to.
 */
export function bearerOf(headers: Headers): string | null {
  const [, token] = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '') ?? [];
  return token ?? null;
}

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random text over the characters that Salesforce's tokens use. */
function opaque(length: number): string {
  return randomBytes(length).toString('base64url').replaceAll('-', '.').slice(0, length);
}

/** `<15-character org id>!<opaque>`, as REST captures show it. */
export function newAccessToken(orgId: string): string {
  return `${orgId.slice(0, 15)}!AQ${opaque(94)}`;
}

/** Refresh tokens start with `5Aep`. */
export function newRefreshToken(): string {
  return `5Aep861${opaque(80)}`;
}

/** Codes start with `aPrx` and end with `==`, so a client that forgets to encode them is found out. */
export function newCode(): string {
  return `aPrx${opaque(72)}==`;
}

/** An unguessable id of a page's request or of a browser session. */
export function newSecretId(): string {
  return randomBytes(24).toString('base64url');
}

/** `base64(HMAC-SHA256(client secret, id + issued_at))` ("OAuth 2.0 Web Server Flow"). */
export function signatureOf(clientSecret: string, identityUrl: string, issuedAt: string): string {
  return createHmac('sha256', clientSecret)
    .update(identityUrl + issuedAt)
    .digest('base64');
}

/** The S256 challenge of a verifier (RFC 7636 §4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Compares secrets without telling by time where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

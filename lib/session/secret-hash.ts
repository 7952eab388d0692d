import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as base64url: for states, browser marks and links. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 as base64url: what is stored of a random token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Whether a token has this hash, in constant time. */
export function matchesHash(token: string | null, hash: string | null): boolean {
  if (token === null || hash === null) return false;
  const [left, right] = [Buffer.from(hashToken(token)), Buffer.from(hash)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import { randomBytes, randomInt } from 'node:crypto';
import { hashToken } from '@/lib/session/secret-hash';

const PREFIX_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SECRET = /^(odk_[a-z0-9]{12})_[A-Za-z0-9_-]{43}$/;

/** A secret that is shown once, with what is kept of it. */
export interface NewSecret {
  /** `odk_` + 12 characters + `_` + 43 characters of base64url (256 bits). */
  secret: string;
  /** `odk_` and twelve characters: the look-up, and what people recognise it by. */
  prefix: string;
  /** SHA-256 of the whole secret, base64url. */
  hash: string;
}

/** Makes a secret of an API key. */
export function makeSecret(): NewSecret {
  const place = Array.from({ length: 12 }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('');
  const prefix = `odk_${place}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: hashSecret(secret) };
}

/** The prefix of what a caller shows as a secret; null: it has another form. */
export function parseSecret(text: string): { prefix: string } | null {
  const prefix = SECRET.exec(text)?.[1];
  return prefix === undefined ? null : { prefix };
}

/** SHA-256 as base64url. Secrets are random, so a slow hash would protect nothing. */
export function hashSecret(secret: string): string {
  return hashToken(secret);
}

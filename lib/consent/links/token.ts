import { randomToken } from '@/lib/session/secret-hash';

/** An underscore is in no slug, so that a link is never mistaken for the address of an environment. */
const FORM = /^odl_[A-Za-z0-9_-]{43}$/;

/** What a connect link ends with: 256 random bits. */
export function newLinkToken(): string {
  return `odl_${randomToken()}`;
}

export function isLinkToken(text: string): boolean {
  return FORM.test(text);
}

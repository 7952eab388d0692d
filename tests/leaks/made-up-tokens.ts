import { randomBytes } from 'node:crypto';

/** Characters of Salesforce's tokens. */
function opaque(length: number): string {
  return randomBytes(length).toString('base64url').replaceAll('-', '.').slice(0, length);
}

/** Tokens of Salesforce's shapes, and secrets of API keys, that nobody issued. */
export const madeUp = {
  accessToken: () => `00D5i000000Acme!AQ${opaque(94)}`,
  refreshToken: () => `5Aep861${opaque(80)}`,
  code: () => `aPrx${opaque(72)}==`,
  apiKey: () => `odk_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`,
};

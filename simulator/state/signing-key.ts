import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** The RSA key of an org's id_tokens. */
export interface SigningKey {
  readonly publicJwk: JWK;
  sign(claims: Record<string, unknown>): Promise<string>;
}

/** A fresh key; `kid` looks like Salesforce's, a number as text. */
export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  return {
    publicJwk,
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(privateKey),
  };
}

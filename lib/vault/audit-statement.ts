import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';
import { keyRing } from '@/lib/keyring';

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410 §7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ALGORITHM = 'EdDSA';

/** The key that signs what Orgdock states of itself: the audit chain's checkpoints, reports on a breach. */
export interface AuditKey {
  /** SHA-256 thumbprint of the public key (RFC 7638). */
  kid: string;
  /** JWK, to be given to whoever checks a statement elsewhere. */
  publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
}

/**
 * The public half of the ring's audit key. It is derived from the ring's first key, so every replica has the same one,
 * and adding, activating or retiring keys leaves it as it is.
 */
export function auditKey(): AuditKey {
  const { x = '' } = createPublicKey(signingKey()).export({ format: 'jwk' });
  const members = { crv: 'Ed25519', kty: 'OKP', x } as const;
  const kid = createHash('sha256').update(JSON.stringify(members)).digest('base64url');
  return { kid, publicJwk: members };
}

/** Signs a statement: JWS compact (RFC 7515), EdDSA over Ed25519. The payload is JSON and holds no secret. */
export async function signAuditStatement(payload: Record<string, unknown>): Promise<string> {
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: ALGORITHM, kid: auditKey().kid })
    .sign(signingKey());
}

/** The payload of a statement, or null when it was not signed as it stands by this ring's audit key. */
export async function verifyAuditStatement(jws: string): Promise<Record<string, unknown> | null> {
  try {
    if (decodeProtectedHeader(jws).kid !== auditKey().kid) return null;
    const { payload } = await compactVerify(jws, createPublicKey(signingKey()), { algorithms: [ALGORITHM] });
    // What this ring has signed is an object: `signAuditStatement` signs nothing else.
    return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function signingKey(): KeyObject {
  const seed = keyRing().derive('orgdock audit statements', 32);
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from '@/lib/connections/service/keys/self-signed-certificate';
import type { CertificateFacts } from '@/lib/connections/service/types';
import { AppError } from '@/lib/errors';

/** The key of the JWT bearer flow: the private half never leaves the server. Both are PEM. */
export interface KeyPair {
  /** PKCS #8. */
  privateKey: string;
  /** Null: the key was brought along, and its certificate stayed where it came from. */
  certificate: string | null;
}

const generate = promisify(generateKeyPair);
const LIFETIME_YEARS = 2;

/** A new RSA key with a certificate of two years. `owner` is named in it, such as `Orgdock Production`. */
export async function makeKeyPair(owner: string): Promise<KeyPair & { certificate: string }> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  const from = new Date();
  const until = new Date(from);
  until.setUTCFullYear(until.getUTCFullYear() + LIFETIME_YEARS);
  const commonName = [...owner].slice(0, 64).join('');
  return {
    privateKey: pkcs8(privateKey),
    certificate: selfSignedCertificate({ privateKey, commonName, from, until }),
  };
}

/** A pasted key, with its certificate when that is pasted along. Throws INVALID_INPUT for the field `privateKey`. */
export function readKeyPair(pasted: string): KeyPair {
  const privateKey = readPrivateKey(pasted);
  if (privateKey.asymmetricKeyType !== 'rsa') throw unusable('Salesforce wants an RSA key.');
  if ((privateKey.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw unusable('The key is too short: use at least 2,048 bits.');
  }
  const [block] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pasted) ?? [];
  return {
    privateKey: pkcs8(privateKey),
    certificate: block === undefined ? null : readCertificate(block, privateKey),
  };
}

/** What may be shown of a certificate, which is all of it. */
export function certificateFacts(pem: string): CertificateFacts {
  const certificate = new X509Certificate(pem);
  return {
    pem,
    fingerprint: certificate.fingerprint256,
    validUntil: new Date(certificate.validTo).toISOString(),
  };
}

function readPrivateKey(pasted: string): KeyObject {
  if (/ENCRYPTED/.test(pasted)) {
    throw unusable('The key is locked with a passphrase. Paste it unlocked: Orgdock seals it.');
  }
  try {
    return createPrivateKey(pasted.trim());
  } catch {
    throw unusable('This is no private key in PEM form (-----BEGIN PRIVATE KEY-----).');
  }
}

function readCertificate(block: string, privateKey: KeyObject): string {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(block);
  } catch {
    throw unusable('The certificate beside the key cannot be read.');
  }
  if (!certificate.checkPrivateKey(privateKey)) throw unusable('The certificate belongs to another key.');
  return certificate.toString();
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function unusable(message: string): AppError {
  return new AppError('INVALID_INPUT', 'The private key cannot be used.', {
    details: { privateKey: message },
    nextStep: message,
  });
}

import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { der } from '@/lib/connections/service/keys/der';

const OID = {
  commonName: '2.5.4.3',
  sha256WithRSA: '1.2.840.113549.1.1.11',
  keyUsage: '2.5.29.15',
} as const;

/**
 * A self-signed X.509 certificate (RFC 5280) of an RSA key, as PEM: all that an app in Salesforce wants to know of the
 * key that signs assertions. Node reads certificates but does not write them.
 */
export function selfSignedCertificate(input: {
  privateKey: KeyObject;
  commonName: string;
  from: Date;
  until: Date;
}): string {
  const { privateKey, commonName, from, until } = input;
  const algorithm = der.sequence(der.oid(OID.sha256WithRSA), der.nothing());
  const name = der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.utf8(commonName))));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const certificate = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(serialNumber()),
    algorithm,
    name,
    der.sequence(der.time(from), der.time(until)),
    name,
    publicKey,
    der.explicit(3, der.sequence(digitalSignatureOnly())),
  );
  const signature = sign('sha256', certificate, privateKey);
  return pem(der.sequence(certificate, algorithm, der.bitString(signature)));
}

/** RFC 5280 §4.1.2.2: positive and at most 20 bytes. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function digitalSignatureOnly(): Buffer {
  const usage = der.bitString(Buffer.from([0x80]), 7);
  return der.sequence(der.oid(OID.keyUsage), der.boolean(true), der.octetString(usage));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

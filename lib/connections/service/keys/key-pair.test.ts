import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { der } from '@/lib/connections/service/keys/der';
import { certificateFacts, makeKeyPair, readKeyPair } from '@/lib/connections/service/keys/key-pair';
import { selfSignedCertificate } from '@/lib/connections/service/keys/self-signed-certificate';

const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key = privateKey) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

describe('makeKeyPair', () => {
  it('makes an RSA key and a certificate of two years that it has signed itself', async () => {
    const pair = await makeKeyPair('Orgdock Production');
    const certificate = new X509Certificate(pair.certificate);
    const key = createPrivateKey(pair.privateKey);
    expect(pair.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.verify(createPublicKey(key))).toBe(true);
    expect(certificate.subject).toBe('CN=Orgdock Production');
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.ca).toBe(false);
    const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    expect(Math.abs(from.getTime() - Date.now())).toBeLessThan(60_000);
    expect(to.getUTCFullYear()).toBe(from.getUTCFullYear() + 2);
    const facts = certificateFacts(pair.certificate);
    expect(facts).toMatchObject({ pem: pair.certificate, fingerprint: certificate.fingerprint256 });
    expect(facts.validUntil).toBe(to.toISOString());
  });

  it('never makes the same twice', async () => {
    const [one, two] = await Promise.all([makeKeyPair('a'), makeKeyPair('a')]);
    expect(one.privateKey).not.toBe(two.privateKey);
    expect(new X509Certificate(one.certificate).serialNumber).not.toBe(
      new X509Certificate(two.certificate).serialNumber,
    );
  });
});

describe('selfSignedCertificate', () => {
  const DAY = 24 * 3600_000;

  it('is read by OpenSSL whatever name and time it gets', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        fc.date({ min: new Date('1990-01-01'), max: new Date('2120-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 20_000 }),
        (commonName, start, days) => {
          const from = new Date(Math.floor(start.getTime() / 1000) * 1000);
          const until = new Date(from.getTime() + days * DAY);
          const text = selfSignedCertificate({ privateKey, commonName, from, until });
          const certificate = new X509Certificate(text);
          expect(certificate.verify(createPublicKey(privateKey))).toBe(true);
          expect(new Date(certificate.validFrom)).toEqual(from);
          expect(new Date(certificate.validTo)).toEqual(until);
          expect(certificate.raw.includes(Buffer.from(commonName, 'utf8'))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('der', () => {
  it.each([
    ['a short length', der.octetString(Buffer.alloc(127)), '047f'],
    ['a length of one byte', der.octetString(Buffer.alloc(200)), '0481c8'],
    ['a length of two bytes', der.octetString(Buffer.alloc(300)), '0482012c'],
    ['zero', der.integer(Buffer.from([0])), '020100'],
    ['an integer whose first bit is set', der.integer(Buffer.from([0xff])), '020200ff'],
    ['an integer with leading zeros', der.integer(Buffer.from([0, 0, 5])), '020105'],
    ['an object identifier', der.oid('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    ['false', der.boolean(false), '010100'],
    [
      'a time of this half-century',
      der.time(new Date('2049-12-31T23:59:59Z')),
      '170d343931323331323335393539',
    ],
    ['a time of the next', der.time(new Date('2050-01-01T00:00:00Z')), '180f3230353030313031303030303030'],
  ])('writes %s', (_name, bytes, start) => {
    expect(bytes.toString('hex').slice(0, start.length)).toBe(start);
  });
});

describe('readKeyPair', () => {
  it('takes PKCS #8 and PKCS #1, and keeps PKCS #8', () => {
    const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    // A form sends line breaks as CRLF.
    for (const text of [pem(), pkcs1, `\n  ${pem()}\n`, pem().replaceAll('\n', '\r\n')]) {
      expect(readKeyPair(text)).toEqual({ privateKey: pem(), certificate: null });
    }
  });

  it('takes the certificate that stands beside its key', () => {
    const span = { from: new Date(), until: new Date(Date.now() + 3600_000) };
    const certificate = selfSignedCertificate({ privateKey, commonName: 'Own', ...span });
    expect(readKeyPair(`${certificate}${pem()}`).certificate).toBe(certificate);
    const foreign = selfSignedCertificate({ privateKey: rsa(), commonName: 'Other', ...span });
    expect(() => readKeyPair(`${pem()}${foreign}`)).toThrowError(
      expect.objectContaining({ details: { privateKey: 'The certificate belongs to another key.' } }),
    );
  });

  it.each([
    ['nothing', '', /no private key/],
    [
      'a public key',
      createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string,
      /no private key/,
    ],
    ['a key of another kind', pem(generateKeyPairSync('ed25519').privateKey), /RSA/],
    ['a short key', pem(rsa(1024)), /2,048/],
    [
      'a locked key',
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string,
      /passphrase/,
    ],
    [
      'a broken certificate',
      `${pem()}-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----`,
      /cannot be read/,
    ],
  ])('refuses %s without quoting it', (_name, text, message) => {
    try {
      readKeyPair(text);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'INVALID_INPUT',
        details: { privateKey: expect.stringMatching(message) },
      });
      expect(JSON.stringify(error)).not.toContain(text.slice(60, 120) || 'never');
      return;
    }
    throw new Error('it was taken');
  });
});

import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditKey, signAuditStatement, verifyAuditStatement } from '@/lib/vault/audit-statement';

const statement = { statement: 'test', position: 7 };

describe('a statement of the audit key', () => {
  it('is read back when it is as it was signed', async () => {
    expect(await verifyAuditStatement(await signAuditStatement(statement))).toEqual(statement);
  });

  it('can be checked with the public key alone, without Orgdock', async () => {
    const { publicJwk, kid } = auditKey();
    const [header = '', payload = '', signature = ''] = (await signAuditStatement(statement)).split('.');
    const key = createPublicKey({ key: publicJwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify(null, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'EdDSA', kid });
  });

  it('is refused when its payload was changed, and when it is none', async () => {
    const [header, , signature] = (await signAuditStatement(statement)).split('.');
    const changed = Buffer.from(JSON.stringify({ ...statement, position: 8 })).toString('base64url');
    for (const jws of [`${header}.${changed}.${signature}`, '', 'a.b.c']) {
      expect(await verifyAuditStatement(jws)).toBeNull();
    }
  });

  it('names its key, and one of another key is not looked at', async () => {
    const [, payload, signature] = (await signAuditStatement({ what: 'test' })).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'another' })).toString('base64url');
    expect(await verifyAuditStatement(`${header}.${payload}.${signature}`)).toBeNull();
    expect(await verifyAuditStatement('not a statement')).toBeNull();
  });
});

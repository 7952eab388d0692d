import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainRow, canonicalJson, canonicalRow, GENESIS, linkOf } from './canonical-row';

const row: ChainRow = {
  era: '0',
  transactionId: '771',
  id: '12',
  at: '1772000000123456',
  action: 'session.sign_in',
  actorKind: 'person',
  personId: '9b2f0c1e-0000-4000-8000-000000000001',
  sessionId: null,
  subjectType: 'session',
  subjectId: 'x',
  outcome: 'done',
  details: '{"via": "production", "fresh": false}',
  ip: '192.0.2.1',
  userAgent: null,
  requestId: 'r1',
};

describe('the canonical form of a row', () => {
  it('is fixed: a change of it would break every chain', () => {
    expect(canonicalRow(row)).toBe(
      'orgdock-audit-1\n{"action":"session.sign_in","actorKind":"person","at":"1772000000123456",' +
        '"details":{"fresh":false,"via":"production"},"era":"0","id":"12","ip":"192.0.2.1","outcome":"done",' +
        '"personId":"9b2f0c1e-0000-4000-8000-000000000001","requestId":"r1","sessionId":null,"subjectId":"x",' +
        '"subjectType":"session","transactionId":"771","userAgent":null}',
    );
    const bytes = Buffer.concat([Buffer.from(GENESIS, 'base64url'), Buffer.from(canonicalRow(row))]);
    expect(linkOf(GENESIS, row)).toBe(createHash('sha256').update(bytes).digest('base64url'));
    expect(linkOf(GENESIS, row)).toBe('arSEH4wj0v2HWSYOG1qafeQi4LUz-2ScjX-76_lEk04');
  });

  it('does not depend on the order of keys or on white space', () => {
    const shuffled = Object.fromEntries(Object.entries(row).reverse()) as unknown as ChainRow;
    const other = { ...shuffled, details: ' {"fresh":false,\n"via" : "production"}' };
    expect(canonicalRow(other)).toBe(canonicalRow(row));
  });

  it('is another one for every change of a value', () => {
    const keys = Object.keys(row).filter((key) => key !== 'details') as Array<keyof ChainRow>;
    for (const key of keys) {
      expect(canonicalRow({ ...row, [key]: 'another' }), key).not.toBe(canonicalRow(row));
    }
    expect(canonicalRow({ ...row, sessionId: '' })).not.toBe(canonicalRow(row));
  });

  it('rounds no number and takes none for a string', () => {
    expect(canonicalJson('[9007199254740993, 1.10, -0.5, 1e400, true, null]')).toBe(
      '[9007199254740993,1.10,-0.5,1e400,true,null]',
    );
    expect(canonicalJson('{"a": "1", "b": ["n1", "s\\"2\\\\", ""]}')).toBe(
      '{"a":"1","b":["n1","s\\"2\\\\",""]}',
    );
  });

  it('says the same as JSON, of whatever', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const canonical = canonicalJson(JSON.stringify(value));
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.stringify(JSON.parse(canonical), null, 2))).toBe(canonical);
      }),
    );
  });
});

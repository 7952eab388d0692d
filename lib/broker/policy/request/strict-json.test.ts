import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '@/lib/broker/policy/request/strict-json';

describe('readJson', () => {
  it('reads whatever has no key twice as JSON.parse does', () => {
    const lower = (value: unknown): boolean =>
      typeof value !== 'object' || value === null
        ? true
        : Object.values(value).every(lower) &&
          new Set(Object.keys(value).map((key) => key.toLowerCase())).size === Object.keys(value).length;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        fc.pre(lower(value));
        const text = JSON.stringify(value);
        expect(readJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['a key twice', '{"a":1,"a":2}'],
    ['a key in other letters', '{"Name":1,"nAME":2}'],
    ['a key twice behind a text full of quotation marks', String.raw`{"a":"\\\"{:,","b":"\\","B":2}`],
    ['a key that is escaped', String.raw`{"a":1,"\u0061":2}`],
    ['a key twice in a list', '[[{"a":{"b":1,"b":2}}]]'],
    ['21 levels', `${'['.repeat(21)}${']'.repeat(21)}`],
    ['half of JSON', '{"a":'],
  ])('refuses %s', (_what, text) => {
    expect(() => readJson(text)).toThrow(expect.objectContaining({ rule: 'not_understood' }));
  });

  it('reads a file of fifteen megabytes in a text, also one of quotation marks only', () => {
    for (const text of ['a'.repeat(15_000_000), '"\n'.repeat(3_500_000)]) {
      expect(readJson(JSON.stringify({ VersionData: text }))).toEqual({ VersionData: text });
    }
  });

  it('refuses more keys than a call has, before everybody has waited for it', () => {
    const keys = Array.from({ length: 150_000 }, (_, index) => `"A${index}":1`).join(',');
    expect(() => readJson(`{${keys}}`)).toThrow('more than 100,000 keys');
  });
});

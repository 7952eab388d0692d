import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locatorAt, parseNextRecordsUrl } from './locator';

describe('parseNextRecordsUrl', () => {
  it.each([
    ['/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ-2000', { locator: '0r8xx5R2yF2gs3VASQ', offset: 2000 }],
    ['/services/data/v66.0/queryAll/01gD0000002HU6KIAW-200', { locator: '01gD0000002HU6KIAW', offset: 200 }],
  ])('reads %s', (path, parts) => expect(parseNextRecordsUrl(path)).toEqual(parts));

  it.each([
    '',
    'https://evil.example/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ-2000',
    '//evil.example/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ-2000',
    '/services/data/v59.0/query/../../../0r8xx5R2yF2gs3VASQ-2000',
    '/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ-2000?x=1',
    '/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ',
    '/services/data/v59.0/query/0r8xx5R2yF2gs3VASQ-2000\n',
    '/services/apexrest/0r8xx5R2yF2gs3VASQ-2000',
  ])('refuses %j', (path) => expect(parseNextRecordsUrl(path)).toBeNull());
});

describe('locatorAt', () => {
  const locator = fc.stringMatching(/^0r8[A-Za-z0-9]{15}$/);

  it('names any row of a list, and is read back', () => {
    fc.assert(
      fc.property(locator, fc.integer({ min: 0, max: 999_999_999 }), (text, offset) => {
        const path = `/services/data/v66.0/query/${locatorAt(text, offset)}`;
        expect(parseNextRecordsUrl(path)).toEqual({ locator: text, offset });
      }),
    );
  });

  it.each([
    ['0r8xx5R2yF2gs3VASQ', -1],
    ['0r8xx5R2yF2gs3VASQ', 1.5],
    ['0r8xx5R2yF2gs3VASQ', Number.NaN],
    ['../../sobjects', 0],
    ['', 0],
  ])('refuses %j at %d', (text, offset) => expect(() => locatorAt(text, offset)).toThrow(TypeError));
});

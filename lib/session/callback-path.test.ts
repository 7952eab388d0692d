import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeCallbackPath } from './callback-path';

const PORTAL = 'https://portal.example';

/** Known ways out of a portal through a redirect parameter (PortSwigger, OWASP, bug reports of next-auth and Django). */
const BYPASSES = [
  'https://evil.example',
  'http://evil.example/',
  'HTTPS://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https://portal.example',
  'https://portal.example@evil.example',
  'https://portal.example.evil.example',
  'https://evil.example#portal.example',
  'https://evil.example?portal.example',
  'https://evil.example\\portal.example',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '//evil.example/%2e%2e',
  '//evil.example/..',
  '//portal.example@evil.example',
  '//[::1]',
  '//127.0.0.1',
  '//0x7f000001',
  '//2130706433',
  '//evil%E3%80%82example',
  '//\u3002evil.example',
  '/\\evil.example',
  '/\\/evil.example',
  '/\\\\evil.example',
  '\\\\evil.example',
  '\\/\\/evil.example',
  '\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '/\u0000/evil.example',
  '/\u000b/evil.example',
  '/\u00a0/evil.example',
  '/\ufeff/evil.example',
  '/\u2028/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '\u0001//evil.example',
  '/ /evil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '/%0d/evil.example',
  '/%0D%0ALocation:%20https://evil.example',
  '/%00/evil.example',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%5c%5cevil.example',
  '/%2fevil.example',
  '/%2Fevil.example',
  '/%2f%2fevil.example',
  '/a%2f%2fevil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/./..//evil.example',
  '/a/..//evil.example',
  '/a//evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/%2e%2e%2f%2fevil.example',
  '/;//evil.example',
  '/?//evil.example/../..//x\\',
  '/@evil.example',
  '/user@evil.example',
  '/:80@evil.example',
  '/%40evil.example',
  '@evil.example',
  ':evil.example',
  '.evil.example',
  'evil.example',
  'evil.example/path',
  '..',
  '../evil',
  './evil',
  '?next=//evil.example',
  '#//evil.example',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  '/javascript:alert(1)\\',
  'javascript://portal.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://evil.example',
  'blob:https://evil.example/1',
  'about:blank',
  'mailto:a@evil.example',
  'tel:112',
  'ws://evil.example',
  'view-source:https://evil.example',
  'intent://evil.example#Intent;end',
  'https%3A%2F%2Fevil.example',
  '%2f%2fevil.example',
  '%68ttps://evil.example',
  '/api/auth/callback/production?code=1&state=2',
  '/api/sign-out',
  '/x/../api/sign-out',
  '',
  `/${'a'.repeat(2_000)}`,
];

describe('safeCallbackPath', () => {
  it.each([
    ['/', '/'],
    ['/connections/1/accounts', '/connections/1/accounts'],
    [
      '/connections/1/accounts?sort=-AnnualRevenue,Name&q=a+b',
      '/connections/1/accounts?sort=-AnnualRevenue,Name&q=a+b',
    ],
    ['/admin/environments/uat#secret', '/admin/environments/uat'],
    ['/?next=//evil.example', '/?next=//evil.example'],
    ['/search?q=ada@acme.example', '/search?q=ada@acme.example'],
    ['/a/../b', '/b'],
  ])('keeps the path %j', (value, expected) => {
    expect(safeCallbackPath(value)).toBe(expected);
  });

  it.each(BYPASSES)('refuses %j', (value) => {
    expect(safeCallbackPath(value)).toBeNull();
  });

  it.each([null, undefined, 1, ['/'], {}])('refuses %j, which is no text', (value) => {
    expect(safeCallbackPath(value)).toBeNull();
  });

  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '@',
    ':',
    '?',
    '#',
    '\t',
    'a',
    'evil.example',
  );

  it('never leaves the portal, whatever is put together', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        for (const candidate of [value, `/${value}`]) {
          const path = safeCallbackPath(candidate);
          if (path === null) continue;
          const url = new URL(path, PORTAL);
          expect(url.origin).toBe(PORTAL);
          expect(`${url.pathname}${url.search}`).toBe(path);
          expect(path).toMatch(/^\/(?![/\\])/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers the same for its own answer', () => {
    const segment = fc.constantFrom('a', 'B1', '%20', 'ä', '..', '.', 'x=1', '?', '&', '#');
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (parts) => {
        const once = safeCallbackPath(`/${parts.join('/')}`);
        if (once !== null) expect(safeCallbackPath(once)).toBe(once);
      }),
    );
  });
});

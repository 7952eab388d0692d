import { describe, expect, it } from 'vitest';
import { madeUp } from './made-up-tokens';
import { type Secret, SecretScanner } from './secret-scanner';

const CLIENT_SECRET = '7C1F5E0B9A3D48E2B6F4017C95AD83E6F2B10D49C8E7A5361F0B2D84C6E9A713';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

const SECRETS: Secret[] = [
  { kind: 'access token', value: madeUp.accessToken() },
  { kind: 'refresh token', value: madeUp.refreshToken() },
  { kind: 'authorization code', value: madeUp.code() },
  { kind: 'API key', value: madeUp.apiKey() },
  { kind: 'consumer secret', value: CLIENT_SECRET },
  { kind: 'code verifier', value: VERIFIER },
];
const scanner = new SecretScanner(SECRETS);
const scan = (text: string) => scanner.scan([{ name: 'the page', text }]);

const form = (value: string) => new URLSearchParams({ value }).toString();
const FORMS: Record<string, (value: string) => string> = {
  'as it is': (value) => value,
  'in a log line': (value) => JSON.stringify({ level: 30, msg: `sent ${value} to` }),
  'URL-encoded': (value) => `/callback?${form(value)}&x=1`,
  'URL-encoded twice': (value) => encodeURIComponent(form(value)),
  'JSON in JSON': (value) => JSON.stringify(JSON.stringify({ '"': `"${value}"\n` })),
  'JSON with every other character escaped': (value) =>
    `"${value.replace(/[^A-Za-z0-9._-]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)}"`,
  'in an attribute': (value) => `<input value="${value.replaceAll('=', '&#x3D;')}">`,
  'in base64': (value) => Buffer.from(value).toString('base64'),
  'in base64, one byte on': (value) => Buffer.from(`:${value}"`).toString('base64'),
  'in base64, two bytes on': (value) => Buffer.from(`a:${value}`).toString('base64'),
  'in base64url, in a Basic header': (value) =>
    `Basic ${Buffer.from(`client:${value}`).toString('base64url')}`,
  'without its end': (value) => value.slice(0, 40),
  'without its beginning': (value) => value.slice(-30),
};

describe('the scanner for secrets', () => {
  it.each(Object.keys(FORMS))('finds each kind %s', (how) => {
    const leaks = SECRETS.map(({ kind, value }) => ({ kind, found: scan(`<p>${FORMS[how]?.(value)}</p>`) }));
    expect(leaks).toEqual(SECRETS.map(({ kind }) => ({ kind, found: [{ kind, place: 'the page' }] })));
  });

  it('names kind and place once, never the value', () => {
    const text = SECRETS.map(({ value }) => value).join(' ');
    const leaks = scanner.scan([
      { name: 'the log', text: `${text} ${text}` },
      { name: `the answer to /x/${VERIFIER}`, text: VERIFIER },
    ]);
    expect(leaks).toHaveLength(SECRETS.length + 1);
    expect(leaks.at(-1)).toEqual({ kind: 'code verifier', place: 'the answer to …' });
    for (const { value } of SECRETS) expect(JSON.stringify(leaks)).not.toContain(value.slice(20, 30));
  });

  it('does not take what a key is known by for its secret', () => {
    const key = madeUp.apiKey();
    const keys = new SecretScanner([{ kind: 'API key', value: key }]);
    expect(keys.scan([{ name: 'the page', text: key.slice(0, 16) }])).toEqual([]);
    expect(keys.scan([{ name: 'the page', text: key }])).toHaveLength(1);
  });

  it('finds nothing where only the common beginning of a kind, or another value of it, stands', () => {
    const others = [madeUp.accessToken(), madeUp.refreshToken(), madeUp.code(), madeUp.apiKey()];
    expect(scan(`00D5i000000Acme!AQ 5Aep861 aPrx ${others.join(' ')} ${CLIENT_SECRET.slice(0, 8)}`)).toEqual(
      [],
    );
  });

  it('does not look for what a test typed by hand', () => {
    const short = new SecretScanner([{ kind: 'consumer secret', value: 'wrong' }]);
    expect(short.scan([{ name: 'the page', text: 'the wrong secret' }])).toEqual([]);
  });
});

import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { loggerOptions, redactTokens } from '@/lib/log';

describe('redactTokens', () => {
  it.each([
    [
      'an access token',
      '00DdM000001ctenUAA!AQcAQH0dMHZfz972Szmpkb58urFRkgeBGsxL_QJWwYMfAbUeeG7c1E6LYUfiDUkWe6H34r1AAwOR8B8fLEz6n04NPGRrq0FM',
    ],
    ['an access token with a 15-character org id', '00DdM000001cten!AQcAQH0dMHZfz972Szmpkb58urFR'],
    ['a refresh token', '5Aep861TSESvWeug_xvFHRBTTbf_YrTWgEyjBJrfgVRzt3Z4Q2Wd.iP4cN6D'],
    ['a secret of an API key', 'odk_a1b2c3d4e5f6_dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
    ['the token of a connect link', `odl_${'aB3_-'.repeat(8)}xyz`],
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwMDUifQ.c2lnbmF0dXJl'],
  ])('takes %s out of free text', (_, token) => {
    const line = redactTokens(`{"msg":"asked with ${token} and failed"}`);
    expect(line).toBe('{"msg":"asked with [redacted token] and failed"}');
  });

  it('takes the one-time password out of an address', () => {
    const address = 'https://acme.my.salesforce.com/secur/frontdoor.jsp?otp=aPrx%2B1&startURL=%2F001';
    expect(redactTokens(address)).toBe(address.replace('aPrx%2B1', '[redacted token]'));
  });

  it('leaves ids and ordinary text as they are', () => {
    const line = 'org 00DdM000001ctenUAA, user 005dM0000017HLWQA2, 5 accounts';
    expect(redactTokens(line)).toBe(line);
  });
});

function lineOf(facts: Record<string, unknown>): string {
  const lines: string[] = [];
  pino(loggerOptions('info'), { write: (text: string) => lines.push(text) }).info(facts, 'said');
  return lines.join('');
}

describe('a log line', () => {
  it('says what kind of error it was, down to the cause', () => {
    const cause = Object.assign(new Error('gone'), { code: '57P01' });
    const line = JSON.parse(lineOf({ err: new AppError('UNAVAILABLE', 'away', { cause }) }));
    expect(line.err).toMatchObject({ code: 'UNAVAILABLE', cause: { code: '57P01' } });
  });

  it.each([
    { code: 'aPrx-secret' },
    { query: { code: 'aPrx-secret' } },
    { params: { code: 'aPrx-secret', code_verifier: 'aPrx-secret' } },
    { app: { clientSecret: 'aPrx-secret' } },
    { err: Object.assign(new Error('x'), { body: { refresh_token: 'aPrx-secret' } }) },
    { err: new Error('refused 5Aep861aPrxSecret') },
  ])('holds no secret of %j', (facts) => {
    const line = lineOf(facts);
    expect(line).not.toContain('aPrx');
    expect(line).toContain('redacted');
  });
});

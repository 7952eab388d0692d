import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authorizeUrlOf, makePkcePair } from './pkce';

describe('makePkcePair', () => {
  it('makes a verifier of 43 characters and the S256 challenge of it, another one each time', async () => {
    const [one, other] = [await makePkcePair(), await makePkcePair()];
    expect(one.verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one.challenge).toBe(createHash('sha256').update(one.verifier).digest('base64url'));
    expect(other.verifier).not.toBe(one.verifier);
  });
});

describe('authorizeUrlOf', () => {
  it('names app, callback, scopes and challenge, and no verifier', () => {
    const url = new URL(
      authorizeUrlOf({
        authorizeUrl: 'https://acme.my.salesforce.com/services/oauth2/authorize',
        parameters: { login_hint: 'ada@acme.example', state: 'never' },
        clientId: '3MVG9&x',
        redirectUri: 'https://portal.example/api/auth/callback/production',
        scopes: 'openid api',
        challenge: 'the-challenge',
      }),
    );
    expect(`${url.origin}${url.pathname}`).toBe('https://acme.my.salesforce.com/services/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      login_hint: 'ada@acme.example',
      response_type: 'code',
      client_id: '3MVG9&x',
      redirect_uri: 'https://portal.example/api/auth/callback/production',
      scope: 'openid api',
      state: 'by-hand',
      code_challenge: 'the-challenge',
      code_challenge_method: 'S256',
    });
  });
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { allowOrigins, sendJson, startLoopback, startRawLoopback } from '@/tests/loopback';
import { authorizationUrl } from './authorize';
import { introspectToken } from './introspect';
import { revokeGrant, revokeToken } from './revoke';
import { fetchUserInfo } from './userinfo';

const app = (tokenHost: string) => ({ tokenHost, clientId: '3MVG9.client', clientSecret: 'canary-secret' });

describe('authorizationUrl', () => {
  it('asks for a code with state, PKCE S256 and exactly the scopes', () => {
    const url = new URL(
      authorizationUrl(app('https://acme.my.salesforce.com/'), {
        redirectUri: 'https://portal.example/api/auth/callback/production',
        scopes: ['api', 'refresh_token', 'openid'],
        state: 'state-1',
        codeChallenge: 'challenge-1',
        nonce: 'nonce-1',
        prompt: 'login consent',
        loginHint: 'ada@acme.example',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://acme.my.salesforce.com/services/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: '3MVG9.client',
      redirect_uri: 'https://portal.example/api/auth/callback/production',
      scope: 'api refresh_token openid',
      state: 'state-1',
      code_challenge: 'challenge-1',
      code_challenge_method: 'S256',
      nonce: 'nonce-1',
      prompt: 'login consent',
      login_hint: 'ada@acme.example',
    });
  });

  it('leaves out what is not wanted, and never carries the secret', () => {
    const url = authorizationUrl(app('https://login.salesforce.com'), {
      redirectUri: 'https://portal.example/cb',
      scopes: ['openid'],
      state: 's',
      codeChallenge: 'c',
      nonce: null,
    });
    expect(url).not.toMatch(/nonce|prompt|login_hint|canary/);
  });

  it('leads to no other host', () => {
    const input = { redirectUri: 'https://portal.example/cb', scopes: [], state: 's', codeChallenge: 'c' };
    expect(() => authorizationUrl(app('https://evil.example'), input)).toThrow(
      expect.objectContaining({ code: 'HOST_NOT_ALLOWED' }),
    );
  });
});

describe('revokeToken', () => {
  it('is confirmed by an empty 200', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.end());
    expect(await revokeToken({ app: app(origin), token: '5Aep861x' })).toEqual({
      sent: true,
      confirmed: true,
      fault: null,
    });
    expect(seen[0]?.url.pathname).toBe('/services/oauth2/revoke');
    expect(new URLSearchParams(seen[0]?.body).get('token')).toBe('5Aep861x');
  });

  it.each([
    ['invalid_token', 400, true],
    ['unsupported_token_type', 400, false],
    ['invalid_client', 401, false],
  ])('reads %s (%i) as confirmed: %s', async (error, status, confirmed) => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, status, { error, error_description: 'about 5Aep861canary, canary-secret' }),
    );
    const revocation = await revokeToken({ app: app(origin), token: '5Aep861x' });
    expect(revocation).toMatchObject({ sent: true, confirmed, fault: { error, status } });
    expect(inspect(revocation)).not.toContain('canary');
  });

  it('says whether the token left when no answer came', async () => {
    const raw = await startRawLoopback((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expect(await revokeToken({ app: app(raw.origin), token: 'x' })).toMatchObject({
      sent: true,
      confirmed: false,
    });
    const unsent = await revokeToken({ app: app(raw.origin), token: 'x', mayStillSend: () => false });
    expect(unsent).toMatchObject({ sent: false, confirmed: false, fault: { error: 'unsent' } });
    allowOrigins('http://127.0.0.1:1');
    expect(await revokeToken({ app: app('http://127.0.0.1:1'), token: 'x' })).toMatchObject({ sent: false });
    await expect(revokeToken({ app: app('https://evil.example'), token: 'x' })).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('is not confirmed by a page that came with 200', async () => {
    const { origin } = await startLoopback((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the proxy'),
    );
    expect(await revokeToken({ app: app(origin), token: 'x' })).toMatchObject({
      sent: true,
      confirmed: false,
      fault: { error: 'http_200', status: 200 },
    });
  });

  it('sends nothing of an app that the token does not belong to', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.end());
    await revokeToken({ app: { ...app(origin), anonymous: true }, token: '5Aep861x' });
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({ token: '5Aep861x' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('is not confirmed by a gateway page', async () => {
    const { origin } = await startLoopback((_request, response) => response.writeHead(503).end('<html>'));
    expect(await revokeToken({ app: app(origin), token: 'x' })).toMatchObject({
      confirmed: false,
      fault: { error: 'http_503' },
    });
  });
});

describe('revokeGrant', () => {
  it('revokes the refresh token, or the access token of a grant without one', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.end());
    await revokeGrant(app(origin), { accessToken: 'access-1', refreshToken: 'refresh-1' });
    await revokeGrant(app(origin), { accessToken: 'access-1', refreshToken: null });
    expect(seen.map(({ body }) => new URLSearchParams(body).get('token'))).toEqual(['refresh-1', 'access-1']);
  });
});

describe('introspectToken', () => {
  it('tells active and its end', async () => {
    const { origin, seen } = await startLoopback((_request, response) =>
      sendJson(response, 200, { active: true, exp: 1_676_058_616, token_type: 'access_token' }),
    );
    const answer = await introspectToken({ app: app(origin), token: 'x', hint: 'access_token' });
    expect(answer).toEqual({ active: true, expiresAt: new Date(1_676_058_616_000) });
    expect(new URLSearchParams(seen[0]?.body).get('token_type_hint')).toBe('access_token');
  });

  it('tells inactive', async () => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 200, { active: false }),
    );
    const answer = await introspectToken({ app: app(origin), token: 'x', hint: 'refresh_token' });
    expect(answer).toEqual({ active: false, expiresAt: null });
  });

  it('throws when Salesforce does not say', async () => {
    let body: unknown = { error: 'invalid_client', error_description: 'canary-secret' };
    let status = 400;
    const { origin } = await startLoopback((_request, response) => sendJson(response, status, body));
    const ask = () => introspectToken({ app: app(origin), token: 'canary-token', hint: 'refresh_token' });
    const refused = await ask().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(inspect(refused, { depth: Infinity, showHidden: true })).not.toContain('canary');
    [status, body] = [200, { active: 'canary-maybe' }];
    const odd = await ask().catch((error: unknown) => error);
    expect(odd).toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    expect(inspect(odd, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });
});

describe('fetchUserInfo', () => {
  const answer = {
    sub: 'https://login.salesforce.com/id/00DdM0000008abcUAA/005dM000001xyzAQAQ',
    user_id: '005dM000001xyzA',
    organization_id: '00DdM0000008abcUAA',
    preferred_username: 'ada@acme.example',
    name: 'Ada Lovelace',
    email: 'ada@acme.example',
    locale: 'en_US',
    zoneinfo: 'America/New_York',
  };

  it('keeps ids, names, locale and time zone', async () => {
    const { origin, seen } = await startLoopback((_request, response) => sendJson(response, 200, answer));
    const info = await fetchUserInfo({ tokenHost: origin, accessToken: '00D!canary' });
    expect(info).toMatchObject({
      orgId: '00DdM0000008abcUAA',
      username: 'ada@acme.example',
      displayName: 'Ada Lovelace',
      locale: 'en_US',
      timeZone: 'America/New_York',
    });
    expect(info.userId).toHaveLength(18);
    expect(seen[0]?.headers.authorization).toBe('Bearer 00D!canary');
  });

  it.each([
    [true, 'ada@acme.example'],
    [undefined, 'ada@acme.example'],
    [false, null],
  ])('keeps an address that is verified (%s) as %s', async (email_verified, email) => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 200, { ...answer, email: 'ada@acme.example', email_verified }),
    );
    expect(await fetchUserInfo({ tokenHost: origin, accessToken: 'x' })).toMatchObject({ email });
  });

  it('does without what a user may have left empty', async () => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 200, { ...answer, name: ' ', email: null, locale: undefined, zoneinfo: 7 }),
    );
    expect(await fetchUserInfo({ tokenHost: origin, accessToken: 'x' })).toMatchObject({
      displayName: 'ada@acme.example',
      email: null,
      locale: null,
      timeZone: null,
    });
  });

  it.each([
    [403, 'Bad_OAuth_Token', 'SALESFORCE_FORBIDDEN', 'Bad_OAuth_Token'],
    [401, '<html>', 'SALESFORCE_FORBIDDEN', 'http_401'],
    [503, '', 'SALESFORCE_ANSWER_INVALID', 'http_503'],
    [200, '{"user_id":"nobody"}', 'SALESFORCE_ANSWER_INVALID', 'http_200'],
  ])('explains %i “%s”', async (status, body, code, error) => {
    const { origin } = await startLoopback((_request, response) => response.writeHead(status).end(body));
    await expect(fetchUserInfo({ tokenHost: origin, accessToken: 'canary-access' })).rejects.toMatchObject({
      code,
      salesforce: { error, status },
    });
  });

  it('gives up after its time', async () => {
    const { origin } = await startLoopback(() => undefined);
    await expect(
      fetchUserInfo({ tokenHost: origin, accessToken: 'x', timeoutMs: 100 }),
    ).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
  });
});

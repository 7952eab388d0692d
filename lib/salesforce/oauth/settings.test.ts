import { describe, expect, it } from 'vitest';
import { sendJson, startLoopback } from '@/tests/loopback';
import type { OAuthApp, OAuthSettings } from '../types';
import { authorizationUrl } from './authorize';
import { exchangeCode } from './exchange';
import { introspectToken } from './introspect';
import { spendRefreshToken } from './refresh';
import { revokeToken } from './revoke';
import { requestClientCredentials } from './service/client-credentials';
import { requestPassword } from './service/password';

const ORG = '00DdM0000008abcUAA';
const USER = '005dM000001xyzAQAQ';

const usual: OAuthSettings = {
  clientAuthentication: 'client_secret_post',
  refreshScopes: null,
  authorizeParameters: {},
  tokenParameters: {},
  tokenHeaders: {},
  authorizeUrl: null,
  tokenUrl: null,
  patienceMs: 10_000,
  headerPrefix: 'Bearer',
};

/** An endpoint that answers everything with tokens, and an app at it with these settings. */
async function endpoint(settings: Partial<OAuthSettings> = {}, changes: Partial<OAuthApp> = {}) {
  const at = { origin: '' };
  const { origin, seen } = await startLoopback((_request, response) =>
    sendJson(response, 200, {
      access_token: '00DdM0000008abc!AQnew',
      refresh_token: '5Aep861new',
      instance_url: at.origin,
      id: `${at.origin}/id/${ORG}/${USER}`,
      token_type: 'Bearer',
      active: true,
    }),
  );
  at.origin = origin;
  const app: OAuthApp = {
    tokenHost: origin,
    clientId: '3MVG9.te_st',
    clientSecret: 's3cret+&:#',
    settings: { ...usual, ...settings },
    ...changes,
  };
  return { app, seen, form: () => Object.fromEntries(new URLSearchParams(seen.at(-1)?.body)) };
}

const refresh = (app: OAuthApp) =>
  spendRefreshToken({ app, refreshToken: '5Aep861old', mayStillSend: () => true });
const exchange = (app: OAuthApp, timeoutMs?: number) =>
  exchangeCode({
    app,
    redirectUri: 'https://portal.example/cb',
    params: new URLSearchParams({ code: 'code-1', state: 'state-1' }),
    state: 'state-1',
    codeVerifier: 'v'.repeat(43),
    nonce: null,
    giveBack: async () => undefined,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
const service = (app: OAuthApp) => requestClientCredentials({ app, expected: null });
const password = (app: OAuthApp) =>
  requestPassword({ app, expected: null, username: 'ada', password: 'x', securityToken: '' });

const tokenRequests = { exchange, refresh, service, password };

describe('the usual settings', () => {
  it.each(Object.entries(tokenRequests))('leave %s on the wire as without any', async (_name, request) => {
    const [plain, { settings: _, ...bare }] = await (async () => {
      const { app, seen } = await endpoint();
      await request(app);
      return [seen, app] as const;
    })();
    await request(bare);
    const [first, second] = plain;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers).toEqual(first?.headers);
    expect(second?.url.href).toBe(first?.url.href);
  });
});

describe('HTTP Basic', () => {
  const expected = `Basic ${Buffer.from('3MVG9.te_st:s3cret%2B%26%3A%23').toString('base64')}`;

  it.each(
    Object.entries({
      ...tokenRequests,
      introspect: (app: OAuthApp) => introspectToken({ app, token: 't', hint: 'refresh_token' }),
      revoke: (app: OAuthApp) => revokeToken({ app, token: 't' }),
    }),
  )('carries key and secret of %s, and the body neither', async (_name, request) => {
    const { app, seen, form } = await endpoint({ clientAuthentication: 'client_secret_basic' });
    await request(app);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers.authorization).toBe(expected);
    expect(form()).not.toHaveProperty('client_secret');
    expect(form()).not.toHaveProperty('client_id');
  });
});

describe('a client without a secret', () => {
  it('says who it is, and proves nothing, whatever the method', async () => {
    for (const clientAuthentication of ['client_secret_post', 'client_secret_basic'] as const) {
      const { app, seen, form } = await endpoint({ clientAuthentication }, { clientSecret: null });
      await refresh(app);
      expect(form()).toMatchObject({ client_id: app.clientId });
      expect(form()).not.toHaveProperty('client_secret');
      expect(seen[0]?.headers.authorization).toBeUndefined();
    }
  });
});

describe('scopes', () => {
  it('go with a refresh when they are switched on, and with no other request', async () => {
    const { app, form } = await endpoint({ refreshScopes: ['api', 'refresh_token'] });
    await refresh(app);
    expect(form()).toMatchObject({ scope: 'api refresh_token' });
    await exchange(app);
    expect(form()).not.toHaveProperty('scope');
  });
});

describe('what is added', () => {
  it.each(Object.entries(tokenRequests))('goes with %s', async (_name, request) => {
    const { app, seen, form } = await endpoint({
      tokenParameters: { audience: 'crm & co', display: 'x' },
      tokenHeaders: { 'X-Route': 'eu 1' },
    });
    await request(app);
    expect(form()).toMatchObject({ audience: 'crm & co', display: 'x' });
    expect(seen[0]?.headers).toMatchObject({ 'x-route': 'eu 1' });
  });

  it('does not go where tokens are revoked or asked about', async () => {
    const { app, seen } = await endpoint({ tokenParameters: { a: 'b' }, tokenHeaders: { 'x-route': 'eu' } });
    await revokeToken({ app, token: 't' });
    await introspectToken({ app, token: 't', hint: 'refresh_token' });
    expect(seen).toHaveLength(2);
    for (const { body, headers } of seen) {
      expect(new URLSearchParams(body).has('a')).toBe(false);
      expect(headers).not.toHaveProperty('x-route');
    }
  });

  it.each(Object.entries(tokenRequests))('changes nothing that %s says itself', async (_name, request) => {
    const { app, seen } = await endpoint();
    await request(app);
    const [plain] = seen;
    const evil = 'evil';
    await request({
      ...app,
      settings: {
        ...usual,
        tokenParameters: {
          ...{ grant_type: evil, code: evil, client_id: evil, client_secret: evil, client_assertion: evil },
          ...{ redirect_uri: evil, refresh_token: evil, code_verifier: evil, assertion: evil, scope: evil },
          ...{ username: evil, password: evil, format: 'xml' },
        },
        tokenHeaders: {
          ...{ Authorization: evil, Cookie: evil, Host: evil, 'Content-Type': evil, 'Content-Length': '1' },
          ...{ 'Transfer-Encoding': 'chunked', Accept: 'text/xml', Connection: 'keep-alive' },
        },
      },
    });
    expect(seen[1]?.body).toBe(plain?.body);
    expect(seen[1]?.headers).toEqual(plain?.headers);
  });

  const input = {
    redirectUri: 'https://portal.example/cb',
    scopes: ['openid', 'api'],
    state: 'state-1',
    codeChallenge: 'challenge-1',
    nonce: 'nonce-1',
    prompt: 'login' as const,
    loginHint: 'ada@acme.example',
  };

  it('stands in the authorize URL, and changes nothing that it says itself', async () => {
    const { app } = await endpoint();
    const plain = new URL(authorizationUrl(app, input));
    const evil = Object.fromEntries([...plain.searchParams.keys()].map((name) => [name, 'evil']));
    const more = { ...evil, response_mode: 'fragment', request: 'evil', Code_Challenge_Method: 'plain' };
    const authorizeParameters = { ...more, display: 'touch' };
    const url = new URL(authorizationUrl({ ...app, settings: { ...usual, authorizeParameters } }, input));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...Object.fromEntries(plain.searchParams),
      display: 'touch',
    });
  });

  it('does not put a prompt where none is meant', async () => {
    const { app } = await endpoint({
      authorizeParameters: { prompt: 'none', login_hint: 'eve', nonce: 'x' },
    });
    const url = new URL(authorizationUrl(app, { ...input, nonce: null, prompt: null, loginHint: null }));
    for (const name of ['prompt', 'login_hint', 'nonce']) expect(url.searchParams.has(name)).toBe(false);
  });
});

describe('addresses', () => {
  it('of the authorize page may be another host of Salesforce, and no other host', async () => {
    const { app } = await endpoint({ authorizeUrl: 'https://login.salesforce.com/setup/authorize' });
    const input = { redirectUri: 'https://portal.example/cb', scopes: [], state: 's', codeChallenge: 'c' };
    expect(authorizationUrl(app, input)).toMatch(/^https:\/\/login\.salesforce\.com\/setup\/authorize\?/);
    const elsewhere = { ...app, settings: { ...usual, authorizeUrl: 'https://evil.example/authorize' } };
    expect(() => authorizationUrl(elsewhere, input)).toThrow(
      expect.objectContaining({ code: 'HOST_NOT_ALLOWED' }),
    );
  });

  it.each(Object.entries(tokenRequests))('of %s stay at the token host', async (_name, request) => {
    const { app, seen } = await endpoint();
    const own = `${app.tokenHost}/eu/token`;
    await request({ ...app, settings: { ...usual, tokenUrl: own, tokenHeaders: { 'x-route': 'eu' } } });
    expect(seen[0]?.url.pathname).toBe('/eu/token');
    expect(seen[0]?.headers).toMatchObject({ 'x-route': 'eu' });
    const tokenUrl = 'https://login.salesforce.com/services/oauth2/token';
    const refused = await request({ ...app, settings: { ...usual, tokenUrl } }).catch((error: unknown) => ({
      error,
    }));
    expect(refused).toMatchObject({ error: { code: 'HOST_NOT_ALLOWED' } });
    expect(seen).toHaveLength(1);
  });
});

describe('patience', () => {
  it('is the environment’s own; the request reads on, and its grant is given back', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { origin } = await startLoopback(async (_request, response) => {
      await held;
      sendJson(response, 200, {
        access_token: '00DdM0000008abc!AQlate',
        instance_url: origin,
        id: `${origin}/id/${ORG}/${USER}`,
        token_type: 'Bearer',
      });
    });
    const app = {
      tokenHost: origin,
      clientId: 'x',
      clientSecret: 'y',
      settings: { ...usual, patienceMs: 30 },
    };
    let give: (accessToken: string) => void = () => undefined;
    const given = new Promise<string>((resolve) => {
      give = resolve;
    });
    const late = exchangeCode({
      app,
      redirectUri: 'https://portal.example/cb',
      params: new URLSearchParams({ code: 'code-1', state: 'state-1' }),
      state: 'state-1',
      codeVerifier: 'v'.repeat(43),
      nonce: null,
      giveBack: async ({ accessToken }) => give(accessToken),
    });
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    release();
    expect(await given).toBe('00DdM0000008abc!AQlate');
  });
});

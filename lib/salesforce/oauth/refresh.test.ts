import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpendResult } from '@/lib/egress/types';
import { allowOrigins, sendJson, startLoopback, startRawLoopback } from '@/tests/loopback';
import { lostFault, readRefreshAnswer, spendRefreshToken } from './refresh';

const ORIGIN = 'https://acme.my.salesforce.com';
const ORG = '00DdM0000008abcUAA';
const USER = '005dM000001xyzAQAQ';
const ID = `https://login.salesforce.com/id/${ORG}/${USER}`;

type Answered = Extract<SpendResult, { kind: 'answered' }>;

function answered(status: number, body: unknown, contentType = 'application/json;charset=UTF-8'): Answered {
  return {
    kind: 'answered',
    status,
    contentType,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

const tokens = {
  access_token: '00DdM0000008abc!AQnew',
  refresh_token: '5Aep861new',
  instance_url: ORIGIN,
  id: ID,
  scope: 'refresh_token api',
  token_type: 'Bearer',
  issued_at: '1778448832702',
};
const read = (result: Answered) => readRefreshAnswer(result, { orgId: ORG, userId: USER });
const failure = (status: number, error: string, description: string) =>
  read(answered(status, { error, error_description: description })).kind;

describe('readRefreshAnswer', () => {
  it('reads a success with a new refresh token', () => {
    expect(read(answered(200, tokens))).toMatchObject({
      kind: 'success',
      distrust: null,
      answer: {
        refreshToken: '5Aep861new',
        orgId: ORG,
        instanceUrl: ORIGIN,
        scopes: ['refresh_token', 'api'],
      },
    });
  });

  it('reads a success without rotation', () => {
    const { refresh_token: _kept, ...rest } = tokens;
    expect(read(answered(200, rest))).toMatchObject({ kind: 'success', answer: { refreshToken: null } });
  });

  it.each([
    ['another org', { id: ID.replace(ORG, '00DdM0000009zzzUAA') }, 'CONSENT_WRONG_ORG'],
    ['another user', { id: ID.replace(USER, '005dM000001zzzZQAQ') }, 'CONSENT_WRONG_USER'],
    ['an instance_url elsewhere', { instance_url: 'https://evil.example' }, 'HOST_NOT_ALLOWED'],
    ['no instance_url', { instance_url: undefined }, 'HOST_NOT_ALLOWED'],
    ['an id elsewhere', { id: 'https://evil.example/id/x/y' }, 'HOST_NOT_ALLOWED'],
    ['an id of another type', { id: 7 }, 'HOST_NOT_ALLOWED'],
    ['no access token', { access_token: null }, 'SALESFORCE_ANSWER_INVALID'],
  ])('keeps the only live refresh token of an answer with %s, and distrusts it', (_name, changes, code) => {
    expect(read(answered(200, { ...tokens, ...changes }))).toMatchObject({
      kind: 'success',
      answer: { refreshToken: '5Aep861new' },
      distrust: { code },
    });
  });

  it('survives an issue time that is none', () => {
    const outcome = read(answered(200, { ...tokens, issued_at: 'yesterday', scope: 5 }));
    expect(outcome).toMatchObject({ kind: 'success', answer: { scopes: [] } });
    if (outcome.kind === 'success') expect(outcome.answer.issuedAt.getTime()).toBeGreaterThan(0);
  });

  it.each([
    [400, 'invalid_grant', 'expired access/refresh token'],
    [401, 'invalid_grant', 'expired access/refresh token'],
    [400, 'inactive_user', 'user is inactive'],
    [400, 'invalid_app_access', 'user is not admin approved to access this app'],
  ])('reads %i %s “%s” as refused', (status, error, description) => {
    expect(failure(status, error, description)).toBe('refused');
  });

  it.each([
    [400, 'invalid_client', 'invalid client credentials'],
    [401, 'invalid_client', 'invalid client credentials'],
    [400, 'invalid_client_id', 'client identifier invalid'],
    [400, 'invalid_grant', 'ip restricted'],
    [400, 'oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.'],
    [400, 'OAUTH_APP_BLOCKED', 'this app is blocked by admin'],
    [400, 'app_blocked', ''],
    [400, 'unsupported_grant_type', 'grant type not supported'],
    [400, 'inactive_org', 'org is locked, closed, or suspended'],
  ])('reads %i %s “%s” as the app’s fault', (status, error, description) => {
    expect(failure(status, error, description)).toBe('app_fault');
  });

  it.each([
    [425, ''],
    [429, '<html>slow down</html>'],
    [503, { error: 'service_unavailable', error_description: 'try later' }],
  ])('reads %i as a refusal to work on it now', (status, body) => {
    expect(read(answered(status, body)).kind).toBe('retry_later');
  });

  it.each<[string, Answered]>([
    [
      'another refresh under way',
      answered(400, {
        error: 'invalid_grant',
        error_description: 'token request is already being processed',
      }),
    ],
    [
      'the older text of the same',
      answered(400, { error: 'invalid_grant', error_description: 'expired authorization code' }),
    ],
    ['503 of a gateway', answered(503, '<html>503</html>', 'text/html')],
    ['503 of a gateway in JSON', answered(503, { status: 503, error: 'Service Unavailable' })],
    ['500 with an OAuth error', answered(500, { error: 'server_error' })],
    ['502', answered(502, '', 'text/html')],
    ['504', answered(504, '<html>', 'text/html')],
    ['408', answered(408, { error: 'timeout' })],
    ['420', answered(420, 'We are setting things up')],
    ['302', answered(302, '')],
    ['HTML with 200', answered(200, '<html>', 'text/html')],
    ['nothing with 200', answered(200, '')],
    ['half an answer', answered(200, '{"access_token":"00D')],
    ['a success without tokens', answered(200, { scope: 'api' })],
    ['an array', answered(200, '[]')],
    ['400 that is no OAuth error', answered(400, [{ errorCode: 'X' }])],
    ['403 of an edge', answered(403, '<html>', 'text/html')],
    ['an error nobody knows', answered(400, { error: 'bad_jti_claim' })],
    ['an error that is no text', answered(400, { error: { code: 1 } })],
    ['unknown_error', answered(400, { error: 'unknown_error', error_description: 'retry your request' })],
  ])('leaves %s uncertain', (_name, result) => {
    expect(read(result).kind).toBe('uncertain');
  });

  it('quotes Salesforce, never a token', () => {
    const outcome = readRefreshAnswer(
      answered(400, { error: 'invalid_grant', error_description: 'bad 5Aep861canary and canary-secret' }),
      { orgId: ORG, userId: USER, secrets: ['canary-secret', null] },
    );
    expect(outcome).toMatchObject({ fault: { error: 'invalid_grant', status: 400 } });
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });

  it('says success only when tokens came with 200, whatever the answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.json(), (status, body) => {
        const outcome = read(answered(status, body));
        const object: unknown = JSON.parse(body);
        const holdsTokens =
          typeof object === 'object' &&
          object !== null &&
          ('access_token' in object || 'refresh_token' in object);
        if (!holdsTokens || status !== 200) expect(outcome.kind).not.toBe('success');
        if (outcome.kind === 'refused' || outcome.kind === 'app_fault')
          expect([400, 401, 403]).toContain(status);
      }),
    );
  });
});

describe('spendRefreshToken', () => {
  const app = (tokenHost: string, clientSecret: string | null = 'secret-1') => ({
    tokenHost,
    clientId: '3MVG9.client',
    clientSecret,
  });

  it('posts the token once, to the token host, and gives the raw answer', async () => {
    const { origin, seen } = await startLoopback((_request, response) => sendJson(response, 200, tokens));
    const result = await spendRefreshToken({
      app: app(`${origin}/`),
      refreshToken: '5Aep861old',
      mayStillSend: () => true,
    });
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: JSON.stringify(tokens) });
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'POST /services/oauth2/token',
    ]);
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: '5Aep861old',
      client_id: '3MVG9.client',
      client_secret: 'secret-1',
    });
  });

  it('leaves the token unsent when it may not be sent any more', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.end());
    const spend = { app: app(origin), refreshToken: '5Aep861old', mayStillSend: () => false };
    expect(await spendRefreshToken(spend)).toMatchObject({ kind: 'unsent', code: 'DEADLINE_PASSED' });
    expect(seen).toHaveLength(0);
  });

  it('never throws for what happens on the wire', async () => {
    const raw = await startRawLoopback((socket) => socket.on('data', () => socket.resetAndDestroy()));
    const spend = { refreshToken: '5Aep861old', mayStillSend: () => true };
    expect((await spendRefreshToken({ app: app(raw.origin, null), ...spend })).kind).toBe('lost');
    allowOrigins('http://127.0.0.1:1');
    expect((await spendRefreshToken({ app: app('http://127.0.0.1:1'), ...spend })).kind).toBe('unsent');
  });

  it('gives an answer as it came when it is no OAuth answer', async () => {
    const { origin } = await startLoopback((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
    });
    const spend = {
      app: app(origin),
      refreshToken: '5Aep861old',
      mayStillSend: () => true,
      silenceMs: 5_000,
    };
    expect(await spendRefreshToken(spend)).toMatchObject({ kind: 'answered', status: 502, body: '<html>' });
  });

  it('sends to no host that is not allowed', async () => {
    const spend = { refreshToken: '5Aep861old', mayStillSend: () => true };
    await expect(spendRefreshToken({ app: app('https://evil.example'), ...spend })).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });
});

describe('lostFault', () => {
  it('keeps the reason', () => {
    expect(lostFault('reset')).toEqual({ error: 'answer_lost', description: 'reset', status: null });
  });
});

import { inspect } from 'node:util';
import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/errors';
import { registry } from '@/lib/registry';
import {
  type LoopbackHandler,
  type SeenRequest,
  sendJson,
  startLoopback,
  startRawLoopback,
} from '@/tests/loopback';
import { type CodeExchange, exchangeCode, readCallbackError } from './exchange';

const ORG = '00DdM0000008abcUAA';
const USER = '005dM000001xyzAQAQ';
const SECRETS = {
  code: 'canary-code-aPrx',
  verifier: 'canary-verifier-0123456789-0123456789-0123456789',
  secret: 'canary-consumer-secret',
  access: '00DdM0000008abc!AQcanaryAccess',
  refresh: '5Aep861canaryRefresh',
};

function tokenBody(origin: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    access_token: SECRETS.access,
    refresh_token: SECRETS.refresh,
    signature: 'c2lnbmF0dXJl',
    scope: 'refresh_token openid api',
    id_token: idToken(origin),
    instance_url: origin,
    id: `${origin}/id/${ORG}/${USER}`,
    token_type: 'Bearer',
    issued_at: '1778448832702',
    ...changes,
  };
}

function idToken(issuer: string, nonce = 'nonce-1'): string {
  const unsecured = new UnsecuredJWT({ nonce })
    .setIssuer(issuer)
    .setAudience('3MVG9.client')
    .setSubject(`https://login.salesforce.com/id/${ORG}/${USER}`)
    .setIssuedAt()
    .setExpirationTime('2m')
    .encode();
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  return `${header}.${unsecured.split('.')[1]}.c2ln`;
}

function input(origin: string, changes: Partial<CodeExchange> = {}): CodeExchange {
  return {
    app: { tokenHost: origin, clientId: '3MVG9.client', clientSecret: SECRETS.secret },
    redirectUri: 'https://portal.example/api/auth/callback/production',
    params: new URLSearchParams({ code: SECRETS.code, state: 'state-1' }),
    state: 'state-1',
    codeVerifier: SECRETS.verifier,
    nonce: 'nonce-1',
    ...changes,
  };
}

/** An org whose token endpoint answers as told, and whose revoke endpoint always says yes. */
async function startOrg(token: LoopbackHandler) {
  const revoked: string[] = [];
  const { origin, seen } = await startLoopback((request, response) => {
    if (request.url.pathname !== '/services/oauth2/revoke') return token(request, response);
    revoked.push(new URLSearchParams(request.body).get('token') ?? '');
    return response.end();
  });
  return { origin, seen, revoked };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError: ${inspect(error)}`);
  expectNoSecret(error);
  return error;
}

/** However an error is written down, causes and hidden properties included, no secret is in it. */
function expectNoSecret(error: AppError): void {
  const written = [
    inspect(error, { depth: Infinity, showHidden: true }),
    JSON.stringify(error),
    error.stack,
  ].join();
  for (const secret of Object.values(SECRETS)) expect(written).not.toContain(secret);
  expect(written).not.toContain('canary');
}

const settled = () => Promise.all(registry().unfinished);

describe('exchangeCode', () => {
  it('gives the checked answer', async () => {
    const { origin, seen } = await startOrg((_request, response) =>
      sendJson(
        response,
        200,
        tokenBody(origin, { id: `${origin}/id/${ORG.slice(0, 15)}/${USER.slice(0, 15)}` }),
      ),
    );
    const answer = await exchangeCode(input(origin));
    expect(answer).toMatchObject({
      accessToken: SECRETS.access,
      refreshToken: SECRETS.refresh,
      instanceUrl: origin,
      scopes: ['refresh_token', 'openid', 'api'],
      issuedAt: new Date(1_778_448_832_702),
      nonce: 'nonce-1',
    });
    expect(answer.orgId).toHaveLength(18);
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: SECRETS.code,
      redirect_uri: 'https://portal.example/api/auth/callback/production',
      code_verifier: SECRETS.verifier,
      client_id: '3MVG9.client',
      client_secret: SECRETS.secret,
    });
    expect(seen).toHaveLength(1);
  });

  it('sends no secret for a public client', async () => {
    const { origin, seen } = await startOrg((_request, response) =>
      sendJson(response, 200, tokenBody(origin)),
    );
    await exchangeCode(
      input(origin, { app: { tokenHost: origin, clientId: '3MVG9.client', clientSecret: null } }),
    );
    expect(seen[0]?.body).not.toContain('client_secret');
  });

  it('needs no id_token when openid was not asked for', async () => {
    const { origin } = await startOrg((_request, response) =>
      sendJson(response, 200, tokenBody(origin, { id_token: undefined, refresh_token: undefined })),
    );
    expect(await exchangeCode(input(origin, { nonce: null }))).toMatchObject({
      nonce: null,
      refreshToken: null,
    });
  });

  it('takes an id_token in the name of the common login host', async () => {
    const { origin } = await startOrg((_request, response) =>
      sendJson(response, 200, tokenBody(origin, { id_token: idToken('https://login.salesforce.com') })),
    );
    expect((await exchangeCode(input(origin))).nonce).toBe('nonce-1');
  });

  it.each([
    ['missing', { code: 'canary-code-aPrx' }],
    ['another', { code: 'canary-code-aPrx', state: 'state-2' }],
  ])('refuses a callback with %s state before it sends anything', async (_name, params) => {
    const { origin, seen } = await startOrg((_request, response) => response.end());
    const error = await failureOf(exchangeCode(input(origin, { params: new URLSearchParams(params) })));
    expect(error.code).toBe('CONSENT_STATE_MISMATCH');
    expect(seen).toHaveLength(0);
  });

  it('reads an error in the callback only after the state', async () => {
    const denied = { error: 'access_denied', error_description: 'end-user denied authorization' };
    const { origin } = await startOrg((_request, response) => response.end());
    const foreign = exchangeCode(
      input(origin, { params: new URLSearchParams({ ...denied, state: 'state-2' }) }),
    );
    expect((await failureOf(foreign)).code).toBe('CONSENT_STATE_MISMATCH');
    const own = exchangeCode(input(origin, { params: new URLSearchParams({ ...denied, state: 'state-1' }) }));
    expect(await failureOf(own)).toMatchObject({
      code: 'CONSENT_DENIED',
      salesforce: { error: 'access_denied', description: 'end-user denied authorization', status: null },
    });
  });

  it.each<[string, string, ErrorCode]>([
    ['invalid_grant', 'expired authorization code', 'CODE_EXPIRED'],
    ['invalid_grant', 'invalid authorization code', 'CODE_INVALID'],
    ['invalid_grant', 'invalid code verifier', 'CODE_INVALID'],
    ['invalid_request', 'invalid code verifier', 'CODE_INVALID'],
    ['invalid_grant', 'ip restricted', 'IP_RESTRICTED'],
    ['invalid_grant', "user hasn't approved this consumer", 'APP_USER_NOT_APPROVED'],
    ['invalid_grant', 'authentication failure', 'GRANT_ENDED'],
    ['invalid_grant', 'token request is already being processed', 'GRANT_OUTCOME_UNKNOWN'],
    ['invalid_app_access', 'user is not admin approved to access this app', 'APP_USER_NOT_APPROVED'],
    ['invalid_client', 'invalid client credentials', 'APP_SECRET_INVALID'],
    ['invalid_client', 'app must be installed into org', 'APP_NOT_INSTALLED'],
    ['invalid_client_id', 'client identifier invalid', 'APP_CLIENT_ID_INVALID'],
    ['redirect_uri_mismatch', 'redirect_uri must match configuration', 'APP_REDIRECT_URI_MISMATCH'],
    ['unsupported_grant_type', 'grant type not supported', 'APP_FLOW_DISABLED'],
    ['oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.', 'APP_FLOW_DISABLED'],
    ['inactive_user', 'user is inactive', 'USER_INACTIVE'],
    ['inactive_org', 'org is locked, closed, or suspended', 'ORG_INACTIVE'],
    ['rate_limit_exceeded', 'number of logins exceeded', 'SALESFORCE_LIMIT_EXCEEDED'],
    ['server_error', 'unexpected', 'SALESFORCE_UNAVAILABLE'],
    ['bad_jti_claim', 'something new', 'SALESFORCE_REFUSED'],
    ['server_error', 'no such membership address', 'SALESFORCE_UNAVAILABLE'],
  ])('reads %s “%s” as %s, with Salesforce’s words', async (error, description, code) => {
    const { origin, revoked } = await startOrg((_request, response) =>
      sendJson(response, 400, { error, error_description: description }),
    );
    const failure = await failureOf(exchangeCode(input(origin)));
    expect(failure).toMatchObject({ code, salesforce: { error, description, status: 400 } });
    expect(failure.nextStep).toMatch(/\w{3}/);
    expect(revoked).toEqual([]);
  });

  it('keeps echoed secrets out of what it quotes', async () => {
    const { origin } = await startOrg((_request, response) =>
      sendJson(response, 400, {
        error: 'invalid_grant',
        error_description: `${SECRETS.code} ${SECRETS.verifier} ${SECRETS.secret} ${SECRETS.access}`,
      }),
    );
    expect((await failureOf(exchangeCode(input(origin)))).salesforce?.description).toMatch(/redacted/);
  });

  it.each<[string, Record<string, unknown>, ErrorCode]>([
    [
      'a nonce of another attempt',
      { id_token: idToken('https://login.salesforce.com', 'nonce-2') },
      'SALESFORCE_ANSWER_INVALID',
    ],
    [
      'an id_token of another issuer',
      { id_token: idToken('https://evil.example') },
      'SALESFORCE_ANSWER_INVALID',
    ],
    ['no id_token', { id_token: undefined }, 'SALESFORCE_ANSWER_INVALID'],
    ['an instance_url elsewhere', { instance_url: 'https://evil.example' }, 'HOST_NOT_ALLOWED'],
    ['an id elsewhere', { id: `https://evil.example/id/${ORG}/${USER}` }, 'HOST_NOT_ALLOWED'],
    ['an id of another shape', { id: 'https://login.salesforce.com/id/x' }, 'SALESFORCE_ANSWER_INVALID'],
    ['no access token', { access_token: undefined }, 'SALESFORCE_ANSWER_INVALID'],
    ['a token type nobody knows', { token_type: 'mac' }, 'SALESFORCE_ANSWER_INVALID'],
  ])('revokes tokens that came with %s', async (_name, changes, code) => {
    const { origin, revoked } = await startOrg((_request, response) =>
      sendJson(response, 200, tokenBody(origin, changes)),
    );
    expect((await failureOf(exchangeCode(input(origin)))).code).toBe(code);
    expect(revoked).toEqual([SECRETS.refresh]);
  });

  it('names the host when the answer never comes, and goes on reading', async () => {
    const held: Array<() => void> = [];
    const { origin, revoked } = await startOrg((_request, response) => {
      held.push(() => sendJson(response, 200, tokenBody(origin)));
    });
    const error = await failureOf(exchangeCode(input(origin, { timeoutMs: 100 })));
    expect(error).toMatchObject({ code: 'TIMEOUT', details: { host: new URL(origin).host } });
    expect(registry().unfinished.size).toBeGreaterThan(0);
    for (const answer of held) answer();
    await settled();
    expect(revoked).toEqual([SECRETS.refresh]);
  });

  it('hands a late grant to who asked for it', async () => {
    const held: Array<() => void> = [];
    const { origin, revoked } = await startOrg((_request, response) => {
      held.push(() => sendJson(response, 200, tokenBody(origin)));
    });
    const late: string[] = [];
    const giveBack = async ({ accessToken }: { accessToken: string }) => {
      late.push(accessToken);
    };
    await failureOf(exchangeCode(input(origin, { timeoutMs: 100, giveBack })));
    for (const answer of held) answer();
    await settled();
    expect([late, revoked]).toEqual([[SECRETS.access], []]);
  });

  it('says nothing more when a late answer is a failure', async () => {
    const held: Array<() => void> = [];
    const { origin, seen } = await startOrg((_request: SeenRequest, response) => {
      held.push(() =>
        sendJson(response, 400, { error: 'invalid_grant', error_description: 'expired authorization code' }),
      );
    });
    await failureOf(exchangeCode(input(origin, { timeoutMs: 100 })));
    for (const answer of held) answer();
    await settled();
    expect(seen).toHaveLength(1);
  });

  it.each([
    [500, 'text/html', '<html>We are setting things up</html>', 'SALESFORCE_UNAVAILABLE'],
    [404, 'text/html', 'Data Not Available', 'ORG_INACTIVE'],
    [302, 'text/html', '', 'SALESFORCE_REFUSED'],
    [200, 'text/html', '<html>Maintenance</html>', 'SALESFORCE_ANSWER_INVALID'],
    [200, 'application/json', '{"access_token":"00DdM00', 'SALESFORCE_ANSWER_INVALID'],
    [204, 'application/json', '', 'SALESFORCE_REFUSED'],
  ])('explains a %i of type %s', async (status, contentType, body, code) => {
    const { origin } = await startOrg((_request, response) => {
      response.writeHead(status, { 'content-type': contentType }).end(body);
    });
    expect((await failureOf(exchangeCode(input(origin)))).code).toBe(code);
  });

  it('tells a lost answer and an unreachable host apart from a refusal', async () => {
    const { origin } = await startRawLoopback((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expect((await failureOf(exchangeCode(input(origin)))).code).toBe('HOST_UNREACHABLE');
    const closed = await startRawLoopback(() => undefined);
    expect((await failureOf(exchangeCode(input(closed.origin.replace('http:', 'ftp:'))))).code).toBe(
      'HOST_NOT_ALLOWED',
    );
  });

  it('never shows a secret, whatever the token endpoint answers', async () => {
    let answer = { status: 400, body: '', type: 'application/json' };
    const { origin } = await startOrg((_request, response) => {
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
    const words = fc.constantFrom(...Object.values(SECRETS), 'invalid_grant', 'x');
    const bodies = fc.oneof(
      fc.record({ error: words, error_description: words }).map((body) => JSON.stringify(body)),
      fc
        .record({ access_token: words, token_type: words, id: words, instance_url: words })
        .map((body) => JSON.stringify(body)),
      fc.tuple(words, words).map((parts) => parts.join('<br>')),
    );
    const status = fc.constantFrom(200, 201, 400, 401, 403, 500, 503);
    const type = fc.constantFrom('application/json', 'text/html', 'text/plain;charset=UTF-8');
    await fc.assert(
      fc.asyncProperty(bodies, status, type, async (body, code, contentType) => {
        answer = { status: code, body, type: contentType };
        await failureOf(exchangeCode(input(origin)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('readCallbackError', () => {
  it.each<[string, string | null, ErrorCode]>([
    ['access-denied', 'end-user denied authorization', 'CONSENT_DENIED'],
    ['OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app', 'APP_USER_NOT_APPROVED'],
    ['OAUTH_APP_ACCESS_DENIED', null, 'APP_USER_NOT_APPROVED'],
    ['OAUTH_EC_APP_NOT_FOUND', 'External client app is not installed in this org', 'APP_NOT_INSTALLED'],
    ['OAUTH_APP_BLOCKED', 'this app is blocked by admin', 'APP_BLOCKED'],
    ['app_blocked', null, 'APP_BLOCKED'],
    ['invalid_scope', 'the requested scope is not allowed', 'APP_SCOPE_INVALID'],
    ['invalid_request', 'missing required code challenge', 'APP_PKCE_MISSING'],
    [
      'OAUTH_APPROVAL_ERROR_GENERIC',
      'An unexpected error has occured during authentication.',
      'APP_NOT_INSTALLED',
    ],
    ['inactive_user', null, 'USER_INACTIVE'],
    ['inactive_org', null, 'ORG_INACTIVE'],
    ['immediate_unsuccessful', null, 'SALESFORCE_REFUSED'],
  ])('reads %s “%s” as %s', (error, description, code) => {
    const params = new URLSearchParams({ error, ...(description ? { error_description: description } : {}) });
    expect(readCallbackError(params)).toMatchObject({
      code,
      salesforce: { error, description, status: null },
    });
  });

  it('reads a callback without a code as unknown', () => {
    expect(readCallbackError(new URLSearchParams()).code).toBe('SALESFORCE_UNAVAILABLE');
  });

  it('cuts what a stranger wrote into the URL', () => {
    const error = readCallbackError(
      new URLSearchParams({ error: 'e'.repeat(5_000), error_description: 'd'.repeat(5_000) }),
    );
    expect(error.salesforce?.error).toHaveLength(100);
    expect(error.salesforce?.description).toHaveLength(500);
  });
});

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { SpendResult } from '@/lib/egress/types';
import { type LoopbackHandler, sendJson, startLoopback, startRawLoopback } from '@/tests/loopback';
import { requestClientCredentials } from './client-credentials';
import { serviceGrantError } from './errors';
import { requestJwtBearer } from './jwt-bearer';
import { requestPassword } from './password';
import { readServiceAnswer } from './read-answer';

const ORG = '00DdM0000008abcUAA';
const USER = '005dM000001xyzAQAQ';
const expected = { orgId: ORG, userId: USER };
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const tokensOf = (origin: string) => ({
  access_token: '00DdM0000008abc!AQservice',
  scope: 'api id',
  instance_url: origin,
  id: `${origin}/id/${ORG}/${USER}`,
  token_type: 'Bearer',
});

async function endpoint(handler?: LoopbackHandler) {
  const at = { origin: '' };
  const { origin, seen } = await startLoopback(
    handler ?? ((_request, response) => sendJson(response, 200, tokensOf(at.origin))),
  );
  at.origin = origin;
  const app = { tokenHost: origin, clientId: '3MVG9.test', clientSecret: 's3cret+&#' };
  const form = () => new URLSearchParams(seen.at(-1)?.body);
  return { app, seen, form };
}

describe('requestJwtBearer', () => {
  it('sends an assertion that lives two minutes, and nothing else', async () => {
    const { app, form, seen } = await endpoint();
    const outcome = await requestJwtBearer({ app, expected, username: 'ada@acme.example', privateKey });
    expect(outcome).toMatchObject({
      kind: 'success',
      distrust: null,
      answer: { accessToken: '00DdM0000008abc!AQservice', refreshToken: null, ...expected },
    });
    expect([...form().keys()].sort()).toEqual(['assertion', 'grant_type']);
    expect(form().get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload } = await jwtVerify(form().get('assertion') ?? '', createPublicKey(publicKey), {
      algorithms: ['RS256'],
      issuer: app.clientId,
      subject: 'ada@acme.example',
      audience: app.tokenHost,
    });
    const left = (payload.exp ?? 0) - Date.now() / 1000;
    expect(left).toBeGreaterThan(100);
    expect(left).toBeLessThanOrEqual(180);
    expect(seen[0]?.url.search).toBe('');
  });

  it('does not send anything with a key that cannot sign', async () => {
    const { app, seen } = await endpoint();
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const weakKey = weak.export({ type: 'pkcs8', format: 'pem' }) as string;
    for (const key of ['no key', weakKey]) {
      const outcome = await requestJwtBearer({ app, expected, username: 'ada', privateKey: key });
      expect(outcome).toMatchObject({ kind: 'unsent', error: { code: 'INVALID_INPUT' } });
    }
    expect(seen).toHaveLength(0);
  });

  it('does not quote the assertion when Salesforce repeats it', async () => {
    const { app } = await endpoint((request, response) => {
      const assertion = new URLSearchParams(request.body).get('assertion');
      sendJson(response, 400, {
        error: 'invalid_grant',
        error_description: `invalid assertion ${assertion}`,
      });
    });
    const outcome = await requestJwtBearer({ app, expected, username: 'ada', privateKey });
    expect(outcome).toMatchObject({
      kind: 'refused',
      fault: { description: 'invalid assertion [redacted]', status: 400 },
    });
  });
});

describe('requestClientCredentials', () => {
  it('sends key and secret in the body', async () => {
    const { app, form, seen } = await endpoint();
    expect(await requestClientCredentials({ app, expected })).toMatchObject({ kind: 'success' });
    expect(Object.fromEntries(form())).toEqual({
      grant_type: 'client_credentials',
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('does not ask without a secret', async () => {
    const { app, seen } = await endpoint();
    const outcome = await requestClientCredentials({ app: { ...app, clientSecret: null }, expected });
    expect(outcome).toMatchObject({ kind: 'unsent', error: { code: 'MISCONFIGURED' } });
    expect(seen).toHaveLength(0);
  });
});

describe('requestPassword', () => {
  it('writes #42LBMDEH as %2342LBMDEH, with the security token right behind', async () => {
    const { app, seen, form } = await endpoint();
    await requestPassword({
      app,
      expected,
      username: 'ada+x@acme.example',
      password: '#42LBMDEH',
      securityToken: 'Qk7vT2',
    });
    expect(seen[0]?.body).toContain('password=%2342LBMDEHQk7vT2');
    expect(form().get('username')).toBe('ada+x@acme.example');
    expect(seen[0]?.url.href).not.toContain('42LBMDEH');
  });

  it('brings every password over as it was typed', async () => {
    const { app, form } = await endpoint();
    const typed = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(typed, typed, typed, async (username, password, securityToken) => {
        await requestPassword({ app, expected, username, password, securityToken });
        expect(form().get('password')).toBe(password + securityToken);
        expect(form().get('username')).toBe(username);
      }),
      {
        numRuns: 60,
        examples: [
          ['a', '#42LBMDEH', ''],
          ['+& =', '%23+\r\n', '\u0000&password=x'],
        ],
      },
    );
  });
});

describe('what became of a request', () => {
  it('says unsent when the time to send was over, and for a host that is not called', async () => {
    const { app, seen } = await endpoint();
    expect(await requestClientCredentials({ app, expected, mayStillSend: () => false })).toMatchObject({
      kind: 'unsent',
      error: { code: 'TIMEOUT' },
    });
    const elsewhere = { ...app, tokenHost: 'https://evil.example' };
    for (const outcome of [
      await requestClientCredentials({ app: elsewhere, expected }),
      await requestJwtBearer({ app: elsewhere, expected, username: 'ada', privateKey }),
    ]) {
      expect(outcome).toMatchObject({ kind: 'unsent', error: { code: 'HOST_NOT_ALLOWED' } });
    }
    expect(seen).toHaveLength(0);
  });

  it('takes a lost answer for one to ask for again', async () => {
    const { origin } = await startRawLoopback((socket) => {
      socket.once('data', () => socket.destroy());
    });
    const app = { tokenHost: origin, clientId: 'x', clientSecret: 'y' };
    expect(await requestClientCredentials({ app, expected })).toMatchObject({
      kind: 'retry_later',
      fault: { error: 'answer_lost' },
    });
  });
});

const answered = (status: number, body: unknown): SpendResult => ({
  kind: 'answered',
  status,
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const ORIGIN = 'https://acme.my.salesforce.com';

describe('readServiceAnswer', () => {
  it.each([
    [400, 'invalid_grant', 'invalid assertion', 'refused'],
    [400, 'invalid_grant', 'expired authorization code', 'refused'],
    [400, 'invalid_grant', 'authentication failure', 'refused'],
    [400, 'invalid_grant', 'no client credentials user enabled', 'refused'],
    [400, 'oauth_flow_disabled', 'flow is disabled', 'refused'],
    [400, 'unsupported_grant_type', 'grant type not supported', 'refused'],
    [401, 'inactive_user', 'user is inactive', 'refused'],
    [400, 'something_new', 'of 2027', 'refused'],
    [400, 'invalid_client', 'invalid client credentials', 'app_fault'],
    [400, 'invalid_client_id', 'client identifier invalid', 'app_fault'],
    [400, 'app_blocked', 'this app is blocked by admin', 'app_fault'],
    [400, 'invalid_grant', 'ip restricted', 'app_fault'],
    [400, 'invalid_grant', 'token request is already being processed', 'retry_later'],
    [400, 'unknown_error', 'retry your request', 'retry_later'],
    [503, 'service_unavailable', 'service unavailable', 'retry_later'],
    [500, 'server_error', 'an unexpected error', 'retry_later'],
    [429, 'rate', 'slow down', 'retry_later'],
  ] as const)('reads %i %s “%s” as %s', (status, error, description, kind) => {
    const result = answered(status, { error, error_description: description });
    expect(readServiceAnswer(result, expected, [])).toMatchObject({ kind, fault: { error, status } });
  });

  it.each([
    [200, ''],
    [200, '<html>We are setting things up</html>'],
    [200, '{"access_tok'],
    [200, { refresh_token: '5Aep861' }],
    [400, '<html>400</html>'],
    [504, '<html>504</html>'],
  ])('takes %i %j for nobody’s word', (status, body) => {
    expect(readServiceAnswer(answered(status, body), expected, []).kind).toBe('retry_later');
  });

  it('distrusts the answer in another name, but takes whoever comes first', () => {
    const result = answered(200, tokensOf(ORIGIN));
    const other = { orgId: ORG, userId: '005dM000001zzzZQAQ' };
    expect(readServiceAnswer(result, other, [])).toMatchObject({ distrust: { code: 'CONSENT_WRONG_USER' } });
    expect(readServiceAnswer(result, null, [])).toMatchObject({ distrust: null, answer: expected });
  });
});

describe('serviceGrantError', () => {
  it.each([
    ['invalid_grant', 'no client credentials user enabled', 'APP_FLOW_DISABLED'],
    ['invalid_grant', 'request not supported on this domain', 'APP_FLOW_DISABLED'],
    ['invalid_grant', 'invalid assertion', 'GRANT_CREDENTIALS_REFUSED'],
    ['invalid_grant', 'Audience validation failed', 'GRANT_CREDENTIALS_REFUSED'],
    ['invalid_grant', 'expired authorization code', 'GRANT_CREDENTIALS_REFUSED'],
    ['invalid_grant', "user hasn't approved this consumer", 'APP_USER_NOT_APPROVED'],
    ['invalid_grant', 'authentication failure', 'GRANT_CREDENTIALS_REFUSED'],
    ['invalid_grant', 'something else', 'GRANT_CREDENTIALS_REFUSED'],
    ['oauth_flow_disabled', 'x', 'APP_FLOW_DISABLED'],
    ['answer_lost', 'x', 'SALESFORCE_UNAVAILABLE'],
    ['inactive_user', 'user is inactive', 'USER_INACTIVE'],
    ['invalid_grant', 'ip restricted', 'IP_RESTRICTED'],
    ['invalid_client', 'invalid client credentials', 'APP_SECRET_INVALID'],
  ])('reads %s “%s” as %s and never tells anybody to reconnect', (error, description, code) => {
    const read = serviceGrantError({ error, description, status: 400 });
    expect(read).toMatchObject({ code, salesforce: { error, description } });
    expect(`${read.message} ${read.nextStep}`).not.toMatch(/reconnect/i);
  });
});

it('has claims that Salesforce knows, and no others', async () => {
  const { app, form } = await endpoint();
  await requestJwtBearer({ app, expected, username: 'ada', privateKey });
  const claims = decodeJwt(form().get('assertion') ?? '');
  expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iss', 'sub']);
});

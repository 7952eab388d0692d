import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD, DEMO_SECURITY_TOKEN, PRODUCTION, UAT } from '@/simulator/seed/facts';
import { answerOf, type TestClient } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace, franz, ina } = PRODUCTION.users;
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const org = 'production';

function refusal(error: string, description: string) {
  return { status: 400, body: { error, error_description: description } };
}
const invalidGrant = (description: string) => refusal('invalid_grant', description);

function newKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, certificate: publicKey.export({ type: 'spki', format: 'pem' }) as string };
}
const keys = newKeys();

describe('the JWT bearer flow', () => {
  const sim = useSimulator();
  const sign = (claims: Record<string, unknown>, key: KeyObject = keys.privateKey, alg = 'RS256') =>
    new SignJWT({
      iss: PRODUCTION.clientId,
      sub: ada.username,
      aud: sim.client().org.origin,
      exp: Math.floor(Date.now() / 1000) + 120,
      ...claims,
    })
      .setProtectedHeader({ alg })
      .sign(key);
  const send = (client: TestClient, assertion: string, form: Record<string, string> = {}) =>
    client.token({ grant_type: JWT_BEARER, assertion, client_id: null, client_secret: null, ...form });
  const change = (changes: Record<string, unknown>) => sim.control.act({ act: 'change_app', org, changes });
  const ready = () => change({ certificate: keys.certificate, preApproved: [ada.username, ina.username] });
  const ask = async (claims: Record<string, unknown> = {}, key?: KeyObject, alg?: string) =>
    answerOf(send(sim.client(), await sign(claims, key, alg)));

  it('gives an access token and nothing that outlives it', async () => {
    await ready();
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(Object.keys(body as object).sort()).toEqual([
      'access_token',
      'id',
      'instance_url',
      'scope',
      'token_type',
    ]);
    const { access_token, scope } = body as Record<string, string>;
    expect(scope).toContain('api');
    expect(scope).not.toContain('refresh_token');
    const me = await answerOf(sim.client().get('/services/oauth2/userinfo', access_token ?? ''));
    expect(me.body).toMatchObject({ preferred_username: ada.username });
  });

  it('takes prn before sub, a trailing slash, the login host, and the sf CLI’s milliseconds', async () => {
    await ready();
    expect((await ask({ sub: 'nobody', prn: ada.username })).status).toBe(200);
    expect((await ask({ aud: `${sim.client().org.origin}/` })).status).toBe(200);
    expect((await ask({ aud: 'https://login.salesforce.com' })).status).toBe(200);
    expect((await ask({ exp: Date.now() + 300 })).status).toBe(200);
  });

  it('takes an approval with a refresh token where users approve themselves', async () => {
    await change({ certificate: keys.certificate });
    expect(await ask()).toEqual(invalidGrant("user hasn't approved this consumer"));
    await sim.client().connect(ada.username, { scope: 'api openid' });
    expect(await ask()).toEqual(invalidGrant("user hasn't approved this consumer"));
    await sim.client().connect(ada.username);
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['the audience of another org', { aud: 'https://test.salesforce.com' }, 'Audience validation failed'],
    ['a list of audiences', { aud: ['https://login.salesforce.com'] }, 'invalid assertion'],
    ['an hour to live', { exp: Math.floor(Date.now() / 1000) + 3600 }, 'expired authorization code'],
    ['an end four minutes ago', { exp: Math.floor(Date.now() / 1000) - 240 }, 'expired authorization code'],
    ['no end', { exp: undefined }, 'expired authorization code'],
    ['an unknown user', { sub: 'nobody@acme.example' }, "user hasn't approved this consumer"],
    ['no user', { sub: undefined }, "user hasn't approved this consumer"],
  ])('refuses an assertion with %s', async (_name, claims, description) => {
    await ready();
    expect(await ask(claims)).toEqual(invalidGrant(description));
  });

  it('refuses another key, another algorithm, no certificate, and what is no assertion', async () => {
    await ready();
    expect(await ask({}, newKeys().privateKey)).toEqual(invalidGrant('invalid assertion'));
    expect(await ask({}, keys.privateKey, 'RS512')).toEqual(invalidGrant('invalid assertion'));
    expect(await answerOf(send(sim.client(), 'not.a.jwt'))).toEqual(invalidGrant('invalid assertion'));
    await change({ certificate: null });
    expect(await ask()).toEqual(invalidGrant('invalid assertion'));
  });

  it('refuses an unknown app, a blocked one, and users who are inactive or not admitted', async () => {
    await ready();
    expect(await ask({ iss: 'nobody' })).toEqual(refusal('invalid_client_id', 'client identifier invalid'));
    expect(await ask({ sub: ina.username })).toEqual(refusal('inactive_user', 'user is inactive'));
    expect(await ask({ sub: grace.username })).toEqual(
      refusal('invalid_app_access', 'user is not admin approved to access this app'),
    );
    await sim.control.act({ act: 'block_app', org });
    expect(await ask()).toEqual(refusal('app_blocked', 'this app is blocked by admin'));
  });

  it('keeps assertions out of the ledger, and bends to faults of its own', async () => {
    await ready();
    await sim.control.addFault({ fault: 'gateway_timeout_after', endpoint: 'service_grant' });
    const assertion = await sign({});
    expect((await send(sim.client(), assertion)).status).toBe(504);
    const entries = await sim.control.listRequests({ org });
    expect(JSON.stringify(entries)).not.toContain(assertion);
    expect(entries.at(-1)).toMatchObject({
      processed: true,
      username: ada.username,
      clientId: PRODUCTION.clientId,
    });
  });

  it('does not know the parameters of other flows', async () => {
    await ready();
    expect((await send(sim.client(), await sign({}), { refresh_token: 'x' })).status).toBe(501);
    expect((await sim.client().refresh('x', { assertion: 'x' })).status).toBe(501);
  });
});

describe('the client credentials flow', () => {
  const sim = useSimulator();
  const ask = (name: 'production' | 'uat' = 'production', form: Record<string, string | null> = {}) =>
    answerOf(sim.client(name).token({ grant_type: 'client_credentials', ...form }));

  it('runs as the user of the app, without the scopes that are never given', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    const answer = body as Record<string, string>;
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer.scope?.split(' ')).toEqual(['api', 'openid', 'id', 'profile', 'email', 'address', 'phone']);
    const me = await answerOf(sim.client().get('/services/oauth2/userinfo', answer.access_token ?? ''));
    expect(me.body).toMatchObject({ preferred_username: franz.username });
  });

  it('says when nobody is set in the app, or somebody inactive', async () => {
    expect(await ask('uat')).toEqual(invalidGrant('no client credentials user enabled'));
    const changes = { clientCredentialsUser: UAT.users.ina.username };
    await sim.control.act({ act: 'change_app', org: 'uat', changes });
    expect(await ask('uat')).toEqual(refusal('inactive_user', 'user is inactive'));
  });

  it('needs the secret, and an app that is not blocked', async () => {
    const invalid = refusal('invalid_client', 'invalid client credentials');
    expect(await ask(org, { client_secret: null })).toEqual(invalid);
    expect(await ask(org, { client_secret: 'wrong' })).toEqual(invalid);
    await sim.control.act({ act: 'change_app', org, changes: { oauthEnabled: false } });
    expect((await ask()).body).toMatchObject({ error: 'oauth_flow_disabled' });
  });
});

describe('the username-password flow', () => {
  const sim = useSimulator();
  const failure = invalidGrant('authentication failure');
  const allow = () => sim.control.act({ act: 'password_flow', org, on: true });
  const ask = (form: Record<string, string | null> = {}) =>
    answerOf(
      sim.client().token({
        grant_type: 'password',
        username: grace.username,
        password: DEMO_PASSWORD + DEMO_SECURITY_TOKEN,
        ...form,
      }),
    );

  it('is blocked until the org allows it, and reads like a wrong password', async () => {
    expect(await ask()).toEqual(failure);
    await allow();
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('scope');
    expect(body).not.toHaveProperty('refresh_token');
    const token = (body as Record<string, string>).access_token ?? '';
    expect((await sim.client().get('/services/data/v66.0/limits', token)).status).toBe(200);
  });

  it('wants password and security token, of a user who exists and is active', async () => {
    await allow();
    expect(await ask({ password: DEMO_PASSWORD })).toEqual(failure);
    expect(await ask({ username: 'nobody@acme.example' })).toEqual(failure);
    expect(await ask({ username: 'nobody@acme.example', password: '' })).toEqual(failure);
    expect(await ask({ username: ina.username })).toEqual(refusal('inactive_user', 'user is inactive'));
  });

  it('compares a changed password as it was meant, whatever it is made of', async () => {
    await allow();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 8, unit: 'grapheme' }), async (password) => {
        await sim.control.act({ act: 'change_password', org, username: grace.username, password });
        expect((await ask({ password: password + DEMO_SECURITY_TOKEN })).status).toBe(200);
        expect(await ask({ password: `${password}x${DEMO_SECURITY_TOKEN}` })).toEqual(failure);
      }),
      { numRuns: 40, examples: [['#42LBMDEH'], ['a+b %26&=c'], ['ü€😀 ü€😀 ü€😀']] },
    );
    expect(JSON.stringify(await sim.control.listRequests({ org }))).not.toContain(DEMO_SECURITY_TOKEN);
  });
});

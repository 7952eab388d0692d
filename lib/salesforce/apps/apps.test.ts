import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import type { SalesforceClient } from '../types';
import { readAppPolicies } from './read-app-policies';
import { listConsumers, listOAuthApps, readKeyAndSecret } from './read-credentials';
import { discardStaged, readStaged, rotateStaged, stageCredentials } from './staged-credentials';

const { ada, grace } = PRODUCTION.users;
const org = 'production';

function clientWith(accessToken: string, instanceUrl: string): SalesforceClient {
  const grant = async () => ({ accessToken, instanceUrl, generation: 1 });
  return { apiVersion: '66.0', source: { current: grant, renew: grant, used: async () => undefined } };
}

const fault = (code: string) =>
  `<e:Envelope><e:Body><e:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: no</faultstring></e:Fault></e:Body></e:Envelope>`;

describe('the External Client Apps of an org', () => {
  const sim = useSimulator();
  beforeEach(() => allowOrigins(sim.simulator.org(org).origin));

  async function clientOf(username: string): Promise<SalesforceClient> {
    const { access_token } = await sim.client().connect(username);
    return clientWith(access_token, sim.simulator.org(org).origin);
  }

  /** An administrator and the app's only consumer. */
  async function start(secretsByRest = true) {
    await sim.control.act({ act: 'secrets_by_rest', org, on: secretsByRest });
    const client = await clientOf(ada.username);
    const appId = (await listOAuthApps(client))[0]?.id ?? '';
    const consumerId = (await listConsumers(client, appId))[0]?.id ?? '';
    return { client, path: { appId, consumerId } };
  }

  it('are listed with their consumers', async () => {
    const { client, path } = await start();
    expect(await listOAuthApps(client)).toEqual([
      { id: path.appId, developerName: 'Orgdock', label: 'Orgdock' },
    ]);
    expect(await listConsumers(client, path.appId)).toEqual([
      { id: path.consumerId, key: PRODUCTION.clientId, name: 'Orgdock' },
    ]);
  });

  it('give key and secret, or the key and the reason', async () => {
    const open = await start();
    expect(await readKeyAndSecret(open.client, open.path)).toEqual({
      key: PRODUCTION.clientId,
      secret: PRODUCTION.clientSecret,
      refusal: null,
    });
    const closed = await start(false);
    expect(await readKeyAndSecret(closed.client, closed.path)).toEqual({
      key: PRODUCTION.clientId,
      secret: null,
      refusal: {
        error: 'FUNCTIONALITY_NOT_ENABLED',
        description: 'This feature is not currently enabled for this user.',
        status: 403,
      },
    });
    await expect(readStaged(closed.client, closed.path)).rejects.toMatchObject({
      code: 'SALESFORCE_FORBIDDEN',
      nextStep: expect.stringContaining('View Client Secret'),
    });
  });

  it('stage a second pair, refuse a third, and let it go', async () => {
    const { client, path } = await start();
    expect(await readStaged(client, path)).toBeNull();
    const staged = await stageCredentials(client, path);
    expect(staged).toEqual({
      id: expect.any(String),
      key: PRODUCTION.clientId,
      secret: expect.stringMatching(/^[0-9A-F]{64}$/),
      state: 'active',
      createdAt: expect.any(Date),
      expiresAt: expect.any(Date),
    });
    expect(await readStaged(client, path)).toEqual(staged);
    const refused = await stageCredentials(client, path).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'SALESFORCE_REFUSED', salesforce: { error: 'INVALID_OPERATION' } });
    expect(inspect(refused, { depth: 10 })).not.toContain(staged.secret);
    await discardStaged(client, path, staged.id);
    await discardStaged(client, path, staged.id);
    expect(await readStaged(client, path)).toBeNull();
  });

  it('rotate: the staged pair becomes the main one, and the old one can be ended', async () => {
    const { client, path } = await start();
    const staged = await stageCredentials(client, path);
    await rotateStaged(client, path, staged.id);
    expect(await readKeyAndSecret(client, path)).toMatchObject({ secret: staged.secret });
    const old = await readStaged(client, path);
    expect(old).toMatchObject({ secret: PRODUCTION.clientSecret, state: 'rotated' });
    await discardStaged(client, path, old?.id ?? '');
    expect(await readStaged(client, path)).toBeNull();
  });

  it('are for administrators', async () => {
    const client = await clientOf(grace.username);
    await expect(listOAuthApps(client)).rejects.toMatchObject({
      code: 'SALESFORCE_FORBIDDEN',
      salesforce: { error: 'INSUFFICIENT_ACCESS', status: 403 },
    });
  });

  it('tell what they allow, found by client id or name', async () => {
    const { client, path } = await start();
    const asGrace = await clientOf(grace.username);
    await sim.control.act({
      act: 'change_app',
      org,
      changes: { refreshIdleMs: 30 * 86_400_000, preApproved: [], ipRelaxation: 'Bypass' },
    });
    const policies = await readAppPolicies(client, { clientId: PRODUCTION.clientId });
    expect(policies).toEqual({
      appId: path.appId,
      developerName: 'Orgdock',
      label: 'Orgdock',
      scopes: ['id', 'api', 'web', 'refresh_token', 'openid', 'profile', 'email', 'address', 'phone'],
      refreshTokenPolicy: { type: 'SpecificInactivity', period: 30, unit: 'Days' },
      ipRelaxation: 'Bypass',
      permittedUsers: 'AdminApprovedPreAuthorized',
      requiredSessionLevel: 'STANDARD',
      enabled: true,
      oauthPlugin: true,
      callbackUrls: [CALLBACK, `${CALLBACK}?kept=1`],
      pkceRequired: true,
      rotation: true,
      secretRequiredForCode: true,
      secretRequiredForRefresh: true,
    });
    await sim.control.act({ act: 'rotation', org, on: false });
    await sim.control.act({ act: 'change_app', org, changes: { secretRequiredForCode: false } });
    expect(await readAppPolicies(client, { developerName: 'Orgdock' })).toMatchObject({
      rotation: false,
      secretRequiredForCode: false,
      secretRequiredForRefresh: true,
    });
    await sim.control.act({ act: 'rotation', org, on: true });
    await sim.control.act({ act: 'change_app', org, changes: { secretRequiredForCode: true } });
    expect(await readAppPolicies(client, { developerName: 'orgdock' })).toEqual(policies);
    expect(await readAppPolicies(client, { developerName: "It's not there" })).toBeNull();
    expect(await readAppPolicies(client, { clientId: '3MVG9Nobody' })).toBeNull();
    await expect(readAppPolicies(asGrace, { developerName: 'Orgdock' })).rejects.toMatchObject({
      code: 'SALESFORCE_OBJECT_HIDDEN',
    });
  });

  it('leave out what an org does not have', async () => {
    const { origin } = await startLoopback(({ url }, response) => {
      if (url.pathname.startsWith('/services/Soap/')) {
        return response.writeHead(500, { 'content-type': 'text/xml' }).end(fault('INSUFFICIENT_ACCESS'));
      }
      const isApp = url.searchParams.get('q')?.includes('FROM ExternalClientApplication ');
      if (!isApp) return sendJson(response, 400, [{ errorCode: 'INVALID_TYPE', message: 'x' }]);
      const records = [{ Id: '0xI000000000001AAA', DeveloperName: 'Portal', MasterLabel: null }];
      return sendJson(response, 200, { totalSize: 1, done: true, records });
    });
    const client = clientWith('token', origin);
    expect(await readAppPolicies(client, { developerName: 'Portal' })).toMatchObject({
      label: null,
      scopes: null,
      refreshTokenPolicy: null,
      permittedUsers: null,
      enabled: null,
      oauthPlugin: null,
      callbackUrls: null,
      rotation: null,
    });
  });

  it.each([
    ['shows no row', { status: 200, body: { totalSize: 0, done: true, records: [] } }],
    ['hides the object', { status: 400, body: [{ errorCode: 'INVALID_TYPE', message: 'x' }] }],
  ])('are there when the org lists their key, even if a query %s', async (_what, answer) => {
    const id = '0xI000000000001AAA';
    const { origin } = await startLoopback(({ url }, response) => {
      if (url.pathname.startsWith('/services/Soap/')) {
        return response.writeHead(500, { 'content-type': 'text/xml' }).end(fault('INSUFFICIENT_ACCESS'));
      }
      if (url.searchParams.has('q')) return sendJson(response, answer.status, answer.body);
      if (url.pathname.endsWith('/apps/oauth/usage')) {
        const apps = [{ identifier: id, developerName: 'Portal', label: 'The portal' }];
        return sendJson(response, 200, { apps });
      }
      return sendJson(response, 200, { consumers: [{ id: '888000000000001', key: 'the-key' }] });
    });
    const client = clientWith('token', origin);
    expect(await readAppPolicies(client, { clientId: 'the-key' })).toMatchObject({
      appId: id,
      developerName: 'Portal',
      label: 'The portal',
      scopes: null,
      enabled: null,
      permittedUsers: null,
    });
    expect(await readAppPolicies(client, { clientId: 'another' })).toBeNull();
  });

  it('are read no other way than documented', async () => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 200, {
        stagedCredentials: [{ id: 'x', key: 'k', secret: 's3cret-canary', state: '?' }],
      }),
    );
    const client = clientWith('token', origin);
    const path = { appId: '0xI000000000001', consumerId: '888000000000001' };
    const failure = await readStaged(client, path).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    expect(inspect(failure, { depth: 10 })).not.toContain('canary');
    await expect(readStaged(client, { ...path, appId: '../sobjects' })).rejects.toThrow(TypeError);
  });
});

describe('a change', () => {
  const path = { appId: '0xI000000000001', consumerId: '888000000000001' };

  it('is sent once, whatever comes back', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.writeHead(503).end());
    await expect(stageCredentials(clientWith('token', origin), path)).rejects.toMatchObject({
      code: 'SALESFORCE_UNAVAILABLE',
    });
    expect(seen.map(({ method, body }) => [method, body])).toEqual([['POST', '{}']]);
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { signInAt } from '@/simulator/testing/admin';
import { answerOf, TestClient } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace } = PRODUCTION.users;
const org = 'production';

interface Pair {
  id: string;
  key: string;
  secret: string;
  state: string;
}

describe('the credentials of an app', () => {
  const sim = useSimulator();

  /** An administrator, the paths of the app's resources, and whether a secret works. */
  async function start() {
    await sim.control.act({ act: 'secrets_by_rest', org, on: true });
    const admin = await signInAt(sim);
    type Usage = { apps: Array<{ developerName: string; identifier: string }> };
    const usage = await admin.call<Usage>('GET', '/apps/oauth/usage');
    const app = `/apps/oauth/credentials/${usage.body.apps[0]?.identifier}`;
    type Consumers = { consumers: Array<{ id: string; key: string }> };
    const consumers = (await admin.call<Consumers>('GET', app)).body.consumers;
    const consumer = `${app}/${consumers[0]?.id}`;
    const staged = `${consumer}/staged`;
    const pairs = async () =>
      (await admin.call<{ stagedCredentials: Pair[] }>('GET', staged)).body.stagedCredentials;
    const tokens = await sim.client().connect(grace.username);
    /** Status of a refresh of Grace's grant with this secret; the grant moves on when it works. */
    const refresh = async (clientSecret: string) => {
      const client = new TestClient({ ...sim.simulator.org(org), clientSecret });
      const answer = await answerOf(client.refresh(tokens.refresh_token));
      const body = answer.body as { refresh_token?: string; error?: string };
      tokens.refresh_token = body.refresh_token ?? tokens.refresh_token;
      return body.error ?? 'works';
    };
    return { admin, usage, consumers, consumer, staged, pairs, refresh };
  }

  it('are found from the list of apps, by the ids of app and consumer', async () => {
    const { admin, usage, consumers, consumer } = await start();
    expect(usage.body.apps).toMatchObject([
      { developerName: 'Orgdock', identifier: expect.stringMatching(/^0xI/) },
    ]);
    expect(consumers).toMatchObject([{ id: expect.stringMatching(/^888/), key: PRODUCTION.clientId }]);
    const [key, secret, both] = await Promise.all(
      ['', '?part=secret', '?part=keyandsecret'].map(
        async (part) => (await admin.call('GET', consumer + part)).body,
      ),
    );
    const id = consumers[0]?.id;
    expect(key).toEqual({ id, key: PRODUCTION.clientId });
    expect(secret).toEqual({ id, secret: PRODUCTION.clientSecret });
    expect(both).toEqual({ id, key: PRODUCTION.clientId, secret: PRODUCTION.clientSecret });
    expect((await admin.call('GET', `${consumer}?part=all`)).status).toBe(400);
    expect((await admin.call('GET', consumer.replace('/888', '/889'))).status).toBe(404);
  });

  it('keep their secret to themselves while the org’s setting is off, as it is in Production', async () => {
    const { admin, consumer, staged } = await start();
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    const refusal = { status: 403, body: [{ errorCode: 'FUNCTIONALITY_NOT_ENABLED' }] };
    expect(await admin.call('GET', `${consumer}?part=keyandsecret`)).toMatchObject(refusal);
    expect(await admin.call('GET', staged)).toMatchObject(refusal);
    expect(await admin.call('POST', staged, '{}')).toMatchObject(refusal);
    expect((await admin.call('GET', consumer)).status).toBe(200);
  });

  it('are open in UAT and closed in Production from the start', async () => {
    const secretOf = async (name: 'production' | 'uat', username: string) => {
      const client = sim.client(name);
      const { access_token: token } = await client.connect(username);
      const root = '/services/data/v66.0/apps/oauth';
      const read = async (path: string) => (await answerOf(client.get(root + path, token))).body;
      const { apps } = (await read('/usage')) as { apps: Array<{ identifier: string }> };
      const app = `/credentials/${apps[0]?.identifier}`;
      const { consumers } = (await read(app)) as { consumers: Array<{ id: string }> };
      return read(`${app}/${consumers[0]?.id}?part=secret`);
    };
    expect(await secretOf('uat', UAT.users.ada.username)).toMatchObject({ secret: UAT.clientSecret });
    expect(await secretOf('production', ada.username)).toMatchObject([
      { errorCode: 'FUNCTIONALITY_NOT_ENABLED' },
    ]);
  });

  it('are for System Administrators', async () => {
    const { staged } = await start();
    const user = await signInAt(sim, grace.username);
    for (const path of ['/apps/oauth/usage', staged]) {
      expect((await user.call('GET', path)).status).toBe(403);
    }
  });

  it('have one staged pair at most, which works at once beside the main one', async () => {
    const { admin, staged, pairs, refresh } = await start();
    expect(await pairs()).toEqual([]);
    expect((await admin.call('POST', staged)).status).toBe(400);
    const made = await admin.call<{ stagedCredentials: Pair[] }>('POST', staged, '{}');
    const [pair] = made.body.stagedCredentials;
    expect(made.status).toBe(201);
    expect(pair).toMatchObject({ key: PRODUCTION.clientId, state: 'Active' });
    expect(await pairs()).toMatchObject([{ id: pair?.id }]);
    expect((await admin.call('POST', staged, '{}')).status).toBe(400);
    expect(await refresh(PRODUCTION.clientSecret)).toBe('works');
    expect(await refresh(pair?.secret ?? '')).toBe('works');
    expect((await admin.call('DELETE', `${staged}/${pair?.id}`)).status).toBe(204);
    expect(await pairs()).toEqual([]);
    expect(await refresh(pair?.secret ?? '')).toBe('invalid_client');
    expect((await admin.call('DELETE', `${staged}/${pair?.id}`)).status).toBe(404);
  });

  it('keep the old secret for 30 days after a rotation, and all tokens', async () => {
    const { admin, consumer, staged, pairs, refresh } = await start();
    await admin.call('POST', staged, '{}');
    const [pair] = await pairs();
    const rotated = await admin.call('PATCH', `${staged}/${pair?.id}`, '{"command":"rotate"}');
    expect(rotated.status).toBe(200);
    expect((await admin.call('GET', `${consumer}?part=keyandsecret`)).body).toMatchObject({
      key: PRODUCTION.clientId,
      secret: pair?.secret,
    });
    expect(await pairs()).toMatchObject([{ secret: PRODUCTION.clientSecret, state: 'Rotated' }]);
    expect(await refresh(PRODUCTION.clientSecret)).toBe('works');
    await sim.control.advanceClock(31 * 86_400_000);
    expect(await refresh(PRODUCTION.clientSecret)).toBe('invalid_client');
    expect(await refresh(pair?.secret ?? '')).toBe('works');
  });

  it('lose old secret and tokens at once where the org revokes them', async () => {
    const { admin, staged, pairs, refresh } = await start();
    await sim.control.act({ act: 'secret_rotation', org, behaviour: 'revokes_all' });
    await admin.call('POST', staged, '{}');
    const [pair] = await pairs();
    await admin.call('PATCH', `${staged}/${pair?.id}`, '{"command":"rotate"}');
    expect(await refresh(PRODUCTION.clientSecret)).toBe('invalid_client');
    expect(await refresh(pair?.secret ?? '')).toBe('invalid_grant');
    const grants = await sim.control.listGrants(org);
    expect(grants.map(({ ended }) => ended)).toEqual(grants.map(() => 'secret_rotated'));
    expect(grants.length).toBeGreaterThan(1);
  });

  it('may get a new key with the new secret, and keep their grants under both', async () => {
    const { admin, consumers, staged, pairs } = await start();
    await sim.control.act({ act: 'secret_rotation', org, behaviour: 'keeps_old', new_key: true });
    await admin.call('POST', staged, '{}');
    const [pair] = await pairs();
    expect(pair?.key).toMatch(/^3MVG9/);
    expect(pair?.key).not.toBe(consumers[0]?.key);
    const { refresh_token: token } = await sim.client().connect(grace.username);
    await admin.call('PATCH', `${staged}/${pair?.id}`, '{"command":"rotate"}');
    const { key = '', secret = '' } = pair ?? {};
    const withPair = (clientId: string, clientSecret: string) =>
      new TestClient({ ...sim.simulator.org(org), clientId, clientSecret });
    const old = await answerOf(sim.client().refresh(token));
    const { refresh_token: next } = old.body as { refresh_token: string };
    const mixed = await answerOf(withPair(key, PRODUCTION.clientSecret).refresh(next));
    expect(mixed.body).toMatchObject({ error: 'invalid_client' });
    expect((await answerOf(withPair(key, secret).refresh(next))).status).toBe(200);
    await sim.control.advanceClock(31 * 86_400_000);
    expect((await sim.client().open()).url).toContain('invalid_client_id');
    expect((await withPair(key, secret).open()).url).toContain('/login');
  });

  it('follow that setting in Setup, too, when told', async () => {
    const { refresh } = await start();
    await sim.control.act({ act: 'change_secret', org, clientSecret: 'NEW1', follows_policy: true });
    expect(await refresh(PRODUCTION.clientSecret)).toBe('works');
    await sim.control.act({ act: 'change_secret', org, clientSecret: 'NEW2' });
    expect(await refresh('NEW1')).toBe('invalid_client');
  });

  it('do not know commands that nobody documented', async () => {
    const { admin, staged, pairs } = await start();
    await admin.call('POST', staged, '{}');
    const [pair] = await pairs();
    expect((await admin.call('PATCH', `${staged}/${pair?.id}`, '{"command":"spin"}')).status).toBe(501);
  });
});

describe('the objects of an app', () => {
  const sim = useSimulator();

  it('tell what Setup says at the moment', async () => {
    const admin = await signInAt(sim);
    const facts = async () => {
      const [app] = await admin.query('SELECT Id, DeveloperName, MasterLabel FROM ExternalClientApplication');
      const [scopes] = await admin.query(
        'SELECT OauthScopesAPI, OauthScopesFULL FROM ExtlClntAppOauthSettings',
      );
      const [policy] = await admin.query(
        'SELECT RefreshTokenPolicyType, RefreshTokenValidityPeriod, RefreshTokenValidityUnit, PermittedUsersPolicyType, IpRelaxationPolicyType, ExternalClientApplicationId FROM ExtlClntAppOauthPlcyCnfg',
      );
      const [plugins] = await admin.query('SELECT IsEnabled, OauthPluginStatus FROM ExtlClntAppPlcyCnfg');
      return { ...app, ...scopes, ...policy, ...plugins };
    };
    const before = await facts();
    expect(before).toMatchObject({
      DeveloperName: 'Orgdock',
      OauthScopesAPI: true,
      OauthScopesFULL: false,
      RefreshTokenPolicyType: 'Infinite',
      RefreshTokenValidityPeriod: null,
      PermittedUsersPolicyType: 'AllSelfAuthorized',
      ExternalClientApplicationId: (before as { Id?: string }).Id,
      IsEnabled: true,
      OauthPluginStatus: 'Enabled',
    });
    const changes = {
      refreshLifetimeMs: 90 * 86_400_000,
      preApproved: [ada.username],
      ipRelaxation: 'Bypass',
      scopes: ['full'],
      oauthEnabled: false,
    } as const;
    const change = { ...changes, preApproved: [...changes.preApproved], scopes: [...changes.scopes] };
    await sim.control.act({ act: 'change_app', org, changes: change });
    expect(await facts()).toMatchObject({
      OauthScopesAPI: false,
      OauthScopesFULL: true,
      RefreshTokenPolicyType: 'SpecificLifetime',
      RefreshTokenValidityPeriod: 90,
      RefreshTokenValidityUnit: 'Days',
      PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      IpRelaxationPolicyType: 'Bypass',
      OauthPluginStatus: 'Disabled',
    });
  });

  it('do not exist for others, and what the Metadata API alone knows does not exist at all', async () => {
    const [admin, user] = [await signInAt(sim), await signInAt(sim, grace.username)];
    const ask = (who: typeof admin, object: string) =>
      who.call('GET', `/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`);
    const invalid = { status: 400, body: [{ errorCode: 'INVALID_TYPE' }] };
    expect(await ask(user, 'ExtlClntAppOauthPlcyCnfg')).toMatchObject(invalid);
    expect(await ask(admin, 'ExtlClntAppGlobalOauthSettings')).toMatchObject(invalid);
    expect((await ask(admin, 'ExtlClntAppOauthPlcyCnfg')).status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf, type TokenSet } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace } = PRODUCTION.users;
const EXPIRED = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
};
const DAY = 24 * 60 * 60_000;

describe('refreshing', () => {
  const sim = useSimulator();

  async function refreshed(refreshToken: string): Promise<TokenSet> {
    const response = await sim.client().refresh(refreshToken);
    expect(response.status).toBe(200);
    return (await response.json()) as TokenSet;
  }

  it('rotates: a new refresh token each time, the scope unchanged', async () => {
    const first = await sim.client().connect(ada.username);
    const second = await refreshed(first.refresh_token);
    const third = await refreshed(second.refresh_token);
    expect(new Set([first.refresh_token, second.refresh_token, third.refresh_token]).size).toBe(3);
    expect(third.scope).toBe(first.scope);
    expect(third).not.toHaveProperty('expires_in');
    expect(await sim.control.counts()).toMatchObject({ refreshes: 2, violations: 0 });
  });

  it('leaves earlier access tokens of the grant alive', async () => {
    const client = sim.client();
    const first = await client.connect(ada.username);
    await refreshed(first.refresh_token);
    expect((await client.get('/services/oauth2/userinfo', first.access_token)).status).toBe(200);
  });

  it('revokes the grant and its access tokens when a consumed token comes again, and counts it', async () => {
    const client = sim.client();
    const first = await client.connect(ada.username);
    const second = await refreshed(first.refresh_token);
    expect(await answerOf(client.refresh(first.refresh_token))).toEqual(EXPIRED);
    expect(await answerOf(client.refresh(second.refresh_token))).toEqual(EXPIRED);
    for (const token of [first.access_token, second.access_token]) {
      expect((await client.get('/services/oauth2/userinfo', token)).status).toBe(403);
    }
    expect((await sim.control.counts()).violations).toBe(1);
    expect((await sim.control.listGrants('production')).at(-1)?.ended).toBe('replayed');
  });

  it('counts a consumed token even when the client is refused', async () => {
    const client = sim.client();
    const first = await client.connect(ada.username);
    await refreshed(first.refresh_token);
    await client.refresh(first.refresh_token, { client_secret: 'wrong' });
    expect((await sim.control.counts()).violations).toBe(1);
  });

  it('lets one request through while others are told that it is being processed', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'slow', endpoint: 'refresh', ms: 300 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => answerOf(client.refresh(refresh_token))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    expect(answers.filter(({ status }) => status === 400).map(({ body }) => body)).toEqual(
      Array.from({ length: 4 }, () => ({
        error: 'invalid_grant',
        error_description: 'token request is already being processed',
      })),
    );
    expect(await sim.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('ends without a new token when the grant is revoked while it is being processed', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'slow', endpoint: 'refresh', ms: 300 });
    const pending = answerOf(client.refresh(refresh_token));
    await sim.control.act({ act: 'revoke_grants', org: 'production' });
    expect(await pending).toEqual(EXPIRED);
  });

  it('keeps the refresh token when rotation is off', async () => {
    await sim.control.act({ act: 'rotation', org: 'production', on: false });
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    expect(await refreshed(refresh_token)).not.toHaveProperty('refresh_token');
    expect(await refreshed(refresh_token)).not.toHaveProperty('refresh_token');
  });

  it.each([null, 'wrong'])('refuses the secret %s and leaves the token unspent', async (secret) => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    const refused = await client.refresh(refresh_token, { client_secret: secret });
    expect((await answerOf(refused)).body).toEqual({
      error: 'invalid_client',
      error_description: 'invalid client credentials',
    });
    await refreshed(refresh_token);
  });

  it('does without the secret when the app says so', async () => {
    await sim.control.act({
      act: 'change_app',
      org: 'production',
      changes: { secretRequiredForRefresh: false },
    });
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    expect((await client.refresh(refresh_token, { client_secret: null })).status).toBe(200);
  });

  it('ignores a code_verifier, which jsforce sends', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    expect((await client.refresh(refresh_token, { code_verifier: 'v'.repeat(171) })).status).toBe(200);
  });

  it('kills the oldest of six grants of one user and app, not those of others', async () => {
    const client = sim.client();
    const other = await client.connect(grace.username);
    const grants: TokenSet[] = [];
    for (let n = 0; n < 6; n++) grants.push(await client.connect(ada.username));
    expect(await answerOf(client.refresh(grants[0]?.refresh_token ?? ''))).toEqual(EXPIRED);
    const oldest = await client.get('/services/oauth2/userinfo', grants[0]?.access_token ?? '');
    expect(oldest.status).toBe(403);
    for (const grant of [...grants.slice(1), other]) await refreshed(grant.refresh_token);
    expect((await sim.control.counts()).violations).toBe(0);
  });

  it('does not count an openid sign-in as one of the five', async () => {
    const client = sim.client();
    const kept = await client.connect(ada.username);
    for (let n = 0; n < 6; n++) await client.connect(ada.username, { scope: 'openid' });
    await refreshed(kept.refresh_token);
  });

  it('expires an idle refresh token by policy, sliding with use', async () => {
    await sim.control.act({ act: 'change_app', org: 'production', changes: { refreshIdleMs: 30 * DAY } });
    const client = sim.client();
    let { refresh_token } = await client.connect(ada.username);
    for (let n = 0; n < 3; n++) {
      await sim.control.advanceClock(20 * DAY);
      refresh_token = (await refreshed(refresh_token)).refresh_token;
    }
    await sim.control.advanceClock(31 * DAY);
    expect(await answerOf(client.refresh(refresh_token))).toEqual(EXPIRED);
  });

  it('expires a refresh token by its age, however it is used', async () => {
    const changes = { refreshLifetimeMs: 30 * DAY };
    await sim.control.act({ act: 'change_app', org: 'production', changes });
    const client = sim.client();
    let { refresh_token } = await client.connect(ada.username);
    for (let n = 0; n < 2; n++) {
      await sim.control.advanceClock(14 * DAY);
      refresh_token = (await refreshed(refresh_token)).refresh_token;
    }
    await sim.control.advanceClock(3 * DAY);
    expect(await answerOf(client.refresh(refresh_token))).toEqual(EXPIRED);
    expect((await sim.control.listGrants('production')).at(-1)?.ended).toBe('lifetime');
    await refreshed((await client.connect(ada.username)).refresh_token);
  });

  it.each([
    { act: 'deactivate_user', org: 'production', username: ada.username } as const,
    { act: 'freeze_user', org: 'production', username: ada.username } as const,
    {
      act: 'change_password',
      org: 'production',
      username: ada.username,
      password: 'another-one',
    } as const,
    { act: 'block_app', org: 'production' } as const,
    { act: 'uninstall_app', org: 'production' } as const,
    { act: 'revoke_grants', org: 'production', username: ada.username } as const,
  ])('reads "expired" after $act', async (act) => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.act(act);
    expect(await answerOf(client.refresh(refresh_token))).toEqual(EXPIRED);
  });

  it('lets a frozen user back in with the same token, and keeps out sessions meanwhile', async () => {
    const client = sim.client();
    const { refresh_token, access_token } = await client.connect(ada.username);
    const freeze = (frozen: boolean) =>
      sim.control.act({ act: 'freeze_user', org: 'production', username: ada.username, frozen });
    await freeze(true);
    expect((await client.get('/services/data/v66.0/limits', access_token)).status).toBe(401);
    expect((await client.introspect(refresh_token)).status).toBe(200);
    expect((await answerOf(client.introspect(refresh_token))).body).toEqual({ active: false });
    await freeze(false);
    await refreshed(refresh_token);
  });

  it('ends everything of one user with a changed password, and nothing of others', async () => {
    const client = sim.client();
    const mine = await client.connect(ada.username);
    const other = await client.connect(grace.username);
    await client.obtainCode(ada.username);
    const act = { act: 'change_password', org: 'production', username: ada.username } as const;
    expect(await sim.control.act({ ...act, password: 'another-one' })).toBe(1);
    expect((await client.get('/services/oauth2/userinfo', mine.access_token)).status).toBe(403);
    const { url } = await client.open();
    expect(new URL(url).pathname).toBe('/login');
    expect((await client.logIn(url, ada.username)).response.status).toBe(200);
    expect((await client.logIn(url, ada.username, 'another-one')).url).not.toContain('/login');
    await refreshed(other.refresh_token);
  });

  it('refuses a made-up token and one of another org', async () => {
    const { refresh_token } = await sim.client('production').connect(ada.username);
    expect(await answerOf(sim.client('uat').refresh(refresh_token))).toEqual(EXPIRED);
    expect(await answerOf(sim.client().refresh('5Aep861made-up'))).toEqual(EXPIRED);
    expect((await sim.control.counts()).violations).toBe(0);
  });

  it('tells a changed instance URL', async () => {
    const { refresh_token } = await sim.client().connect(ada.username);
    const instanceUrl = 'https://acme2.my.salesforce.com';
    await sim.control.act({ act: 'change_instance_url', org: 'production', instanceUrl });
    expect((await refreshed(refresh_token)).instance_url).toBe(instanceUrl);
  });

  it('tells a changed org id, and access tokens of the old one are dead', async () => {
    const client = sim.client();
    const { refresh_token, access_token } = await client.connect(ada.username);
    const orgId = '00DdM000001AAAAUA4';
    await sim.control.act({ act: 'change_org_id', org: 'production', orgId });
    expect((await client.get('/services/oauth2/userinfo', access_token)).status).toBe(403);
    expect((await refreshed(refresh_token)).id).toContain(`/id/${orgId}/`);
  });
});

import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD, PRODUCTION, UAT } from '@/simulator/seed/facts';
import { CALLBACK, VERIFIER } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

describe('the control API', () => {
  const sim = useSimulator();

  it('lists the orgs with their own origins', async () => {
    const orgs = await sim.control.listOrgs();
    expect(orgs.map(({ name, orgId }) => [name, orgId])).toEqual([
      ['production', PRODUCTION.orgId],
      ['uat', UAT.orgId],
    ]);
    expect(new Set([...orgs.map((org) => org.origin), sim.simulator.controlOrigin]).size).toBe(3);
  });

  it('keeps secrets out of the ledger and tells tokens apart by their hash', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    await client.refresh(tokens.refresh_token);
    await client.token({ token: tokens.access_token }, {}, 'introspect');
    const entries = await sim.control.listRequests({ org: 'production' });
    const text = JSON.stringify(entries);
    for (const secret of [
      tokens.access_token,
      tokens.refresh_token,
      client.org.clientSecret,
      'orgdock-demo-1',
    ]) {
      expect(text).not.toContain(secret);
    }
    const refresh = entries.find((entry) => entry.params.grant_type === 'refresh_token');
    expect(refresh).toMatchObject({
      status: 200,
      processed: true,
      username: ada.username,
      clientId: client.org.clientId,
      params: { refresh_token: '***', client_secret: '***' },
    });
    const grants = await sim.control.listGrants('production');
    expect(refresh?.tokens.refresh_token).toMatch(/^[0-9a-f]{12}$/);
    expect(grants[0]?.refreshToken).not.toBe(refresh?.tokens.refresh_token);
    expect(grants[0]).toMatchObject({ username: ada.username, rotations: 1, ended: null });
  });

  it('fills a field of every row with a text, until the reset', async () => {
    const client = sim.client();
    const soql = encodeURIComponent('SELECT Industry FROM Account LIMIT 2');
    const industries = async () => {
      const { access_token } = await client.connect(ada.username);
      const answer = await fetch(`${client.org.origin}/services/data/v66.0/query?q=${soql}`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      return ((await answer.json()) as { records: Array<{ Industry: string }> }).records.map(
        ({ Industry }) => Industry,
      );
    };
    await sim.control.act({ act: 'fill_field', org: 'production', field: 'Account.Industry', value: '<b>' });
    expect(await industries()).toEqual(['<b>', '<b>']);
    await sim.control.reset();
    expect(await industries()).not.toContain('<b>');
  });

  it('lists every secret that was given out or shown, over a reset, and none of a login', async () => {
    const before = new Set((await sim.control.listIssued()).map(({ value }) => value));
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    const tokens = (await (await client.exchange(code)).json()) as Record<string, string>;
    await sim.control.addFault({ org: 'production', fault: 'drop_after', endpoint: 'refresh' });
    await expect(client.refresh(tokens.refresh_token ?? '')).rejects.toThrow();
    await client.refresh('5Aep-shown-only');
    await client.token(
      { client_id: null, client_secret: null, token: 'x' },
      {
        authorization: `Basic ${btoa(`${client.org.clientId}:basic%20secret`)}`,
      },
    );
    await client.get('/services/data', '00D-shown-only');
    await sim.control.reset();
    const issued = await sim.control.listIssued();
    expect(issued).toEqual(
      expect.arrayContaining([
        { kind: 'authorization code', value: code },
        { kind: 'access token', value: tokens.access_token },
        { kind: 'refresh token', value: tokens.refresh_token },
        { kind: 'id token', value: tokens.id_token },
        { kind: 'code verifier', value: VERIFIER },
        { kind: 'consumer secret', value: client.org.clientSecret },
        { kind: 'consumer secret', value: UAT.clientSecret },
        { kind: 'consumer secret', value: 'basic secret' },
        { kind: 'refresh token', value: '5Aep-shown-only' },
        { kind: 'access token', value: '00D-shown-only' },
      ]),
    );
    // The pair whose answer was dropped is among them.
    const fresh = issued.filter(({ value }) => /^5Aep861/.test(value) && !before.has(value));
    expect(fresh).toHaveLength(2);
    expect(issued.map(({ value }) => value)).not.toContain(DEMO_PASSWORD);
  });

  it('lists only requests after a sequence number', async () => {
    await sim.client().get('/id/keys', null);
    const [first] = await sim.control.listRequests();
    await sim.client().get('/.well-known/openid-configuration', null);
    const later = await sim.control.listRequests({ after: first?.sequence ?? 0 });
    expect(later.map((entry) => entry.path)).toEqual(['/.well-known/openid-configuration']);
  });

  it('counts unknown paths and methods as 501', async () => {
    const client = sim.client();
    expect((await client.get('/services/apexrest/x', null)).status).toBe(501);
    expect((await client.get('/services/oauth2/userinfo?color=blue', null)).status).toBe(501);
    expect((await fetch(`${client.org.origin}/id/keys`, { method: 'DELETE' })).status).toBe(501);
    expect((await client.get('/%zz', null)).status).toBe(501);
    expect((await sim.control.counts()).unknown).toBe(4);
  });

  it('puts everything back with reset', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    const org = 'production';
    await sim.control.act({ act: 'block_app', org });
    await sim.control.act({ act: 'change_secret', org, clientSecret: 'other' });
    await sim.control.act({ act: 'change_instance_url', org, instanceUrl: 'https://elsewhere.example' });
    await sim.control.act({ act: 'change_org_id', org, orgId: UAT.orgId });
    await sim.control.act({ act: 'deactivate_user', org, username: ada.username });
    await sim.control.act({ act: 'freeze_user', org, username: ada.username });
    await sim.control.act({ act: 'change_password', org, username: ada.username, password: 'another-one' });
    await sim.control.addFault({ fault: 'drop_before', endpoint: 'any', count: null });
    await sim.control.advanceClock(86_400_000);
    await sim.control.reset();
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
    const again = await client.connect(ada.username);
    expect(again.id).toContain(PRODUCTION.orgId);
    expect(again.instance_url).toBe(client.org.origin);
    expect(Math.abs((await sim.control.now()) - Date.now())).toBeLessThan(60_000);
    expect((await sim.control.counts()).violations).toBe(0);
  });

  it('ends log-in sessions and forgets approvals', async () => {
    const client = sim.client();
    await client.obtainCode(ada.username);
    expect(await sim.control.act({ act: 'forget_approvals', org: 'production' })).toBe(1);
    expect((await client.open()).response.status).toBe(200);
    expect(await sim.control.act({ act: 'end_login_sessions', org: 'production' })).toBe(1);
    expect(new URL((await client.open()).url).pathname).toBe('/login');
  });

  it('refuses names and shapes that it does not know', async () => {
    await expect(sim.control.act({ act: 'block_app', org: 'nowhere' })).rejects.toThrow('no org "nowhere"');
    const nobody = { act: 'revoke_grants', org: 'uat', username: 'nobody' } as const;
    await expect(sim.control.act(nobody)).rejects.toThrow('no user "nobody"');
    const wrong = await fetch(`${sim.simulator.controlOrigin}/nothing`);
    expect(wrong.status).toBe(404);
    const broken = await fetch(`${sim.simulator.controlOrigin}/acts`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
  });

  it('answers only under a loopback name', async () => {
    const url = new URL(sim.simulator.controlOrigin);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(
        { host: '127.0.0.1', port: url.port, path: '/orgs', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      call.on('error', reject).end();
    });
    expect(status).toBe(403);
  });

  it('registers the callback URLs that it was started with', async () => {
    const { response } = await sim.client().open({ redirect_uri: CALLBACK });
    expect(response.status).toBe(200);
    const { url } = await sim.client('uat').open({ redirect_uri: `${CALLBACK}?kept=1` });
    expect(url).toContain('redirect_uri_mismatch');
  });
});

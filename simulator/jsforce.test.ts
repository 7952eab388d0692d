import jsforce, { type UserInfo } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { CALLBACK, TestClient } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { Connection, OAuth2 } = jsforce;
const { ada } = PRODUCTION.users;

/** A client that others wrote: what it sends and expects was not shaped by us. */
describe('jsforce', () => {
  const sim = useSimulator();

  /** Its authorize URL taken through the pages, its own exchange. */
  async function connect(): Promise<{ connection: InstanceType<typeof Connection>; userInfo: UserInfo }> {
    const client = new TestClient(sim.simulator.org('production'));
    const { origin, clientId, clientSecret } = client.org;
    const oauth2 = new OAuth2({
      loginUrl: origin,
      clientId,
      clientSecret,
      redirectUri: CALLBACK,
      useVerifier: true,
    });
    const url = oauth2.getAuthorizationUrl({ scope: 'api refresh_token id', state: 'js', prompt: 'login' });
    const login = await client.browser.follow(url);
    const consent = await client.logIn(login.url, ada.username);
    const callback =
      consent.response.status === 200
        ? await client.decide(consent.url, 'allow')
        : new URL(consent.response.headers.get('location') ?? '');
    const connection = new Connection({ oauth2, instanceUrl: origin });
    const userInfo = await connection.authorize(callback.searchParams.get('code') ?? '');
    return { connection, userInfo };
  }

  it('logs in without code_challenge_method and with a verifier of 171 characters', async () => {
    const { connection, userInfo } = await connect();
    expect(userInfo).toMatchObject({ id: ada.id, organizationId: PRODUCTION.orgId });
    expect(connection.oauth2.codeVerifier).toHaveLength(171);
    expect((await sim.control.counts()).unknown).toBe(0);
  });

  it('queries to the end, describes and asks who it is', async () => {
    const { connection } = await connect();
    const result = await connection.query('SELECT Id, Name FROM Account', {
      autoFetch: true,
      maxFetch: 10_000,
    });
    expect(result.records).toHaveLength(60);
    expect(connection.limitInfo.apiUsage?.limit).toBe(1_000_000);
    const account = await connection.describe('Account');
    expect(account.keyPrefix).toBe('001');
    expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain('Opportunity');
    expect((await connection.identity()).username).toBe(ada.username);
    expect((await sim.control.counts()).unknown).toBe(0);
  });

  it('refreshes once after a 401 and replays the call', async () => {
    const { connection } = await connect();
    await sim.control.act({ act: 'expire_access_tokens', org: 'production' });
    expect((await connection.query('SELECT Id FROM Account LIMIT 1')).totalSize).toBe(1);
    expect(await sim.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
  });

  it('is caught when it drops the rotated refresh token: its second refresh kills the grant', async () => {
    const { connection } = await connect();
    const query = () => connection.query('SELECT Id FROM Account LIMIT 1');
    await sim.control.act({ act: 'expire_access_tokens', org: 'production' });
    await query();
    await sim.control.act({ act: 'expire_access_tokens', org: 'production' });
    await expect(query()).rejects.toThrow('expired access/refresh token');
    expect((await sim.control.counts()).violations).toBe(1);
    expect((await sim.control.listGrants('production'))[0]?.ended).toBe('replayed');
  });

  it('keeps working when it takes the rotated token from the refresh event', async () => {
    const { connection } = await connect();
    connection.on('refresh', (_: string, answer: { refresh_token?: string }) => {
      if (answer.refresh_token) connection.refreshToken = answer.refresh_token;
    });
    for (let n = 0; n < 3; n++) {
      await sim.control.act({ act: 'expire_access_tokens', org: 'production' });
      await connection.query('SELECT Id FROM Account LIMIT 1');
    }
    expect(await sim.control.counts()).toMatchObject({ refreshes: 3, violations: 0 });
  });

  it('does not refresh for the 401 that means "not for the REST API"', async () => {
    const { connection } = await connect();
    const message = 'This session is not valid for use with the REST API';
    await sim.control.addFault({
      fault: 'rest_error',
      endpoint: 'query',
      status: 401,
      errorCode: 'INVALID_SESSION_ID',
      message,
    });
    await expect(connection.query('SELECT Id FROM Account')).rejects.toThrow(message);
    expect((await sim.control.counts()).refreshes).toBe(0);
  });

  it('logs out by revoking', async () => {
    const { connection } = await connect();
    await connection.logout(true);
    expect((await sim.control.listGrants('production'))[0]?.ended).toBe('revoked');
  });
});

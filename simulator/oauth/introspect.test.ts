import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf, type TokenSet } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;
const INACTIVE = { status: 200, body: { active: false } };

describe('introspecting', () => {
  const sim = useSimulator();

  it('tells the end of an access token: the session timeout after its last use', async () => {
    const client = sim.client();
    const { access_token, id } = await client.connect(ada.username);
    const { body } = await answerOf(client.introspect(access_token));
    expect(body).toMatchObject({
      active: true,
      scope: 'api refresh_token openid',
      client_id: client.org.clientId,
      username: ada.username,
      sub: id,
      token_type: 'access_token',
    });
    const { exp, iat, nbf } = body as Record<string, number>;
    expect((exp ?? 0) - (iat ?? 0)).toBe(7200);
    expect(nbf).toBe(iat);
  });

  it('knows a refresh token that works, without an end', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    const { body } = await answerOf(client.introspect(refresh_token));
    expect(body).toMatchObject({ active: true, token_type: 'refresh_token' });
    expect(body).not.toHaveProperty('exp');
    expect((await client.refresh(refresh_token)).status).toBe(200);
  });

  it('calls revoked, expired and unknown tokens inactive', async () => {
    const client = sim.client();
    const { access_token, refresh_token } = await client.connect(ada.username);
    await sim.control.advanceClock(2 * 60 * 60_000 + 1000);
    expect(await answerOf(client.introspect(access_token))).toEqual(INACTIVE);
    await sim.control.act({ act: 'revoke_grants', org: 'production' });
    expect(await answerOf(client.introspect(refresh_token))).toEqual(INACTIVE);
    expect(await answerOf(client.introspect('unknown'))).toEqual(INACTIVE);
  });

  it('needs the client’s secret', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const refused = await client.token({ token: access_token, client_secret: null }, {}, 'introspect');
    expect(await answerOf(refused)).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
  });

  it('counts a consumed refresh token apart and leaves the grant alone', async () => {
    const client = sim.client();
    const first = await client.connect(ada.username);
    const second = (await (await client.refresh(first.refresh_token)).json()) as TokenSet;
    expect(await answerOf(client.introspect(first.refresh_token))).toEqual(INACTIVE);
    expect(await sim.control.counts()).toMatchObject({ introspectedConsumed: 1, violations: 0 });
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });

  it('revokes the grant for that in the mode that says so', async () => {
    await sim.control.act({ act: 'introspection_revokes', org: 'production', on: true });
    const client = sim.client();
    const first = await client.connect(ada.username);
    const second = (await (await client.refresh(first.refresh_token)).json()) as TokenSet;
    await client.introspect(first.refresh_token);
    expect((await client.refresh(second.refresh_token)).status).toBe(400);
    expect((await sim.control.counts()).violations).toBe(0);
  });
});

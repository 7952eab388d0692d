import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf, type TokenSet } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

describe('revoking', () => {
  const sim = useSimulator();

  function revoke(token: string): Promise<Response> {
    return sim.client().token({ token, client_id: null, client_secret: null }, {}, 'revoke');
  }

  it('ends a refresh token with all its access tokens, with an empty 200', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    const response = await revoke(tokens.refresh_token);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect((await client.get('/services/oauth2/userinfo', tokens.access_token)).status).toBe(403);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('ends only an access token when given one', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    expect((await revoke(tokens.access_token)).status).toBe(200);
    expect((await client.get('/services/oauth2/userinfo', tokens.access_token)).status).toBe(403);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('takes a GET', async () => {
    const { refresh_token } = await sim.client().connect(ada.username);
    const { origin } = sim.client().org;
    const response = await fetch(
      `${origin}/services/oauth2/revoke?token=${encodeURIComponent(refresh_token)}`,
    );
    expect(response.status).toBe(200);
  });

  it('takes the unescaped "!" of an access token', async () => {
    const { access_token } = await sim.client().connect(ada.username);
    const response = await fetch(`${sim.client().org.origin}/services/oauth2/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${access_token}`,
    });
    expect(response.status).toBe(200);
  });

  it('refuses tokens that are dead, unknown or none at all', async () => {
    const { refresh_token, access_token } = await sim.client().connect(ada.username);
    await revoke(refresh_token);
    for (const token of [refresh_token, access_token, '5Aep861unknown']) {
      expect(await answerOf(revoke(token))).toMatchObject({ status: 400, body: { error: 'invalid_token' } });
    }
    expect(await answerOf(revoke('nonsense'))).toEqual({
      status: 400,
      body: { error: 'unsupported_token_type', error_description: 'this token type is not supported' },
    });
  });

  it('counts a consumed refresh token as a violation and ends its grant', async () => {
    const client = sim.client();
    const first = await client.connect(ada.username);
    const second = (await (await client.refresh(first.refresh_token)).json()) as TokenSet;
    expect((await revoke(first.refresh_token)).status).toBe(400);
    expect((await client.refresh(second.refresh_token)).status).toBe(400);
    const violations = (await sim.control.listRequests()).filter((entry) => entry.violation);
    expect(violations.map((entry) => entry.violation)).toEqual(['consumed_at_revoke']);
  });

  it('validates client credentials when they are sent', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    const wrong = await client.token({ token: refresh_token, client_secret: 'wrong' }, {}, 'revoke');
    expect((await answerOf(wrong)).body).toMatchObject({ error: 'invalid_client' });
    expect((await client.token({ token: refresh_token }, {}, 'revoke')).status).toBe(200);
  });
});

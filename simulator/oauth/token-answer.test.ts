import { createHmac } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

describe('a token answer', () => {
  const sim = useSimulator();

  it('has the fields of Salesforce and no expires_in', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    expect(Object.keys(tokens).sort()).toEqual(
      [
        'access_token',
        'id',
        'id_token',
        'instance_url',
        'issued_at',
        'refresh_token',
        'scope',
        'signature',
        'token_type',
      ].sort(),
    );
    expect(tokens.access_token.startsWith(`${PRODUCTION.orgId.slice(0, 15)}!`)).toBe(true);
    expect(tokens.refresh_token).toMatch(/^5Aep861/);
    expect(tokens.issued_at).toMatch(/^\d{13}$/);
    expect(tokens.scope).toBe('api refresh_token openid');
    expect(tokens.instance_url).toBe(client.org.origin);
    expect(tokens.id).toBe(`${client.org.origin}/id/${PRODUCTION.orgId}/${ada.id}`);
    expect(tokens.token_type).toBe('Bearer');
  });

  it('signs id and issued_at with the client secret', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    const expected = createHmac('sha256', client.org.clientSecret)
      .update(tokens.id + tokens.issued_at)
      .digest('base64');
    expect(tokens.signature).toBe(expected);
  });

  it('carries an RS256 id_token with the nonce that the published keys verify', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username, { nonce: 'n-42' });
    const keys = createRemoteJWKSet(new URL(`${client.org.origin}/id/keys`));
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token, keys, {
      issuer: client.org.origin,
      audience: client.org.clientId,
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ nonce: 'n-42', sub: tokens.id, preferred_username: ada.username });
  });

  it('has no refresh token without that scope and no id_token without openid', async () => {
    const client = sim.client();
    const openidOnly = await client.connect(ada.username, { scope: 'openid' });
    expect(openidOnly).not.toHaveProperty('refresh_token');
    const apiOnly = await client.connect(ada.username, { scope: 'api' });
    expect(apiOnly).not.toHaveProperty('id_token');
  });

  it('grants every scope of the app when none is asked for', async () => {
    const tokens = await sim.client().connect(ada.username, { scope: null });
    expect(tokens.scope).toBe('api refresh_token openid id profile email address phone web');
  });
});

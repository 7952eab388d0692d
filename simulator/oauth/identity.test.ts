import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, franz, noapi } = PRODUCTION.users;

describe('the identity services', () => {
  const sim = useSimulator();

  it('tell who the user is at userinfo', async () => {
    const client = sim.client();
    const { access_token, id } = await client.connect(franz.username);
    const response = await client.get('/services/oauth2/userinfo', access_token);
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      sub: id,
      user_id: franz.id,
      organization_id: PRODUCTION.orgId,
      preferred_username: franz.username,
      zoneinfo: 'Europe/Berlin',
      locale: 'de_DE',
      utcOffset: 3_600_000,
      updated_at: '2026-05-06T09:49:19Z',
      urls: { rest: `${client.org.origin}/services/data/v{version}/` },
    });
  });

  it('serve a user without API access, and a token with openid only', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(noapi.username, { scope: 'openid' });
    expect((await client.get('/services/oauth2/userinfo', access_token)).status).toBe(200);
  });

  it('tell the same at the identity URL, by header or by parameter, with the version filled in', async () => {
    const client = sim.client();
    const { access_token, id } = await client.connect(ada.username);
    const byHeader = await client.get(new URL(id).pathname, access_token);
    expect(await byHeader.json()).toMatchObject({ username: ada.username, display_name: 'Ada Okafor', id });
    const query = new URLSearchParams({ format: 'json', version: 'latest', oauth_token: access_token });
    const byParameter = await fetch(`${id}?${query}`);
    expect(await byParameter.json()).toMatchObject({
      urls: { query: `${client.org.origin}/services/data/v68.0/query/` },
    });
  });

  it('refuse in plain text with 403', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const refusalOf = async (path: string, token: string | null) => {
      const response = await client.get(path, token);
      expect(response.status).toBe(403);
      return response.text();
    };
    expect(await refusalOf('/services/oauth2/userinfo', null)).toBe('Missing_OAuth_Token');
    expect(await refusalOf('/services/oauth2/userinfo', '00Dx!no')).toBe('Bad_OAuth_Token');
    expect(await refusalOf(`/id/00D000000000000EAA/${ada.id}`, access_token)).toBe('Wrong_Org');
    expect(await refusalOf(`/id/${PRODUCTION.orgId}/${franz.id}`, access_token)).toBe('Bad_Id');
    await sim.control.act({ act: 'deactivate_user', org: 'production', username: ada.username });
    expect(await refusalOf('/services/oauth2/userinfo', access_token)).toBe('Inactive_App_User');
  });

  it('are described by the discovery document of this very host', async () => {
    const client = sim.client();
    const response = await client.get('/.well-known/openid-configuration', null);
    const document = (await response.json()) as Record<string, string>;
    expect(document.issuer).toBe(client.org.origin);
    expect(document.token_endpoint).toBe(`${client.org.origin}/services/oauth2/token`);
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  });
});

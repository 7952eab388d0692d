import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, noapi } = PRODUCTION.users;
const QUERY = `/services/data/v66.0/query?${new URLSearchParams({ q: 'SELECT Id FROM Account LIMIT 1' })}`;

function invalidSession(message = 'Session expired or invalid') {
  return { status: 401, body: [{ message, errorCode: 'INVALID_SESSION_ID' }] };
}

describe('a data call', () => {
  const sim = useSimulator();

  it('without a token, with a made-up one or in the wrong scheme answers 401 as an array', async () => {
    const client = sim.client();
    expect(await answerOf(client.get(QUERY, null))).toEqual(invalidSession());
    expect(await answerOf(client.get(QUERY, '00DdM000001ctenUAA!made.up'))).toEqual(invalidSession());
    const { access_token } = await client.connect(ada.username);
    const basic = await client.get(QUERY, null, { authorization: `Basic ${access_token}` });
    expect(basic.status).toBe(401);
  });

  it('works with Bearer and with OAuth as scheme', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    expect((await client.get(QUERY, access_token)).status).toBe(200);
    expect((await client.get(QUERY, null, { authorization: `OAuth ${access_token}` })).status).toBe(200);
  });

  it('keeps its session alive by use and loses it after two idle hours', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    for (let n = 0; n < 3; n++) {
      await sim.control.advanceClock(90 * 60_000);
      expect((await client.get(QUERY, access_token)).status).toBe(200);
    }
    await sim.control.advanceClock(2 * 60 * 60_000 + 1000);
    expect(await answerOf(client.get(QUERY, access_token))).toEqual(invalidSession());
  });

  it('answers 401 once access tokens are expired, until they are refreshed', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    const expire = { act: 'expire_access_tokens', org: 'production' } as const;
    expect(await sim.control.act({ ...expire, username: ada.username })).toBe(1);
    expect((await client.get(QUERY, tokens.access_token)).status).toBe(401);
    const renewed = (await (await client.refresh(tokens.refresh_token)).json()) as { access_token: string };
    expect((await client.get(QUERY, renewed.access_token)).status).toBe(200);
    expect(await sim.control.act(expire)).toBe(1);
  });

  it('does not serve a token without the api scope, in the words that mean "do not refresh"', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username, { scope: 'openid' });
    expect(await answerOf(client.get(QUERY, access_token))).toEqual(
      invalidSession('This session is not valid for use with the REST API'),
    );
  });

  it('answers API_DISABLED_FOR_ORG to a user without API access', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(noapi.username);
    expect(await answerOf(client.get(QUERY, access_token))).toEqual({
      status: 403,
      body: [
        { message: 'The REST API is not enabled for this Organization.', errorCode: 'API_DISABLED_FOR_ORG' },
      ],
    });
  });

  it.each([
    { act: 'block_app', org: 'production' } as const,
    { act: 'uninstall_app', org: 'production' } as const,
    { act: 'deactivate_user', org: 'production', username: ada.username } as const,
    { act: 'revoke_grants', org: 'production' } as const,
  ])('answers 401 after $act', async (act) => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    await sim.control.act(act);
    expect(await answerOf(client.get(QUERY, access_token))).toEqual(invalidSession());
  });

  it('counts the org’s API budget in Sforce-Limit-Info, not for open resources', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const usage = async () => (await client.get(QUERY, access_token)).headers.get('sforce-limit-info');
    expect(await usage()).toBe('api-usage=1/1000000');
    expect(await usage()).toBe('api-usage=2/1000000');
    const versions = await client.get('/services/data', null);
    expect(versions.status).toBe(200);
    expect(versions.headers.get('sforce-limit-info')).toBeNull();
  });

  it('answers REQUEST_LIMIT_EXCEEDED when the budget is used up, until 24 hours later', async () => {
    const client = sim.client();
    await sim.control.act({ act: 'use_api_calls', org: 'production', used: 1_000_000 });
    const { access_token, refresh_token } = await client.connect(ada.username);
    expect(await answerOf(client.get(QUERY, access_token))).toEqual({
      status: 403,
      body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    await sim.control.advanceClock(24 * 60 * 60_000);
    const renewed = (await (await client.refresh(refresh_token)).json()) as { access_token: string };
    expect((await client.get(QUERY, renewed.access_token)).status).toBe(200);
  });

  it('carries the headers and cookies of Salesforce', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const { headers } = await client.get(QUERY, access_token);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('cache-control')).toBe('no-cache,must-revalidate,max-age=0,no-store,private');
    expect(headers.get('vary')).toBe('Accept-Encoding');
    expect(headers.get('x-robots-tag')).toBe('none');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('server')).toBe('sfdcedge');
    expect(headers.get('x-sfdc-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('retry-after')).toBeNull();
    const names = headers.getSetCookie().map((line) => line.split('=')[0]);
    expect(names).toEqual(['CookieConsentPolicy', 'LSKey-c$CookieConsentPolicy', 'BrowserId']);
  });

  it('is compressed when the caller takes gzip, and not otherwise', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const zipped = await rawGet(client.org.origin, access_token, { 'accept-encoding': 'gzip' });
    expect(zipped.encoding).toBe('gzip');
    const plain = await rawGet(client.org.origin, access_token, {});
    expect(plain.encoding).toBeUndefined();
    expect(JSON.parse(gunzipSync(zipped.body).toString())).toEqual(JSON.parse(plain.body.toString()));
  });

  it('is pretty with X-PrettyPrint, compact without', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const pretty = await (await client.get(QUERY, access_token, { 'x-prettyprint': '1' })).text();
    expect(pretty).toContain('\n  "totalSize" : 1,');
    const compact = await (await client.get(QUERY, access_token)).text();
    expect(compact).not.toContain('\n');
    expect(JSON.parse(pretty)).toEqual(JSON.parse(compact));
  });

  it('may start its path with two slashes, as sf does', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    expect((await client.get(`/${QUERY}`, access_token)).status).toBe(200);
  });

  it('gets 414 for a URI beyond 16,384 bytes', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    expect((await client.get(`${QUERY}${'%20'.repeat(6000)}`, access_token)).status).toBe(414);
  });

  it('gets 431 when URI and headers together are beyond that', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const headers = { 'x-long': 'x'.repeat(16_000) };
    expect((await client.get(`${QUERY}${'%20'.repeat(200)}`, access_token, headers)).status).toBe(431);
  });

  it.each(['/services/data/v66.0/nothing', `${QUERY}&colour=blue`])(
    'gets 501 for %s, counted',
    async (path) => {
      const client = sim.client();
      const { access_token } = await client.connect(ada.username);
      expect((await client.get(path, access_token)).status).toBe(501);
      expect((await sim.control.counts()).unknown).toBe(1);
    },
  );

  it('gets the fault that is set for it', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const fault = { errorCode: 'SERVER_UNAVAILABLE', message: 'maintenance', status: 503 };
    await sim.control.addFault({ fault: 'rest_error', endpoint: 'query', ...fault });
    expect(await answerOf(client.get(QUERY, access_token))).toEqual({
      status: 503,
      body: [{ message: 'maintenance', errorCode: 'SERVER_UNAVAILABLE' }],
    });
  });
});

/** Node's own client: fetch would ask for gzip and unpack it unseen. */
function rawGet(
  origin: string,
  token: string,
  headers: Record<string, string>,
): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, ...headers };
    httpRequest(origin + QUERY, { headers: all }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

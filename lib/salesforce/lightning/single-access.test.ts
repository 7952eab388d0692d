import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ApiMeter, SalesforceClient } from '@/lib/salesforce/types';
import { allowOrigins, type LoopbackHandler, sendJson, startLoopback } from '@/tests/loopback';
import { lightningRecordPath } from './record-path';
import { allowsSingleAccess, singleAccess } from './single-access';

const PATH = lightningRecordPath('Account', '001000000000001AAA');

async function startOrg(handler: LoopbackHandler) {
  const { origin, seen } = await startLoopback(handler);
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  let generation = 1;
  const grant = () => ({ accessToken: `token-${generation}-canary`, instanceUrl: origin, generation });
  const client: SalesforceClient = {
    apiVersion: '66.0',
    meter,
    source: {
      current: async () => grant(),
      renew: async (used) => {
        generation = used + 1;
        return grant();
      },
      used: async () => undefined,
    },
  };
  return { client, origin, seen, meter };
}

/** An org that answers with this address; `{origin}` stands for its own. */
const answering = (uri: unknown) =>
  startOrg((request, response) => {
    const own = `http://${request.headers.host}`;
    sendJson(response, 200, { frontdoor_uri: typeof uri === 'string' ? uri.replace('{origin}', own) : uri });
  });

describe('singleAccess', () => {
  it('sends the token in the header and the page as redirect_uri, and gives the front door of the org', async () => {
    const { client, origin, seen } = await answering('{origin}/secur/frontdoor.jsp?otp=x&startURL=y');
    expect(await singleAccess(client, PATH)).toBe(`${origin}/secur/frontdoor.jsp?otp=x&startURL=y`);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.method).toBe('POST');
    expect(seen[0]?.url.href).not.toContain('canary');
    expect(seen[0]?.url.pathname).toBe('/services/oauth2/singleaccess');
    expect(seen[0]?.headers.authorization).toBe('Bearer token-1-canary');
    expect(seen[0]?.body).toBe('redirect_uri=%2Flightning%2Fr%2FAccount%2F001000000000001AAA%2Fview');
  });

  it.each([
    ['another host', 'https://evil.example/secur/frontdoor.jsp?otp=x'],
    ['another org', 'https://other.my.salesforce.com/secur/frontdoor.jsp?otp=x'],
    ['another page', '{origin}/evil?otp=x'],
    ['a path alone', '/secur/frontdoor.jsp?otp=x'],
    ['a session id', '{origin}/secur/frontdoor.jsp?sid=00Dx'],
    ['a session id in capitals', '{origin}/secur/frontdoor.jsp?otp=x&SID=00Dx'],
    ['the access token', '{origin}/secur/frontdoor.jsp?otp=token%2D1-canary'],
    ['a script', 'javascript:alert(1)'],
    ['a user name', 'https://a@acme.my.salesforce.com/secur/frontdoor.jsp?otp=x'],
    ['nothing', ''],
    ['no text', 7],
  ])('refuses an answer with %s, and does not repeat it', async (_what, uri) => {
    const { client } = await answering(uri);
    const error = await singleAccess(client, PATH).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(?:SALESFORCE_ANSWER_INVALID|HOST_NOT_ALLOWED)$/),
    });
    expect(inspect(error, { depth: Infinity })).not.toMatch(/otp=|sid=|canary/i);
  });

  it.each([
    [401, '{"error":"invalid_token"}'],
    [403, 'Bad_OAuth_Token'],
  ])('renews an ended token once after %i %s', async (status, body) => {
    const { client, seen, origin } = await startOrg((request, response) =>
      request.headers.authorization?.includes('-1-')
        ? response.writeHead(status).end(body)
        : sendJson(response, 200, {
            frontdoor_uri: `http://${request.headers.host}/secur/frontdoor.jsp?otp=x`,
          }),
    );
    expect(await singleAccess(client, PATH)).toBe(`${origin}/secur/frontdoor.jsp?otp=x`);
    expect(seen).toHaveLength(2);
  });

  it.each([
    [400, 'SALESFORCE_FORBIDDEN'],
    [403, 'SALESFORCE_FORBIDDEN'],
    [500, 'SALESFORCE_UNAVAILABLE'],
    [503, 'SALESFORCE_UNAVAILABLE'],
  ])('does not send again after %i', async (status, code) => {
    const { client, seen } = await startOrg((_request, response) =>
      sendJson(response, status, { error: 'invalid_scope', error_description: 'no token-1-canary' }),
    );
    const error = await singleAccess(client, PATH).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, salesforce: { error: 'invalid_scope', status } });
    expect(inspect(error, { depth: Infinity })).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });

  it('calls no instance URL that is not allowed', async () => {
    const { client, seen } = await answering('x');
    allowOrigins('http://127.0.0.1:1');
    await expect(singleAccess(client, PATH)).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    expect(seen).toHaveLength(0);
  });
});

describe('allowsSingleAccess', () => {
  it.each([
    [['api', 'web', 'refresh_token'], true],
    [['full'], true],
    [['api', 'refresh_token', 'openid'], false],
    [['visualforce', 'webapp'], false],
    [[], false],
  ])('of %j is %s', (scopes, expected) => expect(allowsSingleAccess(scopes)).toBe(expected));
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readGlobalSettings } from '@/lib/salesforce/apps/read-global-settings';
import { type LoopbackHandler, startLoopback } from '@/tests/loopback';
import type { SalesforceClient } from '../types';
import { callMetadata } from './call-metadata';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
/** A fault whose words repeat the access token that was sent. */
const fault = (code: string, request: string) => {
  const [, token] = /<sessionId>([^<]+)</.exec(request) ?? [];
  if (!token) throw new Error('no access token was sent');
  return `<e:Envelope><e:Body><e:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${token} &amp; no</faultstring></e:Fault></e:Body></e:Envelope>`;
};
const answer = (inside: string) => `<e:Envelope xmlns="${NAMESPACE}"><e:Body>${inside}</e:Body></e:Envelope>`;

/** A client whose access token is `00Dx!canary<generation>`; a renewal adds one. */
async function startOrg(handler: LoopbackHandler) {
  const { origin, seen } = await startLoopback(handler);
  let generation = 1;
  const grant = async () => ({ accessToken: `00Dx!canary${generation}`, instanceUrl: origin, generation });
  const renew = async (used: number) => {
    generation = used + 1;
    return grant();
  };
  const source = { current: grant, renew, used: async () => undefined };
  const client: SalesforceClient = { apiVersion: '66.0', source };
  return { client, seen };
}

describe('callMetadata', () => {
  it('renews an ended access token once', async () => {
    const { client, seen } = await startOrg((request, response) => {
      const isOld = request.body.includes('canary1<');
      response
        .writeHead(isOld ? 500 : 200)
        .end(isOld ? fault('INVALID_SESSION_ID', request.body) : answer('<ok/>'));
    });
    expect(await callMetadata(client, '<x/>')).toContain('<ok/>');
    expect(seen.map(({ url }) => url.pathname)).toEqual(['/services/Soap/m/66.0', '/services/Soap/m/66.0']);
    expect(seen[0]?.headers).toMatchObject({ soapaction: '""' });
  });

  it.each([
    ['INVALID_SESSION_ID', 'SALESFORCE_SESSION_REFUSED'],
    ['INSUFFICIENT_ACCESS', 'SALESFORCE_FORBIDDEN'],
    ['REQUEST_LIMIT_EXCEEDED', 'SALESFORCE_LIMIT_EXCEEDED'],
  ])('tells a fault %s apart, without the token in its words', async (code, ours) => {
    const { client } = await startOrg((request, response) =>
      response.writeHead(500).end(fault(code, request.body)),
    );
    const error = await callMetadata(client, '<x/>').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: ours, salesforce: { error: code } });
    const words = inspect(error, { depth: 10 });
    expect(words).toContain('& no');
    expect(words).not.toContain('canary');
  });

  it.each([
    [200, '<html>Setting things up</html>', 'SALESFORCE_ANSWER_INVALID'],
    [503, '', 'SALESFORCE_UNAVAILABLE'],
  ])('does not take %i %j for an answer', async (status, body, code) => {
    const { client } = await startOrg((_request, response) => response.writeHead(status).end(body));
    await expect(callMetadata(client, '<x/>')).rejects.toMatchObject({ code });
  });
});

describe('readGlobalSettings', () => {
  it('looks through the apps ten at a time, those named after the app first', async () => {
    const names = [...Array.from({ length: 14 }, (_, index) => `Other${index}`), 'Portal_glbl'];
    const { client, seen } = await startOrg((request, response) => {
      const asked = [...request.body.matchAll(/<fullNames>(\w+)</g)].map(([, name]) => name);
      const entries = names.map((name) => `<result><fullName>${name}</fullName></result>`).join('');
      const records = asked.map((name) =>
        name === 'Other13'
          ? '<records xsi:type="x"><callbackUrl>https://a.example/1?x&amp;y&#10;https://a.example/2</callbackUrl><externalClientApplication>Hidden</externalClientApplication><isPkceRequired>true</isPkceRequired></records>'
          : '<records xsi:nil="true"/>',
      );
      const body = asked.length === 0 ? entries : records.join('');
      response.writeHead(200).end(answer(body));
    });
    expect(await readGlobalSettings(client, 'hidden')).toEqual({
      callbackUrls: ['https://a.example/1?x&y', 'https://a.example/2'],
      pkceRequired: true,
      rotation: null,
      secretRequiredForCode: null,
      secretRequiredForRefresh: null,
    });
    expect(seen).toHaveLength(3);
    expect(await readGlobalSettings(client, 'Portal')).toBeNull();
    expect(seen[4]?.body).toContain(
      '<readMetadata><type>ExtlClntAppGlobalOauthSettings</type><fullNames>Portal_glbl<',
    );
  });
});

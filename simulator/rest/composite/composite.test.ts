import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { dataBench, jsonOf } from '@/simulator/testing/data-service';
import { useSimulator } from '@/simulator/testing/simulator';

const bench = dataBench();
const ROOT = '/services/data/v66.0';
const accounts = bench.service.data.table('Account');
const id = accounts?.ids.idOf(7) ?? '';

interface Sub {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

function queryUrl(soql: string): string {
  return `${ROOT}/query?q=${encodeURIComponent(soql)}`;
}

function gets(...urls: string[]) {
  return urls.map((url, index) => ({ method: 'GET', url, referenceId: `ref${index}` }));
}

async function send(compositeRequest: unknown[], more: object = {}) {
  const response = await bench.post(`${ROOT}/composite`, { compositeRequest, ...more });
  const value = jsonOf<{ compositeResponse: Sub[] } & { errorCode: string }[]>(response);
  return { status: response.status, unknown: response.unknown, value, subs: value.compositeResponse ?? [] };
}

describe('composite', () => {
  it('answers queries, records and describes in their order, under their reference ids', async () => {
    const { status, subs } = await send(
      gets(
        queryUrl('SELECT Id, Name FROM Account LIMIT 2'),
        `${ROOT}/sobjects/Account/${id}?fields=Name`,
        `${ROOT}/sobjects/Account/describe`,
      ),
    );
    expect(status).toBe(200);
    expect(subs.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode])).toEqual([
      ['ref0', 200],
      ['ref1', 200],
      ['ref2', 200],
    ]);
    expect(Object.keys(subs[0] ?? {})).toEqual(['body', 'httpHeaders', 'httpStatusCode', 'referenceId']);
    expect(subs[0]).toMatchObject({ body: { totalSize: 2, done: true }, httpHeaders: {} });
    expect(subs[1]?.body).toMatchObject({ Id: id });
    // Subresponses do not pad the day.
    expect(subs[2]?.httpHeaders['Last-Modified']).toBe('Wed, 6 May 2026 09:49:20 GMT');
    expect(subs[2]?.httpHeaders.ETag).toMatch(/^"[0-9a-f]{8}"$/);
  });

  it('pages through a locator, and gives a query the options of its own headers', async () => {
    const [first] = (
      await send([
        {
          method: 'GET',
          url: queryUrl('SELECT Id FROM Account'),
          referenceId: 'a',
          httpHeaders: { 'Sforce-Query-Options': 'batchSize=200' },
        },
      ])
    ).subs;
    const { nextRecordsUrl } = (first?.body ?? {}) as { nextRecordsUrl: string };
    expect(nextRecordsUrl).toMatch(/-200$/);
    const [second] = (await send(gets(nextRecordsUrl))).subs;
    expect(second?.body).toMatchObject({ totalSize: 400, done: true });
  });

  it('tells a 304 without a body', async () => {
    const url = `${ROOT}/sobjects/Account/describe`;
    const etag = String((await bench.get(url)).headers?.ETag);
    const [sub] = (
      await send([{ method: 'GET', url, referenceId: 'd', httpHeaders: { 'If-None-Match': etag } }])
    ).subs;
    expect(sub).toMatchObject({ httpStatusCode: 304, body: null });
  });

  it('lets one subrequest fail alone, and all of them with allOrNone', async () => {
    const urls = gets(queryUrl('SELECT Id FROM Account LIMIT 1'), queryUrl('SELECT Nope FROM Account'));
    const missing = gets(
      `${ROOT}/sobjects/Account/001dM0000000001AAA`,
      `${ROOT}/query/0r8dM0000000001AAA-2000`,
    );
    expect((await send(missing)).subs).toMatchObject([
      { httpStatusCode: 404, body: [{ errorCode: 'NOT_FOUND' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] },
    ]);
    expect((await send(urls)).subs).toMatchObject([
      { httpStatusCode: 200 },
      { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD' }] },
    ]);
    expect((await send(urls, { allOrNone: true })).subs).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD' }] },
    ]);
  });

  it('refuses more than 25 subrequests and more than five queries', async () => {
    const describes = Array.from({ length: 26 }, () => `${ROOT}/sobjects/Account/describe`);
    expect((await send(gets(...describes))).value).toMatchObject([{ errorCode: 'LIMIT_EXCEEDED' }]);
    expect((await send(gets(...describes.slice(1)))).status).toBe(200);
    const queries = Array.from({ length: 6 }, () => queryUrl('SELECT COUNT() FROM Account'));
    expect((await send(gets(...queries))).value).toMatchObject([{ errorCode: 'LIMIT_EXCEEDED' }]);
    expect((await send(gets(...queries.slice(1)))).status).toBe(200);
  });

  it.each([
    ['no subrequests', []],
    ['a reference id twice', [...gets(`${ROOT}/sobjects/Account/describe`), ...gets(`${ROOT}/query?q=x`)]],
    ['a reference id with a dash', [{ method: 'GET', url: `${ROOT}/query?q=x`, referenceId: 'a-b' }]],
    ['no URL', [{ method: 'GET', referenceId: 'a' }]],
  ])('refuses %s', async (_what, subrequests) => {
    expect(await send(subrequests)).toMatchObject({
      status: 400,
      value: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
  });

  it.each([
    ['POST', [{ method: 'POST', url: `${ROOT}/sobjects/Account`, referenceId: 'a' }]],
    ['another path', gets(`${ROOT}/limits`)],
    ['another version', gets('/services/data/v60.0/query?q=x')],
    ['a reference to another answer', gets(`${ROOT}/sobjects/Account/@{ref0.id}`)],
    ['a URL that is not encoded', gets(`${ROOT}/query?q=SELECT Id FROM Account`)],
    ['a path that does not decode', gets(`${ROOT}/sobjects/Account/%ff`)],
    ['a parameter it does not know', gets(`${ROOT}/query?q=x&color=blue`)],
    ['a body', [{ method: 'GET', url: `${ROOT}/query?q=x`, referenceId: 'a', body: {} }]],
    ['SOQL beyond it', gets(queryUrl('SELECT Id FROM Account USING SCOPE mine'))],
  ])('does not know %s', async (_what, subrequests) => {
    const { status, unknown } = await send(subrequests);
    expect(status).toBe(501);
    expect(unknown).toBeTruthy();
  });

  it('does not know a key of the body, and exists since v38.0', async () => {
    expect((await send([], { collateSubrequests: true })).status).toBe(501);
    const body = { compositeRequest: gets('/services/data/v37.0/query?q=x') };
    expect((await bench.post('/services/data/v37.0/composite', body)).status).toBe(404);
  });
});

describe('composite over the wire', () => {
  const sim = useSimulator();

  it('takes a query that no URL can hold, as one API call', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(PRODUCTION.users.ada.username);
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const describe = await client.get(`${ROOT}/sobjects/Wide__c/describe`, access_token);
    const { fields } = (await describe.json()) as { fields: { name: string }[] };
    const url = queryUrl(`SELECT ${fields.map(({ name }) => name).join(',')} FROM Wide__c LIMIT 2`);
    expect(url.length).toBeGreaterThan(16_384);
    expect((await client.get(url, access_token)).status).toBe(414);
    const before = (await sim.control.listOrgs())[0]?.apiUsed ?? 0;
    const answer = await fetch(`${client.org.origin}${ROOT}/composite`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ compositeRequest: [...gets(url, url, url)] }),
    });
    const { compositeResponse } = (await answer.json()) as { compositeResponse: Sub[] };
    expect(compositeResponse).toHaveLength(3);
    const { records } = (compositeResponse[2]?.body ?? {}) as { records: Record<string, unknown>[] };
    expect(Object.keys(records[0] ?? {})).toHaveLength(fields.length + 1);
    expect((await sim.control.listOrgs())[0]?.apiUsed).toBe(before + 1);
    const plain = { ...headers, 'content-type': 'text/plain' };
    const wrong = await fetch(`${client.org.origin}${ROOT}/composite`, {
      method: 'POST',
      headers: plain,
      body: '{}',
    });
    expect(wrong.status).toBe(415);
  });
});

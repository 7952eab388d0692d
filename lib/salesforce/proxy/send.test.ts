import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { type LoopbackHandler, sendJson, startLoopback } from '@/tests/loopback';
import type { SalesforceClient } from '../types';
import { headersToProgram, headersToSalesforce } from './headers';
import { type ProxiedRequest, sendForProgram } from './send';

const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

async function start(handler: LoopbackHandler) {
  const { origin, seen } = await startLoopback(handler);
  const renew = vi.fn(async () => ({ accessToken: 'new', instanceUrl: origin, generation: 2 }));
  const client: SalesforceClient = {
    source: {
      current: async () => ({ accessToken: 'old', instanceUrl: origin, generation: 1 }),
      renew,
      used: vi.fn(async () => undefined),
    },
    apiVersion: '66.0',
    meter: { calls: 0, budget: null, rows: null },
  };
  const send = (request: Partial<ProxiedRequest> = {}) =>
    sendForProgram(client, {
      method: 'GET',
      target: '/services/data/v66.0/limits',
      headers: {},
      body: null,
      reads: true,
      ...request,
    });
  return { client, renew, seen, send };
}

const byToken: LoopbackHandler = (request, response) =>
  request.headers.authorization === 'Bearer new'
    ? sendJson(response, 201, { ok: true }, { 'sforce-limit-info': 'api-usage=7/15000' })
    : sendJson(response, 401, EXPIRED);

const streamOf = (text: string) => new Response(text).body as ReadableStream<Uint8Array>;

describe('sendForProgram', () => {
  it('renews once after a 401 and sends the same again, and counts both calls', async () => {
    const { send, client, renew, seen } = await start(byToken);
    const answer = await send({ method: 'POST', body: Buffer.from('{"Name":"A"}'), reads: false });
    expect(answer.status).toBe(201);
    expect(await new Response(answer.body).json()).toEqual({ ok: true });
    expect(renew).toHaveBeenCalledExactlyOnceWith(1);
    expect(seen.map(({ body }) => body)).toEqual(['{"Name":"A"}', '{"Name":"A"}']);
    expect(client.meter).toEqual({ calls: 2, budget: { used: 7, max: 15_000 }, rows: null });
  });

  it('renews, but cannot send a stream again: the program is told', async () => {
    const { send, renew, seen } = await start(byToken);
    const answer = await send({ method: 'POST', body: streamOf('{"Name":"A"}'), reads: false });
    expect(answer).toMatchObject({ status: 401, unsentAfterRenewal: true });
    expect(await new Response(answer.body).json()).toEqual(EXPIRED);
    expect(renew).toHaveBeenCalledOnce();
    expect(seen).toHaveLength(1);
  });

  it('knows an ended token from other refusals, also when it is packed, and keeps their bytes', async () => {
    const other = gzipSync(
      JSON.stringify([
        { message: 'This session is not valid for use with the REST API', errorCode: 'INVALID_SESSION_ID' },
      ]),
    );
    let body = gzipSync(JSON.stringify(EXPIRED));
    const { send, renew } = await start((_request, response) => {
      response.writeHead(401, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(body);
    });
    expect((await send()).status).toBe(401);
    expect(renew).toHaveBeenCalledTimes(1);
    body = other;
    const answer = await send();
    expect(Buffer.from(await new Response(answer.body).arrayBuffer())).toEqual(other);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('sends a read again after a reset, and a write never', async () => {
    let resets = 1;
    const { send, seen } = await start((_request, response) => {
      resets -= 1;
      if (resets >= 0) return response.socket?.resetAndDestroy();
      sendJson(response, 503, []);
    });
    expect((await send()).status).toBe(503);
    expect(seen).toHaveLength(2);
    resets = 1;
    await expect(send({ method: 'DELETE', reads: false })).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
    });
    expect(seen).toHaveLength(3);
  });

  it('gives the Bulk API its session where that looks for it', async () => {
    const { send, seen } = await start((_request, response) => sendJson(response, 200, {}));
    await (await send({ target: '/services/async/66.0/job' })).body.cancel();
    expect(seen[0]?.headers).toMatchObject({ 'x-sfdc-session': 'old' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });
});

describe('the headers of the proxy', () => {
  it('tell Salesforce what it understands and nothing of the way', () => {
    const given = new Headers({
      accept: 'application/json',
      authorization: 'Bearer odk_x',
      cookie: 'a=1',
      connection: 'keep-alive, x-secret',
      'content-length': '5',
      'if-none-match': '"x"',
      'sforce-query-options': 'batchSize=200',
      'x-forwarded-for': '10.0.0.1',
      'x-http-method-override': 'DELETE',
      'x-orgdock-target': '/x',
      'x-sfdc-session': 'mine',
      'accept-encoding': 'br, gzip;q=0.8, deflate;q=0',
    });
    expect(headersToSalesforce(given)).toEqual({
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'if-none-match': '"x"',
      'sforce-query-options': 'batchSize=200',
    });
    expect(headersToSalesforce(new Headers())['accept-encoding']).toBe('identity');
  });

  it('tell the program what it can use, and no cookie', () => {
    const passed = headersToProgram({
      'content-type': 'application/json',
      'set-cookie': ['BrowserId=x'],
      'sforce-limit-info': 'api-usage=1/2',
      server: 'sfdcedge',
      'x-sfdc-request-id': 'abc',
      etag: '"e"',
      connection: 'close',
      'retry-after': undefined,
    });
    expect([...passed]).toEqual([
      ['content-type', 'application/json'],
      ['etag', '"e"'],
      ['sforce-limit-info', 'api-usage=1/2'],
    ]);
  });
});

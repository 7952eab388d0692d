import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '@/lib/errors';
import { registry } from '@/lib/registry';
import {
  allowOrigins,
  type LoopbackHandler,
  sendJson,
  startLoopback,
  startRawLoopback,
} from '@/tests/loopback';
import { callSalesforce } from './client';
import { fetchOrganization } from './organization';
import { readLocator, runQuery } from './query';
import type { ApiMeter, SalesforceClient } from './types';

const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

beforeEach(() => {
  registry().slots.delete('salesforce.retry-budgets');
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

/** A client whose access token is `token-<generation>`; a renewal adds one. */
function clientOf(instanceUrl: string) {
  const renewed: number[] = [];
  const uses = { count: 0 };
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  let generation = 1;
  const grant = () => ({ accessToken: `token-${generation}-canary`, instanceUrl, generation });
  const client: SalesforceClient = {
    apiVersion: '66.0',
    meter,
    source: {
      current: async () => grant(),
      renew: async (seen) => {
        renewed.push(seen);
        generation = seen + 1;
        return grant();
      },
      used: async () => {
        uses.count += 1;
      },
    },
  };
  return { client, renewed, meter, uses };
}

async function startOrg(handler: LoopbackHandler) {
  const { origin, seen } = await startLoopback(handler);
  return { ...clientOf(origin), seen };
}

const call = (client: SalesforceClient) => callSalesforce(client, { path: '/limits' });

describe('callSalesforce', () => {
  it('writes the prefix of its environment before the token, and waits as long as that says', async () => {
    const { client, seen } = await startOrg((request, response) => {
      if (request.url.pathname.endsWith('/limits')) sendJson(response, 200, {});
    });
    await callSalesforce({ ...client, headerPrefix: 'OAuth' }, { path: '/limits' });
    expect(seen[0]?.headers.authorization).toBe('OAuth token-1-canary');
    const silent = callSalesforce({ ...client, timeoutMs: 40 }, { path: '/query' });
    await expect(silent).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('sends the token to the data services of its version, and reads the budget', async () => {
    const { client, seen, meter, uses } = await startOrg((_request, response) =>
      sendJson(
        response,
        200,
        { ok: true },
        { 'Sforce-Limit-Info': 'api-usage=118/15000; per-app-api-usage=17/250(appName=x)' },
      ),
    );
    const answer = await callSalesforce(client, { path: '/query?q=x', headers: { 'x-wish': 'y' } });
    expect(answer).toMatchObject({ status: 200, body: { ok: true }, budget: { used: 118, max: 15_000 } });
    expect(seen[0]?.url.pathname).toBe('/services/data/v66.0/query');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer token-1-canary', 'x-wish': 'y' });
    expect(meter).toEqual({ calls: 1, budget: { used: 118, max: 15_000 }, rows: null });
    expect(uses.count).toBe(1);
  });

  it('renews an ended access token once, with the generation it used, and calls once more', async () => {
    const { client, renewed, seen } = await startOrg((request, response) =>
      request.headers.authorization === 'Bearer token-1-canary'
        ? sendJson(response, 401, EXPIRED)
        : sendJson(response, 200, {}),
    );
    expect((await call(client)).budget).toBeNull();
    expect([renewed, seen.length]).toEqual([[1], 2]);
  });

  it('does not renew a second time', async () => {
    const { client, renewed, uses } = await startOrg((_request, response) =>
      sendJson(response, 401, EXPIRED),
    );
    await expect(call(client)).rejects.toMatchObject({ code: 'SALESFORCE_SESSION_REFUSED' });
    expect([renewed, uses.count]).toEqual([[1], 0]);
  });

  it.each([
    ['This session is not valid for use with the REST API', 'INVALID_SESSION_ID'],
    ['Connected app is not attached to Agent', 'INVALID_SESSION_ID'],
    ['INVALID_HEADER_TYPE', 'INVALID_AUTH_HEADER'],
  ])('never renews on 401 “%s” (%s)', async (message, errorCode) => {
    const { client, renewed } = await startOrg((_request, response) =>
      sendJson(response, 401, [{ message, errorCode }]),
    );
    await expect(call(client)).rejects.toMatchObject({
      code: 'SALESFORCE_SESSION_REFUSED',
      salesforce: { error: errorCode, description: message, status: 401 },
    });
    expect(renewed).toEqual([]);
  });

  it('never renews on a 401 that is not Salesforce’s', async () => {
    const { client, renewed } = await startOrg((_request, response) => response.writeHead(401).end('<html>'));
    await expect(call(client)).rejects.toMatchObject({ code: 'SALESFORCE_SESSION_REFUSED' });
    expect(renewed).toEqual([]);
  });

  it('passes on why a token cannot be renewed', async () => {
    const { client } = await startOrg((_request, response) => sendJson(response, 401, EXPIRED));
    const ended = new Error('ended');
    const source = { ...client.source, renew: () => Promise.reject(ended) };
    await expect(call({ ...client, source })).rejects.toBe(ended);
  });

  it.each<[number, string, string, ErrorCode]>([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'SALESFORCE_LIMIT_EXCEEDED'],
    [
      403,
      'REQUEST_LIMIT_EXCEEDED',
      'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      'SALESFORCE_BUSY',
    ],
    [
      403,
      'API_DISABLED_FOR_ORG',
      'The REST API is not enabled for this Organization.',
      'SALESFORCE_API_DISABLED',
    ],
    [
      403,
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'insufficient access rights on object id',
      'SALESFORCE_FORBIDDEN',
    ],
    [403, 'FUNCTIONALITY_NOT_ENABLED', 'x', 'SALESFORCE_FORBIDDEN'],
    [404, 'NOT_FOUND', 'The requested resource does not exist', 'SALESFORCE_NOT_FOUND'],
    [404, 'ENTITY_IS_DELETED', 'entity is deleted', 'SALESFORCE_NOT_FOUND'],
    [400, 'INVALID_TYPE', "sObject type 'Opportunity' is not supported.", 'SALESFORCE_OBJECT_HIDDEN'],
    [400, 'INVALID_FIELD', "No such column 'Amount' on entity 'Opportunity'.", 'SALESFORCE_QUERY_REFUSED'],
    [400, 'MALFORMED_QUERY', "unexpected token: 'FRM'", 'SALESFORCE_QUERY_REFUSED'],
    [400, 'QUERY_TIMEOUT', 'Your query request was running for too long.', 'SALESFORCE_QUERY_TIMEOUT'],
    [400, 'INVALID_QUERY_LOCATOR', 'invalid query locator', 'SALESFORCE_LOCATOR_EXPIRED'],
    [410, 'GONE', 'retired', 'SALESFORCE_VERSION_RETIRED'],
    [412, 'PRECONDITION_FAILED', 'x', 'SALESFORCE_PRECONDITION_FAILED'],
    [414, 'URI_TOO_LONG', 'x', 'SALESFORCE_QUERY_REFUSED'],
    [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.', 'SALESFORCE_UNAVAILABLE'],
    [503, 'SERVER_UNAVAILABLE', 'maintenance', 'SALESFORCE_UNAVAILABLE'],
    [409, 'SOMETHING_NEW', 'x', 'SALESFORCE_ANSWER_INVALID'],
  ])('reads %i %s as %s', async (status, errorCode, message, code) => {
    const { client, renewed } = await startOrg((_request, response) =>
      sendJson(response, status, [{ message, errorCode }]),
    );
    const error = await call(client).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, salesforce: { error: errorCode, description: message, status } });
    expect(inspect(error, { depth: Infinity })).not.toContain('canary');
    expect(renewed).toEqual([]);
  });

  it.each<[number, string, ErrorCode]>([
    [410, '', 'SALESFORCE_VERSION_RETIRED'],
    [404, '<html>', 'SALESFORCE_NOT_FOUND'],
    [302, '', 'SALESFORCE_ANSWER_INVALID'],
    [200, '<html>maintenance</html>', 'SALESFORCE_ANSWER_INVALID'],
    [400, 'null', 'SALESFORCE_ANSWER_INVALID'],
    [400, '[{"errorCode":7}]', 'SALESFORCE_ANSWER_INVALID'],
  ])('explains %i “%s”, which is not Salesforce’s JSON', async (status, body, code) => {
    const { client } = await startOrg((_request, response) => response.writeHead(status).end(body));
    await expect(call(client)).rejects.toMatchObject({ code });
  });

  it('keeps the access token out of what Salesforce echoes', async () => {
    const { client } = await startOrg((request, response) =>
      sendJson(response, 403, [{ errorCode: 'X', message: `no: ${request.headers.authorization}` }]),
    );
    const error = await call(client).catch((reason: unknown) => reason);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });

  it.each([420, 429, 502, 503, 504])('asks again after %i, at most twice', async (status) => {
    let left = 2;
    const org = await startOrg((_request, response) => {
      left -= 1;
      return left >= 0 ? response.writeHead(status).end() : sendJson(response, 200, {});
    });
    expect((await call(org.client)).status).toBe(200);
    expect(org.meter.calls).toBe(3);
    left = 99;
    await expect(call(org.client)).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
    expect(org.seen).toHaveLength(6);
  });

  it('asks again after a reset', async () => {
    let connections = 0;
    const { origin } = await startRawLoopback((socket) => {
      connections += 1;
      socket.on('data', () => {
        if (connections === 1) socket.resetAndDestroy();
        else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
      });
    });
    expect((await call(clientOf(origin).client)).body).toEqual({});
    expect(connections).toBe(2);
  });

  it('does not ask again when nobody listens', async () => {
    allowOrigins('http://127.0.0.1:1');
    const { client, meter } = clientOf('http://127.0.0.1:1');
    await expect(call(client)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    expect(meter.calls).toBe(1);
  });

  it('stops asking again when an org keeps failing', async () => {
    const { client, seen } = await startOrg((_request, response) => response.writeHead(503).end());
    for (let index = 0; index < 12; index += 1) await call(client).catch(() => undefined);
    expect(seen.length).toBeLessThan(12 + 12);
    const before = seen.length;
    await call(client).catch(() => undefined);
    expect(seen.length).toBe(before + 1);
  });

  it('calls no instance URL that is not allowed', async () => {
    const { client } = clientOf('https://evil.example');
    await expect(call(client)).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });
});

describe('queries', () => {
  const page = {
    totalSize: 450,
    done: false,
    nextRecordsUrl: '/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-200',
    records: [{ attributes: { type: 'Account' }, Id: '001' }],
  };

  it('gives rows, total and locator in one call', async () => {
    const { client, seen } = await startOrg((_request, response) => sendJson(response, 200, page));
    const soql = "SELECT Id FROM Account WHERE Name LIKE '%50\\% & more%'";
    expect(await runQuery(client, soql, { batchSize: 200 })).toMatchObject({
      totalSize: 450,
      done: false,
      locator: '0r8xx5R2yF2gs3VASQ',
      records: page.records,
    });
    expect(seen[0]?.url.searchParams.get('q')).toBe(soql);
    expect(seen[0]?.headers['sforce-query-options']).toBe('batchSize=200');
  });

  it('reads a later page by its row', async () => {
    const { client, seen } = await startOrg((_request, response) =>
      sendJson(response, 200, { totalSize: 450, done: true, records: [] }),
    );
    expect(await readLocator(client, '0r8xx5R2yF2gs3VASQ', 400, { batchSize: 200 })).toMatchObject({
      locator: null,
    });
    expect(seen[0]?.url.pathname).toBe('/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-400');
  });

  it.each([
    { ...page, nextRecordsUrl: 'https://evil.example/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-200' },
    { ...page, nextRecordsUrl: '//evil.example/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-200' },
    { ...page, nextRecordsUrl: null },
    { ...page, totalSize: 'many' },
    { ...page, records: 'none' },
    [],
  ])('refuses an answer of another shape: %j', async (body) => {
    const { client } = await startOrg((_request, response) => sendJson(response, 200, body));
    await expect(runQuery(client, 'SELECT Id FROM Account', { batchSize: 200 })).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
  });
});

describe('fetchOrganization', () => {
  const startOrganization = (connect: LoopbackHandler, record: unknown = { Name: 'Acme', IsSandbox: true }) =>
    startOrg((request, response) =>
      request.url.pathname.endsWith('/connect/organization')
        ? connect(request, response)
        : sendJson(response, 200, { totalSize: 1, done: true, records: [record] }),
    );

  it.each([
    [{ features: { defaultCurrencyIsoCode: 'EUR', multiCurrency: false } }, 'EUR'],
    [{ features: { defaultCurrencyIsoCode: null, multiCurrency: true } }, null],
    [{ features: {} }, null],
    [{}, null],
  ])('reads name, kind and currency from %j', async (body, defaultCurrency) => {
    const { client } = await startOrganization((_request, response) => sendJson(response, 200, body));
    expect(await fetchOrganization(client)).toEqual({ name: 'Acme', isSandbox: true, defaultCurrency });
  });

  it('does without the currency where the Connect API is closed', async () => {
    const { client } = await startOrganization((_request, response) =>
      sendJson(response, 403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }]),
    );
    expect(await fetchOrganization(client)).toMatchObject({ defaultCurrency: null });
  });

  it('throws when the org cannot be read', async () => {
    const failing = await startOrganization((_request, response) => sendJson(response, 500, []));
    await expect(fetchOrganization(failing.client)).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
    const odd = await startOrganization((_request, response) => sendJson(response, 200, {}), { Name: 7 });
    await expect(fetchOrganization(odd.client)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
  });
});

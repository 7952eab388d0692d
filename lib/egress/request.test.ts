import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { registry } from '@/lib/registry';
import { allowOrigins, startLoopback, startRawLoopback } from '@/tests/loopback';
import { checkOrigin } from './hosts';
import { poolFor } from './pools';
import { dataRequest } from './request';
import { transportError } from './transport';

const get = (origin: string, options: Partial<Parameters<typeof dataRequest>[0]> = {}) =>
  dataRequest({ origin: checkOrigin(origin), path: '/services/data', ...options });

describe('dataRequest', () => {
  it('asks for gzip and decodes it', async () => {
    const { origin, seen } = await startLoopback((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(gzipSync('{"name":"Ärger"}'));
    });
    expect(await get(origin)).toMatchObject({ status: 200, text: '{"name":"Ärger"}' });
    expect(seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('reuses its connection', async () => {
    const ports = new Set<number | undefined>();
    const { origin } = await startLoopback((_request, response) => {
      ports.add(response.socket?.remotePort);
      response.end('{}');
    });
    await get(origin);
    await setImmediate();
    await get(origin);
    expect(ports.size).toBe(1);
  });

  it('gives every status as an answer and follows no redirect', async () => {
    const { origin, seen } = await startLoopback((request, response) => {
      response
        .writeHead(request.url.pathname === '/304' ? 304 : 302, { location: 'http://evil.example/' })
        .end();
    });
    expect((await get(origin)).status).toBe(302);
    expect((await get(origin, { path: '/304' })).status).toBe(304);
    expect(seen).toHaveLength(2);
  });

  it('refuses a path that leads to another host', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.end());
    for (const path of ['//evil.example/x', 'http://evil.example/x', 'services/data', '/\\evil.example']) {
      await expect(get(origin, { path })).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    }
    expect(seen).toHaveLength(0);
  });

  it('times out as a whole', async () => {
    const { origin } = await startLoopback((_request, response) => {
      response.writeHead(200);
      response.write('{');
    });
    await expect(get(origin, { timeoutMs: 150 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('tells a reset and a refused connection as unreachable', async () => {
    const { origin } = await startRawLoopback((socket) => socket.on('data', () => socket.resetAndDestroy()));
    await expect(get(origin)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    allowOrigins('http://127.0.0.1:1');
    await expect(get('http://127.0.0.1:1')).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it('tells an answer that is no gzip, or no HTTP, as damaged', async () => {
    const { origin } = await startLoopback((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
    });
    await expect(get(origin)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    const raw = await startRawLoopback((socket) =>
      socket.on('data', () => socket.end('SSH-2.0-OpenSSH\r\n')),
    );
    await expect(get(raw.origin)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
  });
});

describe('transportError', () => {
  const host = new URL('https://acme.my.salesforce.com');
  it.each([
    [{ code: 'ENOTFOUND' }, 'HOST_UNRESOLVABLE', /could not be resolved/],
    [{ code: 'EAI_AGAIN' }, 'HOST_UNRESOLVABLE', /could not be resolved/],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'TIMEOUT', /in time/],
    [{ name: 'TimeoutError', code: 23 }, 'TIMEOUT', /in time/],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'HOST_UNREACHABLE', /certificate/],
    [{ code: 'ECONNREFUSED' }, 'HOST_UNREACHABLE', /ECONNREFUSED/],
    [{ name: 'Error' }, 'HOST_UNREACHABLE', /Error/],
  ])('reads %j as %s', (facts, code, message) => {
    const error = transportError(host, Object.assign(new Error('x'), facts));
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      details: { host: host.host },
    });
    expect(error.nextStep).not.toBeNull();
  });

  it('looks into what a connection to several addresses failed with', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(transportError(host, new AggregateError([refused])).details.reason).toBe('ECONNREFUSED');
    expect(transportError(host, 'nothing').details.reason).toBe('UNKNOWN');
  });
});

describe('poolFor', () => {
  it('keeps one pool per origin and lets the longest unused go', () => {
    const first = poolFor(new URL('http://127.0.0.1:2001'));
    expect(poolFor(new URL('http://127.0.0.1:2001/x'))).toBe(first);
    for (let port = 3001; port <= 3100; port += 1) poolFor(new URL(`http://127.0.0.1:${port}`));
    expect(poolFor(new URL('http://127.0.0.1:2001'))).not.toBe(first);
  });

  it('closes with the process', async () => {
    poolFor(new URL('http://127.0.0.1:2001'));
    await Promise.all(registry().closers.map((close) => close()));
    expect((registry().slots.get('egress.pools') as Map<string, unknown>).size).toBe(0);
  });
});

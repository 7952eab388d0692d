import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { allowOrigins, startLoopback, startRawLoopback } from '@/tests/loopback';
import { checkOrigin } from './hosts';
import { type StreamedRequest, streamRequest } from './stream';

const send = (origin: string, options: Partial<StreamedRequest> = {}) =>
  streamRequest({
    origin: checkOrigin(origin),
    path: '/services/data',
    method: 'GET',
    headers: {},
    body: null,
    silenceMs: 5_000,
    ...options,
  });

/** 64 KB pieces without end; counts those that were asked for. */
function endless() {
  const state = { pieces: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pieces += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, stream };
}

describe('streamRequest', () => {
  it('gives the bytes as they came, and the path and method as they were sent', async () => {
    const packed = gzipSync('{"name":"Ärger"}');
    const { origin, seen } = await startLoopback((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2'] });
      response.end(packed);
    });
    const path = '/services/data/%2e/x?q=a%20b+c&&';
    const answer = await send(origin, { path, method: 'PATCH', body: Buffer.from('{"a":1}') });
    expect(Buffer.from(await new Response(answer.body).arrayBuffer())).toEqual(packed);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(seen[0]).toMatchObject({ method: 'PATCH', body: '{"a":1}' });
    expect(seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('sends the target verbatim', async () => {
    const urls: string[] = [];
    const server = createServer((request, response) => {
      urls.push(request.url ?? '');
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    allowOrigins(origin);
    const path = '/services/data/%2E%2e/a//b?q=a%20b+c&&';
    await (await send(origin, { path })).body.cancel();
    expect(urls).toEqual([path]);
    server.closeAllConnections();
  });

  it('streams a body in as fast as it is taken, and gives it up with the exchange', async () => {
    const { origin } = await startRawLoopback((socket) => socket.pause());
    const { state, stream } = endless();
    const stop = new AbortController();
    const exchange = send(origin, { method: 'POST', body: stream, signal: stop.signal });
    exchange.catch(() => undefined);
    const settled = async () => {
      const before = state.pieces;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return before > 0 && state.pieces === before;
    };
    await vi.waitFor(async () => expect(await settled()).toBe(true), { timeout: 5_000 });
    // What sockets hold, and not what there is.
    expect(state.pieces).toBeLessThan(400);
    stop.abort();
    await expect(exchange).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    await vi.waitFor(() => expect(state.cancelled).toBe(true));
  });

  it('reads an answer only as fast as it is taken, and hangs up when it is not wanted any more', async () => {
    let written = 0;
    let closed = false;
    const { origin } = await startLoopback((_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      const more = () => {
        while (!closed && response.write(Buffer.alloc(65_536))) written += 1;
      };
      response.on('drain', more);
      more();
    });
    const { body } = await send(origin);
    const reader = body.getReader();
    await reader.read();
    const settled = async () => {
      const before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return written === before;
    };
    await vi.waitFor(async () => expect(await settled()).toBe(true), { timeout: 5_000 });
    expect(written).toBeLessThan(400);
    await reader.cancel();
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it('breaks the body where the connection breaks, and where the host falls silent', async () => {
    const { origin } = await startLoopback((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":');
      if (request.url.pathname === '/broken') setImmediate(() => response.destroy());
    });
    const broken = await send(origin, { path: '/broken' });
    await expect(new Response(broken.body).text()).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    // undici looks at its clock once a second.
    const silent = await send(origin, { silenceMs: 200 });
    await expect(new Response(silent.body).text()).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('refuses a path that leads to another host, follows no redirect, and takes no endless headers', async () => {
    const { origin, seen } = await startLoopback((request, response) => {
      if (request.url.pathname === '/long') response.setHeader('x-long', 'x'.repeat(20_000));
      response.writeHead(302, { location: 'http://evil.example/' }).end();
    });
    for (const path of ['//evil.example/x', 'http://evil.example/x', 'services/data']) {
      await expect(send(origin, { path })).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    }
    expect(seen).toHaveLength(0);
    expect((await send(origin)).status).toBe(302);
    await expect(send(origin, { path: '/long' })).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
  });
});

import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { registry } from '@/lib/registry';
import { allowOrigins } from '@/tests/loopback';
import { checkOrigin } from './hosts';
import { dataRequest } from './request';
import { spendOnce } from './spend';

const TOKEN_URL = 'https://acme.my.salesforce.com/services/oauth2/token';
const form = new URLSearchParams({ refresh_token: 'canary-token' });

/** A proxy that keeps what it was asked for and does as told with each tunnel. */
async function startProxy(onConnect: (socket: Socket) => void) {
  const asked: string[] = [];
  const credentials: Array<string | undefined> = [];
  const tunnelled: Buffer[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(500).end();
  });
  proxy.on('connect', (request, socket: Socket) => {
    credentials.push(request.headers['proxy-authorization']);
    asked.push(`${request.method} ${request.url}`);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => tunnelled.push(chunk));
    onConnect(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HTTPS_PROXY', `http://portal:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  registry().slots.delete('env');
  onTestFinished(async () => {
    registry().slots.delete('env');
    await Promise.all(registry().closers.map((close) => close()));
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
  return { asked, credentials, tunnelled };
}

describe('HTTPS_PROXY', () => {
  it('is asked for a tunnel to the host, and learns nothing of the request', async () => {
    const { asked, credentials, tunnelled } = await startProxy((socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => socket.end());
    });
    const result = await spendOnce({ url: TOKEN_URL, form }, { connectMs: 500 });
    expect(result.kind).toBe('unsent');
    expect(asked).toEqual(['CONNECT acme.my.salesforce.com:443']);
    expect(credentials).toEqual([`Basic ${Buffer.from('portal:p@ss').toString('base64')}`]);
    expect(Buffer.concat(tunnelled).toString('latin1')).not.toContain('canary');
  });

  it('refuses a tunnel: the token did not leave', async () => {
    const { asked } = await startProxy((socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    expect(await spendOnce({ url: TOKEN_URL, form })).toMatchObject({
      kind: 'unsent',
      code: 'HOST_UNREACHABLE',
    });
    await expect(
      dataRequest({ origin: checkOrigin('https://acme.my.salesforce.com'), path: '/services/data' }),
    ).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    expect(asked).toEqual(['CONNECT acme.my.salesforce.com:443', 'CONNECT acme.my.salesforce.com:443']);
  });

  it('drops the connection: it is not hammered, and the token did not leave', async () => {
    const { asked } = await startProxy((socket) => socket.destroy());
    expect((await spendOnce({ url: TOKEN_URL, form }, { connectMs: 500 })).kind).toBe('unsent');
    await expect(
      dataRequest({
        origin: checkOrigin('https://acme.my.salesforce.com'),
        path: '/services/data',
        timeoutMs: 500,
      }),
    ).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    expect(asked).toHaveLength(2);
  });

  it('cannot be reached: the token did not leave', async () => {
    await startProxy((socket) => socket.end());
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    registry().slots.delete('env');
    expect(await spendOnce({ url: TOKEN_URL, form })).toMatchObject({
      kind: 'unsent',
      code: 'HOST_UNREACHABLE',
    });
  });

  it('is not asked for this machine', async () => {
    const { asked } = await startProxy((socket) => socket.end());
    allowOrigins('https://127.0.0.1:1');
    expect((await spendOnce({ url: 'https://127.0.0.1:1/', form })).kind).toBe('unsent');
    expect(asked).toEqual([]);
  });

  it('is never asked for a host that is not allowed', async () => {
    const { asked } = await startProxy((socket) => socket.end());
    await expect(spendOnce({ url: 'https://evil.example/', form })).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
    expect(asked).toEqual([]);
  });
});

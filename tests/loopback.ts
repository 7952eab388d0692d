import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { registry } from '@/lib/registry';

export interface SeenRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

export type LoopbackHandler = (request: SeenRequest, response: ServerResponse) => unknown;

/** Makes `ORGDOCK_ALLOW_HOSTS` hold these origins until the test ends. */
export function allowOrigins(...origins: string[]): void {
  vi.stubEnv('ORGDOCK_ALLOW_HOSTS', origins.join(' '));
  registry().slots.delete('env');
  onTestFinished(() => {
    registry().slots.delete('env');
  });
}

/** An HTTP server on a free port that keeps what it saw; it is allowed, and stops, with the test that started it. */
export async function startLoopback(
  handler: LoopbackHandler,
): Promise<{ origin: string; seen: SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const request = {
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '/', 'http://loopback'),
      headers: incoming.headers,
      body,
    };
    seen.push(request);
    await handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  allowOrigins(origin);
  return { origin, seen };
}

/** A raw TCP server on a free port, for what HTTP servers cannot do; it is allowed, and stops, with its test. */
export async function startRawLoopback(onConnection: (socket: Socket) => void): Promise<{ origin: string }> {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  allowOrigins(origin);
  return { origin };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers });
  response.end(JSON.stringify(body));
}

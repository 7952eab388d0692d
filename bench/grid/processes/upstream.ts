/**
 * Gives the simulator's answers again, byte for byte, after a latency that can be chosen. The simulator computes each
 * row when it is read, about 10 ms of a core for a window: it would be what every column measures.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { obey, ready, settings } from './channel';

export interface UpstreamSettings {
  /** The simulated org. */
  origin: string;
}

/** `latencyMs`: from now on. Without it: how many requests came since the last question. */
export interface UpstreamOrder {
  latencyMs?: number;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What an answer depends on. */
const ASKED = ['authorization', 'accept', 'accept-encoding', 'sforce-query-options', 'if-none-match'];
const KEPT = ['content-type', 'content-encoding', 'etag', 'sforce-limit-info', 'vary', 'cache-control'];

const { origin } = settings<UpstreamSettings>();
const answers = new Map<string, { asked: Promise<Answer> }>();
let latencyMs = 0;
let requests = 0;

function pick(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}

async function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  const response = await request(origin + path, { headers });
  const body = Buffer.from(await response.body.arrayBuffer());
  return { status: response.statusCode, headers: pick(response.headers, KEPT), body };
}

function answerTo(path: string, headers: Record<string, string>): Promise<Answer> {
  const key = JSON.stringify([path, headers]);
  const known = answers.get(key);
  if (known) return known.asked;
  const asked = ask(path, headers);
  answers.set(key, { asked });
  return asked;
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  requests += 1;
  const due = latencyMs === 0 ? null : pause(latencyMs);
  const answer = await answerTo(incoming.url ?? '/', pick(incoming.headers, ASKED));
  await due;
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  outgoing.end(answer.body);
}

const server = createServer((incoming, outgoing) => {
  if (incoming.method !== 'GET') return void outgoing.writeHead(405).end();
  serve(incoming, outgoing).catch(() => outgoing.destroy());
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
  obey<UpstreamOrder>((order) => {
    if (order.latencyMs !== undefined) latencyMs = order.latencyMs;
    const came = requests;
    requests = 0;
    return came;
  });
  ready(`http://localhost:${(server.address() as AddressInfo).port}`);
});

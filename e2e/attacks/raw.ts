import { once } from 'node:events';
import { connect } from 'node:net';
import type { Stack } from '../stack';

const PATIENCE_MS = 15_000;

/**
 * Writes bytes to the portal's own port, as no well-behaved client would, and gives back everything that it answers
 * until it closes the connection.
 */
export async function sendRaw({ environment }: Stack, bytes: string | Buffer): Promise<string> {
  const socket = connect(Number(environment.PORT), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  // A server that has refused closes while the rest is still on its way.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no end')));
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

/** Lines with their ends, a blank one last. */
export function head(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The status codes of all answers in what came back: a smuggled request would have one of its own. */
export function statusesOf(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** What no error page may show. */
export const INTERNALS =
  /node_modules|\.next\/|\bat [\w.<>]+ \(|\/work\/|drizzle|Failed query|syntax error at|ECONNREFUSED|postgres:\/\//;

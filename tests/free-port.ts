import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give out by themselves; tests that run at once have a range each. */
const FIRST_PORT = 20_000;
const PORTS_PER_WORKER = 500;
let given = Math.floor(Math.random() * PORTS_PER_WORKER);

/** A port that nobody listens on, and that no connection out of this machine gets by chance. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID ?? process.env.TEST_PARALLEL_INDEX ?? 0);
  for (let tries = 0; tries < PORTS_PER_WORKER; tries += 1) {
    given = (given + 1) % PORTS_PER_WORKER;
    const port = FIRST_PORT + worker * PORTS_PER_WORKER + given;
    if (await isFree(port)) return port;
  }
  throw new Error('No port could be had.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectOrStart } from '@/db/embedded/server';
import { freePort } from '@/tests/free-port';
import { Portal, type Stack } from './stack';

/** A second portal on the database of a stack. */
export async function startReplica(stack: Stack, settings: Record<string, string> = {}) {
  const data = String(stack.environment.ORGDOCK_DATA_DIR);
  const folder = await mkdtemp(path.join(tmpdir(), 'orgdock-replica-'));
  const port = await freePort();
  const replica = new Portal({
    ...stack.environment,
    DATABASE_URL: (await connectOrStart(data)).url,
    ORGDOCK_KEYRING: path.join(data, 'keyring.json'),
    ORGDOCK_DATA_DIR: folder,
    PORT: String(port),
    ...settings,
  });
  const origin = `http://127.0.0.1:${port}`;
  await replica.untilReady(`${origin}/api/ready`);
  return {
    origin,
    stop: async () => {
      await replica.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

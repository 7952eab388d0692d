import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { processWide } from '@/lib/registry';

/** Beyond this number a process relies on its data folder alone. */
const MOST_KEPT = 10_000;

const seen = () => processWide('connections.watermarks', () => new Map<string, number>());

const folder = () => path.join(path.resolve(env().ORGDOCK_DATA_DIR), 'watermarks');

/**
 * Notes which generation of a connection's grant is stored by now, in memory and in the data folder: a database
 * that says less later is an older copy, and its refresh token a consumed one. Never throws.
 */
export async function noteGeneration(connectionId: string, generation: number): Promise<void> {
  noteInMemory(connectionId, generation);
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    const temporary = path.join(folder(), `.${randomUUID()}`);
    await writeFile(temporary, `${generation}\n`, { mode: 0o600 });
    await rename(temporary, path.join(folder(), connectionId));
  } catch (err) {
    log().warn({ err, connectionId }, 'the data folder did not take the generation of a grant');
  }
}

/** As `noteGeneration`, for what was only read: in memory, and never less than before. */
export function noteSeenGeneration(connectionId: string, generation: number): void {
  if (generation > (seen().get(connectionId) ?? 0)) noteInMemory(connectionId, generation);
}

/** The highest generation that this process or its data folder knows of; 0: none. */
export async function lastGeneration(connectionId: string): Promise<number> {
  return Math.max(seen().get(connectionId) ?? 0, await readNoted(connectionId));
}

function noteInMemory(connectionId: string, generation: number): void {
  seen().delete(connectionId);
  seen().set(connectionId, generation);
  const [oldest] = seen().keys();
  if (seen().size > MOST_KEPT && oldest !== undefined) seen().delete(oldest);
}

async function readNoted(connectionId: string): Promise<number> {
  try {
    return Number.parseInt(await readFile(path.join(folder(), connectionId), 'utf8'), 10) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log().warn({ err: error, connectionId }, 'the data folder does not tell the generation of a grant');
    }
    return 0;
  }
}

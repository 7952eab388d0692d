import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { Cluster } from './cluster';
import { isAlive, startTimeOf } from './process-facts';

const BEAT_MS = 5_000;
const SILENT_MS = 20_000;

const ownerSchema = z.object({ host: z.string(), pid: z.number(), startedAt: z.string().nullable() });

/** Who runs the embedded server of a data folder, for messages and for other machines on the same folder. */
export type Owner = z.infer<typeof ownerSchema>;

/** The owner that the data folder names, or null. Whether it still lives is `isOwnerAlive`'s to say. */
export function readOwner(cluster: Cluster): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(cluster.ownerFile, 'utf8')));
  } catch {
    return null;
  }
}

/** Whether that very process runs: its pid with its start time, as pids are used again. */
export function isOwnerAlive(owner: Owner): boolean {
  return owner.host === hostname() && isAlive(owner.pid) && startTimeOf(owner.pid) === owner.startedAt;
}

/**
 * Refuses a data folder that a portal in another container or on another machine uses: its PostgreSQL
 * can't be seen from here, and a second one over the same files would destroy them. Throws MISCONFIGURED.
 */
export function assertNoForeignOwner(cluster: Cluster): void {
  const owner = readOwner(cluster);
  if (!owner || owner.host === hostname()) return;
  const silent = Date.now() - (statSync(cluster.ownerFile, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (silent > SILENT_MS) return;
  throw new AppError(
    'MISCONFIGURED',
    `The data folder ${cluster.dataDir} is in use on ${owner.host} (process ${owner.pid}).`,
    { nextStep: `Stop that one first. If it has crashed, try again in ${SILENT_MS / 1000} seconds.` },
  );
}

/** Names this process as the owner and keeps saying so. The returned function takes it back. */
export function announceOwner(cluster: Cluster): () => void {
  const owner: Owner = { host: hostname(), pid: process.pid, startedAt: startTimeOf(process.pid) };
  const temporary = `${cluster.ownerFile}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(temporary, cluster.ownerFile);
  const beat = setInterval(() => {
    try {
      utimesSync(cluster.ownerFile, new Date(), new Date());
    } catch {
      // The data folder was removed under us; PostgreSQL says so louder.
    }
  }, BEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (readOwner(cluster)?.pid === process.pid) rmSync(cluster.ownerFile, { force: true });
  };
}

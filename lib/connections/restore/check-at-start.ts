import { withSystem } from '@/db/client';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { readDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import {
  type Heartbeat,
  lastHeartbeatAt,
  readHeartbeat,
  rememberHeartbeat,
  writeHeartbeat,
} from '@/lib/connections/restore/heartbeat';
import { markRestored, type RestoreReason } from '@/lib/connections/restore/mark-restored';
import { isOlderCopy } from '@/lib/connections/restore/suspicion';
import type { SystemContext } from '@/lib/context';

const ctx: SystemContext = { kind: 'system', reason: 'restored database', request: null };

/** Looks at the start of a process whether the database was exchanged for an older copy while nobody looked. */
export async function checkDatabaseAtStart(): Promise<void> {
  const lastAt = await lastHeartbeatAt();
  const { found, identity } = await withSystem('heartbeat', async (tx) => ({
    found: await readHeartbeat(tx, refreshPolicy().heartbeatAgeMs),
    identity: await readDatabaseIdentity(tx),
  }));
  const reason = found && restoreReason(found, { identity, at: lastAt });
  if (reason) await markRestored(ctx, reason);
  else await beat();
}

/** Writes the heartbeat; the database may have been exchanged under this process, too. */
export async function beat(): Promise<void> {
  const written = await withSystem('heartbeat', async (tx) =>
    (await isOlderCopy(tx)) ? null : await writeHeartbeat(tx),
  );
  if (written) await rememberHeartbeat(written);
  else await markRestored(ctx, 'database');
}

function restoreReason(
  found: Heartbeat & { isOld: boolean },
  { identity, at }: Heartbeat,
): RestoreReason | null {
  if (found.identity !== identity || found.at < at) return 'database';
  return found.isOld ? 'heartbeat' : null;
}

import { withSystem } from '@/db/client';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import {
  knownDatabaseIdentity,
  readDatabaseIdentity,
  rememberDatabaseIdentity,
} from '@/lib/connections/restore/database-identity';
import {
  markRestored,
  type RestoreReason,
  readHeartbeat,
  writeHeartbeat,
} from '@/lib/connections/restore/mark-restored';
import type { SystemContext } from '@/lib/context';

const ctx: SystemContext = { kind: 'system', reason: 'restored database', request: null };

/** Looks at the start of a process whether the database was exchanged for an older copy while nobody looked. */
export async function checkDatabaseAtStart(): Promise<void> {
  const { before, identity } = await withSystem('heartbeat', async (tx) => ({
    before: await readHeartbeat(tx, refreshPolicy().heartbeatAgeMs),
    identity: await readDatabaseIdentity(tx),
  }));
  const reason = restoreReason(before, identity);
  if (reason) await markRestored(ctx, reason);
  else await beat();
}

/** Writes the heartbeat; the database may have been exchanged under this process, too. */
export async function beat(): Promise<void> {
  const known = knownDatabaseIdentity();
  const exchanged = await withSystem('heartbeat', async (tx) => {
    const identity = await readDatabaseIdentity(tx);
    if (known !== null && known !== identity) return true;
    rememberDatabaseIdentity(await writeHeartbeat(tx));
    return false;
  });
  if (exchanged) await markRestored(ctx, 'database');
}

function restoreReason(
  before: { identity: string | null; isOld: boolean },
  identity: string,
): RestoreReason | null {
  if (before.identity !== null && before.identity !== identity) return 'database';
  return before.isOld ? 'heartbeat' : null;
}

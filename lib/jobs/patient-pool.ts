import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { isDatabaseAway } from '@/db/faults';
import { log } from '@/lib/log';

const PAUSE_MS = 1_000;
/** cannot_connect_now: one of the few codes that make graphile-worker send a statement again. */
const AGAIN = '57P03';

/**
 * The pool as graphile-worker sees it. A database that goes away under a job or the cron makes it give up: its worker
 * ends for good, with a trace on the terminal, and the cron's rejection is handled by nobody. Here such statements wait
 * until the database is back. All of them may be repeated. Without `listens` nothing is subscribed to.
 */
export function patientPool(pool: Pool, { listens }: { listens: boolean }): Pool {
  // Only the calls below are made.
  return {
    options: pool.options,
    on: pool.on.bind(pool),
    removeListener: pool.removeListener.bind(pool),
    query: (text: string, values?: unknown[]) => untilBack(() => pool.query(text, values)),
    connect(listener?: Listener) {
      // By callback it connects for LISTEN alone, and tries again by itself.
      if (listener === undefined) return untilBack(async () => patientClient(await pool.connect()));
      if (listens) pool.connect(listener);
      return undefined;
    },
  } as unknown as Pool;
}

type Listener = Parameters<typeof Pool.prototype.connect>[0];

function patientClient(client: PoolClient): PoolClient {
  return {
    release: client.release.bind(client),
    async query(query: string | QueryConfig, values?: unknown[]) {
      try {
        return await client.query(query, values);
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        throw Object.assign(new Error('The database went away.', { cause: error }), { code: AGAIN });
      }
    },
  } as unknown as PoolClient;
}

async function untilBack<T>(work: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (err) {
      if (!isDatabaseAway(err)) throw err;
      if (failures === 0) log().warn({ err }, 'the job worker waits for the database');
      await sleepFor(PAUSE_MS, undefined, { ref: false });
    }
  }
}

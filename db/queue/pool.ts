import { Pool, type PoolConfig } from 'pg';
import { databaseCode, isDatabaseAway } from '@/db/faults';
import { log } from '@/lib/log';

const CONNECT_TIMEOUT_MS = 10_000;

/** What `pg` says, without a code, when a connection is gone or cannot be had. */
const AWAY_WORDS = /^(?:Connection terminated|timeout exceeded|Client has encountered a connection error)/;

/**
 * Connections of graphile-worker, which works with `pg` only. One that breaks is replaced on the next use and never
 * ends the process. The caller ends the pool.
 */
export function openQueuePool(url: string, max: number): Pool {
  const pool = new Pool({
    ...connectionOf(url),
    max,
    application_name: 'orgdock jobs',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Idle connections, and then those in use: without a listener either would end the process.
  pool.on('error', (err) => log().warn({ err }, 'a connection of the job worker broke'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Whether an error of `pg` says that the database could not be reached or went away. */
export function isQueueAway(error: unknown): boolean {
  if (isDatabaseAway(error)) return true;
  return error instanceof Error && databaseCode(error) === null && AWAY_WORDS.test(error.message);
}

/** As postgres.js reads the address: `pg` would take `sslmode=require` for `verify-full`. */
function connectionOf(url: string): Pick<PoolConfig, 'connectionString' | 'ssl'> {
  const address = new URL(url);
  const mode = address.searchParams.get('sslmode') ?? address.searchParams.get('ssl') ?? 'disable';
  address.searchParams.delete('sslmode');
  address.searchParams.delete('ssl');
  return { connectionString: address.href, ssl: tlsOf(mode) };
}

function tlsOf(mode: string): PoolConfig['ssl'] {
  // `allow` and `prefer` take a server without TLS; most servers that insist on it are configured with `require`.
  if (['disable', 'false', 'allow', 'prefer'].includes(mode)) return false;
  return { rejectUnauthorized: mode !== 'require' && mode !== 'no-verify' };
}

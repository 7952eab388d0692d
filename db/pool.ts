import { Socket } from 'node:net';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type ClientConfig, Pool, type PoolConfig } from 'pg';
import { log } from '@/lib/log';
import { type Sql, sqlOf } from './sql';
import { withLibpqTls } from './tls';

export type Database = NodePgDatabase & { $client: Pool };

/** An open transaction in which row-level security knows who is asking. */
export type Tx = Omit<Database, 'transaction' | '$client'>;

const CONNECT_TIMEOUT_MS = 10_000;
const END_TIMEOUT_SECONDS = 5;

/** One connection for the work of the owner: migrations, roles. The caller ends it. */
export function openOwnerConnection(url: string): Sql {
  return openConnections(url, { max: 1, idleTimeoutMillis: 0, application_name: 'orgdock owner' });
}

/** The pool of the portal. Dead connections are replaced on the next use. */
export function openPool(url: string): Sql {
  return openConnections(url, {
    max: 10,
    idleTimeoutMillis: 300_000,
    maxLifetimeSeconds: 3600,
    application_name: 'orgdock portal',
  });
}

/** Drizzle over a pool. */
export function asDatabase(pool: Pool): Database {
  return drizzle(pool);
}

/** What every connection to a server of ours has in common. */
export function connectionTo(url: string): ClientConfig {
  return {
    connectionString: withLibpqTls(url),
    // Only `sslmode` in the address says otherwise.
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
  };
}

function openConnections(url: string, options: PoolConfig): Sql {
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const pool = new Pool({ ...connectionTo(url), ...options, stream });
  // Without a listener a connection that dies, idle or in use, would end the process. Whoever uses it hears of it.
  pool.on('error', ({ message }) => log().debug({ reason: message }, 'an idle database connection ended'));
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client.on('notice', ({ message }) => log().debug({ notice: message }, 'database notice'));
  });
  return sqlOf(pool, ({ timeout = END_TIMEOUT_SECONDS } = {}) => endWithin(pool, sockets, timeout * 1000));
}

async function endWithin(pool: Pool, sockets: Set<Socket>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsOver = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // The pool has ended when it has said goodbye; the server has let go when the sockets are closed.
  const closed = pool.end().then(() => Promise.all([...sockets].map(closing)));
  await Promise.race([closed, timeIsOver]);
  clearTimeout(timer);
  for (const socket of sockets) socket.destroy();
}

function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

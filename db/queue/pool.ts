import { Pool } from 'pg';
import { connectionTo } from '@/db/pool';
import { log } from '@/lib/log';

/**
 * Connections of graphile-worker. One that breaks is replaced on the next use and never ends the process. The caller
 * ends the pool.
 */
export function openQueuePool(url: string, max: number): Pool {
  const pool = new Pool({ ...connectionTo(url), max, application_name: 'orgdock jobs' });
  // Idle connections, and then those in use: without a listener either would end the process.
  pool.on('error', (err) => log().warn({ err }, 'a connection of the job worker broke'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

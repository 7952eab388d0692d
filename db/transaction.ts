import type { Pool, PoolClient } from 'pg';
import { isDatabaseAway } from './faults';
import { hasStaleStatements } from './prepared';

type Step<T> = (client: PoolClient) => Promise<T>;

/**
 * Runs `work` in one transaction on a connection of its own. `opening`: statements that go out together with BEGIN, as
 * they stand. A connection that has died idle shows it before `work` begins: then another one is taken. After that every
 * error is the caller's: the work is undone, or, when COMMIT was not answered, may have been done.
 */
export async function inTransaction<T>(pool: Pool, work: Step<T>, opening = ''): Promise<T> {
  const client = await begin(pool, opening);
  let result: T;
  try {
    result = await work(client);
    const { command } = await client.query('COMMIT');
    // What PostgreSQL answers when a statement had failed and `work` went on all the same.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: one of its statements had failed.');
  } catch (error) {
    await rollBack(client, error);
    throw error;
  }
  client.release();
  return result;
}

async function begin(pool: Pool, opening: string): Promise<PoolClient> {
  // After a restart of the server every connection of the pool is dead; one more is a fresh one.
  for (let left = pool.options.max; ; left -= 1) {
    const client = await pool.connect();
    try {
      await client.query(`BEGIN; ${opening}`);
      return client;
    } catch (error) {
      client.release(true);
      if (left === 0 || !isDatabaseAway(error)) throw error;
    }
  }
}

/** Throws when the connection is gone, too: that the database is away says more than what `work` made of it. */
async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release(hasStaleStatements(error));
  } catch (fault) {
    client.release(true);
    throw isDatabaseAway(error) ? error : fault;
  }
}

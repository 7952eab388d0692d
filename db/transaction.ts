import {
  escapeIdentifier,
  escapeLiteral,
  type Pool,
  type PoolClient,
  type QueryConfig,
  type QueryResult,
} from 'pg';
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

/** A SELECT under the name that it is prepared by. */
export interface NamedStatement extends QueryConfig {
  name: string;
  values: unknown[];
}

/** What each connection has prepared through `readInTransaction`. */
const preparedOn = new WeakMap<PoolClient, Set<string>>();

/**
 * One SELECT in a transaction of its own. Where the connection knows the statement already, all of it, from BEGIN to
 * COMMIT, is one message and one answer; what a round trip costs this process is more than most statements do. A dead
 * connection costs the caller nothing: what only reads can be run again.
 */
export async function readInTransaction(
  pool: Pool,
  statement: NamedStatement,
  opening: string,
): Promise<QueryResult> {
  const client = await pool.connect();
  const { name, values, ...form } = statement;
  if (!preparedOn.get(client)?.has(name)) {
    client.release();
    return readAndPrepare(pool, statement, opening);
  }
  try {
    const call = `EXECUTE ${escapeIdentifier(name)}${values.length === 0 ? '' : `(${values.map(literal).join(', ')})`}`;
    const answers = await client.query({ ...form, text: `BEGIN; ${opening}; ${call}; COMMIT` });
    client.release();
    // BEGIN and the opening each have theirs before it.
    return (answers as unknown as QueryResult[])[2] as QueryResult;
  } catch (error) {
    if (!isDatabaseAway(error)) {
      await rollBack(client, error);
      throw error;
    }
    client.release(true);
    return readAndPrepare(pool, statement, opening);
  }
}

function readAndPrepare(pool: Pool, statement: NamedStatement, opening: string): Promise<QueryResult> {
  return inTransaction(
    pool,
    async (client) => {
      const answer = await client.query(statement);
      const known = preparedOn.get(client) ?? new Set();
      preparedOn.set(client, known.add(statement.name));
      return answer;
    },
    opening,
  );
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return escapeLiteral(String(value));
  }
  throw new TypeError('A single read takes texts, numbers and booleans.');
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

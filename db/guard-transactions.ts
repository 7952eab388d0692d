import type postgres from 'postgres';
import { databaseCode, isDatabaseAway } from './faults';

/** How long a broken query may be ahead of the news that its connection has closed. */
const CLOSE_NEWS_MS = 1_000;

/** As many as the pool holds: after a restart of the server all of them are dead. */
const MOST_DEAD = 10;
const DIED_IDLE = new Set(['CONNECTION_CLOSED', 'ECONNRESET', 'EPIPE', '57P01']);

type Begin = (work: Work) => Promise<unknown>;
type Work = (sql: postgres.TransactionSql) => unknown;

/**
 * Keeps transactions away from a connection that has closed under them. postgres.js 3.4 writes their next query,
 * and its own ROLLBACK, to a socket that is null by then: that throws outside of every promise and would end the
 * process with every token request in flight (https://github.com/porsager/postgres/issues/1208).
 */
export function guardTransactions(pool: postgres.Sql): postgres.Sql {
  const begin = pool.begin.bind(pool) as Begin;
  const guarded = (work: Work) => runOnLiveConnection(begin, work);
  return Object.assign(pool, { begin: guarded });
}

/** A connection that died idle shows it at BEGIN: nothing was done, so the next one is taken. */
async function runOnLiveConnection(begin: Begin, work: Work): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    let started = false;
    try {
      return await runGuardedTransaction(begin, (sql) => {
        started = true;
        return work(sql);
      });
    } catch (error) {
      if (started || tries > MOST_DEAD || !DIED_IDLE.has(databaseCode(error) ?? '')) throw error;
    }
  }
}

async function runGuardedTransaction(begin: Begin, work: Work): Promise<unknown> {
  let closed: unknown = null;
  const ended = begin(async (sql) => {
    const send = sql.unsafe;
    // Drizzle sends everything through `unsafe`.
    sql.unsafe = ((...query: Parameters<typeof send>) => {
      if (closed !== null) throw closed;
      return send(...query);
    }) as typeof send;
    const result = await Promise.resolve(work(sql)).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('error' in result && isDatabaseAway(result.error)) await Promise.race([closing, wait(CLOSE_NEWS_MS)]);
    // Settling now would make postgres.js send COMMIT or ROLLBACK; `begin` itself has ended already.
    if (closed !== null) await new Promise(() => undefined);
    if ('error' in result) throw result.error;
    return result.value;
  });
  const closing = ended.catch((error: unknown) => {
    closed = error;
  });
  return await ended;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

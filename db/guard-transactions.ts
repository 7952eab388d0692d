import type postgres from 'postgres';
import { isDatabaseAway } from './faults';
import type { Sql } from './pool';

/** How long a broken query may be ahead of the news that its connection has closed. */
const CLOSE_NEWS_MS = 1_000;

type Work = (sql: postgres.TransactionSql) => unknown;

/**
 * Keeps transactions away from a connection that has closed under them. postgres.js 3.4 writes their next query,
 * and its own ROLLBACK, to a socket that is null by then: that throws outside of every promise and would end the
 * process with every token request in flight (https://github.com/porsager/postgres/issues/1208).
 */
export function guardTransactions(pool: Sql): Sql {
  const begin = pool.begin.bind(pool) as (work: Work) => Promise<unknown>;
  const guarded = (work: Work) => runGuardedTransaction(begin, work);
  return Object.assign(pool, { begin: guarded });
}

async function runGuardedTransaction(begin: (work: Work) => Promise<unknown>, work: Work): Promise<unknown> {
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

import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type Tx, withSystem } from '@/db/client';
import { openOwnerConnection } from '@/db/pool';
import type { Sql } from '@/db/sql';
import { stopDatabase } from '@/db/start';
import { asOwner } from '@/tests/database-owner';

/** Ends every connection of the pool, and returns when the server has none of them left. */
async function cutConnections(owner: Sql): Promise<void> {
  const cut = await owner<Array<{ pid: number }>>`
    SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'orgdock portal'`;
  const pids = cut.map(({ pid }) => pid);
  const left = () => owner`SELECT 1 FROM pg_stat_activity WHERE pid = ANY(${pids})`;
  while ((await left()).length > 0);
}

/** Lets socket events, immediates and timers of a closed connection happen. */
async function turnOfEvents(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Runs `work` and returns what was thrown outside of every promise meanwhile: it would end the process. */
async function uncaughtDuring(work: () => Promise<void>): Promise<unknown[]> {
  const uncaught: unknown[] = [];
  const listeners = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => uncaught.push(error));
  try {
    await work();
    await turnOfEvents();
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener as () => void);
  }
  return uncaught;
}

/** One more than the pool holds would wait; these are two more. */
const CALLERS = Array.from({ length: 12 });

const callTogether = () =>
  Promise.all(CALLERS.map(() => withSystem('test', (tx) => tx.execute(sql`SELECT 1 AS one`))));

const cases: Array<[string, (tx: Tx) => Promise<unknown>]> = [
  [
    'between two queries',
    async (tx) => {
      await asOwner(cutConnections);
      await turnOfEvents();
      await tx.execute(sql`SELECT 1`);
    },
  ],
  ['before the news of it has come', (tx) => asOwner(cutConnections).then(() => tx.execute(sql`SELECT 1`))],
  ['before its commit', () => asOwner(cutConnections).then(turnOfEvents)],
  [
    'during a query',
    async (tx) => {
      const [, query] = await Promise.allSettled([
        asOwner(cutConnections),
        tx.execute(sql`SELECT pg_sleep(5)`),
      ]);
      if (query.status === 'rejected') throw query.reason;
    },
  ],
  [
    'while its work fails for another reason',
    async () => {
      await asOwner(cutConnections);
      await turnOfEvents();
      throw new Error('something else');
    },
  ],
];

describe('a transaction whose connection is cut', () => {
  it.each(cases)('%s is rejected, and the process and the pool live on', async (_, work) => {
    const uncaught = await uncaughtDuring(async () => {
      await expect(withSystem('test', work)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await callTogether();
    });
    expect(uncaught).toEqual([]);
  });

  it('runs on another connection when it has not begun its work', async () => {
    for (const pause of [async () => undefined, turnOfEvents]) {
      await callTogether();
      await asOwner(cutConnections);
      await pause();
      let begun = 0;
      await withSystem('test', async (tx) => {
        begun += 1;
        await tx.execute(sql`SELECT 1`);
      });
      expect(begun).toBe(1);
    }
  });

  it('costs nobody anything who comes after the cut, in 200 rounds of many callers', {
    timeout: 180_000,
  }, async () => {
    const owner = openOwnerConnection(process.env.DATABASE_URL ?? '');
    const refused: unknown[] = [];
    const uncaught = await uncaughtDuring(async () => {
      for (let round = 0; round < 200; round += 1) {
        const underWay = CALLERS.map(() =>
          withSystem('test', (tx) => tx.execute(sql`SELECT pg_sleep(0.002)`)).catch((error) =>
            refused.push(error),
          ),
        );
        await cutConnections(owner);
        await Promise.all(underWay);
        await callTogether();
      }
    });
    await owner.end();
    expect(uncaught).toEqual([]);
    // The cuts did hit somebody, and were the only trouble.
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) expect(error).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('leaves a pool that ends at once', async () => {
    await callTogether();
    await asOwner(cutConnections);
    const started = performance.now();
    await stopDatabase();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('passes other errors on and rolls back', async () => {
    await expect(
      withSystem('test', async () => {
        throw new Error('mine');
      }),
    ).rejects.toThrow('mine');
    await expect(withSystem('test', (tx) => tx.execute(sql`SELECT 1/0`))).rejects.toMatchObject({
      code: '22012',
    });
  });
});

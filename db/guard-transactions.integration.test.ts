import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { type Tx, withSystem } from '@/db/client';
import { asOwner } from '@/tests/database-owner';

const uncaught: unknown[] = [];

async function cutConnections(): Promise<void> {
  await asOwner(
    (owner) => owner`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                      WHERE datname = current_database() AND application_name = 'orgdock portal'`,
  );
}

/** Lets socket events, immediates and timers of a closed connection happen. */
async function turnOfEvents(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const cases: Array<[string, (tx: Tx) => Promise<unknown>]> = [
  [
    'between two queries',
    async (tx) => {
      await cutConnections();
      await turnOfEvents();
      await tx.execute(sql`SELECT 1`);
    },
  ],
  ['before its commit', () => cutConnections().then(turnOfEvents)],
  [
    'during a query',
    async (tx) => {
      const cut = cutConnections();
      // The other connections are cut too: what comes after this test must not be hit by it.
      await tx.execute(sql`SELECT pg_sleep(5)`).finally(() => cut);
    },
  ],
  [
    'while its work fails for another reason',
    async () => {
      await cutConnections();
      await turnOfEvents();
      throw new Error('something else');
    },
  ],
];

/** News of cut connections may still be on their way: each costs one caller an UNAVAILABLE, and no more. */
async function untilPoolServes(): Promise<void> {
  const callers = Array.from({ length: 12 });
  await vi.waitFor(
    async () => {
      const rows = await Promise.all(
        callers.map(() => withSystem('test', (tx) => tx.execute(sql`SELECT 1 AS one`))),
      );
      expect(rows.every((row) => row[0]?.one === 1)).toBe(true);
    },
    { timeout: 20_000 },
  );
}

describe('a transaction whose connection is cut', () => {
  it.each(cases)('%s is rejected, and the process and the pool live on', async (_, work) => {
    const listeners = process.rawListeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => uncaught.push(error));
    try {
      await expect(withSystem('test', work)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await turnOfEvents();
      expect(uncaught).toEqual([]);
      await untilPoolServes();
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of listeners) process.on('uncaughtException', listener as () => void);
    }
  });

  it('passes other errors on and rolls back', async () => {
    await untilPoolServes();
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

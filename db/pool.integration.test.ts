import { afterEach, describe, expect, it } from 'vitest';
import { openPool } from './pool';
import type { Sql } from './sql';

let pool: Sql | null = null;

function open(): Sql {
  pool = openPool(process.env.DATABASE_URL ?? '');
  return pool;
}

afterEach(async () => {
  await pool?.end().catch(() => undefined);
  pool = null;
});

describe('a pool of connections', () => {
  it('sends every value as a parameter', async () => {
    const quoted = `'); DROP TABLE x; --`;
    const [row] =
      await open()`SELECT ${quoted}::text AS text, ${41}::int + 1 AS number, ${['a', 'b']}::text[] AS list`;
    expect(row).toEqual({ text: quoted, number: 42, list: ['a', 'b'] });
  });

  it('runs all statements of a text and answers with the last', async () => {
    const sql = open();
    await sql.begin(async (tx) => {
      await tx.unsafe(
        'CREATE TEMPORARY TABLE made (id int) ON COMMIT DROP; INSERT INTO made VALUES (1), (2)',
      );
      expect(await tx`SELECT id FROM made ORDER BY id`).toEqual([{ id: 1 }, { id: 2 }]);
    });
  });

  it('undoes a transaction whose work fails, and uses its connection again', async () => {
    const sql = open();
    const failing = sql.begin(async (tx) => {
      await tx`SELECT set_config('orgdock.person_id', 'left behind', true)`;
      await tx`SELECT 1/0`;
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    const [row] = await sql`SELECT current_setting('orgdock.person_id', true) AS person`;
    expect(row?.person).toBe('');
    expect(sql.pool.totalCount).toBe(1);
  });

  it('commits nothing of a transaction that goes on after a failed statement', async () => {
    const sql = open();
    await sql.unsafe('CREATE TABLE public.half_done (id int)');
    const careless = sql.begin(async (tx) => {
      await tx`INSERT INTO public.half_done VALUES (1)`;
      await tx`SELECT 1/0`.catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('was rolled back');
    expect(await sql`SELECT id FROM public.half_done`).toEqual([]);
  });

  it('ends when its connections have closed', async () => {
    const sql = open();
    const [mine] = await sql`SELECT pg_backend_pid() AS pid`;
    await sql.end();
    const seen = await open()`SELECT 1 FROM pg_stat_activity WHERE pid = ${mine?.pid}`;
    expect(seen).toEqual([]);
  });

  it('cuts what still runs when its time to end is over', async () => {
    const sql = open();
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const endless = sql.begin(async (tx) => {
      begun();
      await tx`SELECT pg_sleep(60)`;
    });
    endless.catch(() => undefined);
    await running;
    const started = performance.now();
    await sql.end({ timeout: 0.05 });
    expect(performance.now() - started).toBeLessThan(1_000);
    await expect(endless).rejects.toThrow('Connection terminated');
  });
});

import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { registry } from '@/lib/registry';
import { asOwner } from '@/tests/database-owner';

/** The statements that the connection of a transaction keeps prepared, which hold a word. */
async function preparedWith(word: string): Promise<number> {
  const { rows } = await withSystem('test', (tx) =>
    tx.execute<{ count: string }>(
      sql`SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE ${`%${word}%`} AND statement NOT LIKE '%pg_prepared%'`,
    ),
  );
  return Number(rows[0]?.count);
}

describe('statements', () => {
  it('are prepared once on a connection', async () => {
    for (const number of [1, 2, 3]) {
      await withSystem('test', (tx) => tx.execute(sql`SELECT ${number}::int AS thrice`));
    }
    expect(await preparedWith('thrice')).toBe(1);
  });

  it('are not prepared for lists, each length of which would be one', async () => {
    const list = sql.join(
      Array.from({ length: 61 }, (_, index) => sql`${index}::int`),
      sql`, `,
    );
    await withSystem('test', (tx) => tx.execute(sql`SELECT 1 AS listed WHERE 1 IN (${list})`));
    expect(await preparedWith('listed')).toBe(0);
  });

  it('are not prepared behind a pooler in transaction mode', async () => {
    vi.stubEnv('DATABASE_PREPARE', 'false');
    registry().slots.delete('env');
    await withSystem('test', (tx) => tx.execute(sql`SELECT 1 AS pooled`));
    expect(await preparedWith('pooled')).toBe(0);
    vi.unstubAllEnvs();
    registry().slots.delete('env');
  });

  it('are prepared anew, on another connection, after a migration has changed what they answer', async () => {
    await asOwner((owner) =>
      owner.unsafe(`CREATE TABLE public.changing (value integer); GRANT SELECT ON public.changing TO PUBLIC`),
    );
    const read = () => withSystem('test', (tx) => tx.execute(sql`SELECT * FROM public.changing`));
    await read();
    await asOwner((owner) => owner.unsafe(`ALTER TABLE public.changing ALTER value TYPE text`));
    await expect(read()).rejects.toThrow(/cached plan must not change result type/);
    expect((await read()).rows).toEqual([]);
  });

  it('say what to set when a pooler has given them another session', async () => {
    await withSystem('test', (tx) => tx.execute(sql`SELECT 1 AS forgotten`));
    const lost = withSystem('test', async (tx) => {
      await tx.execute(sql`DEALLOCATE ALL`);
      await tx.execute(sql`SELECT 1 AS forgotten`);
    });
    await expect(lost).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      nextStep: expect.stringContaining('DATABASE_PREPARE=false'),
    });
  });
});

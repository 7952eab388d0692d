import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { environments, people } from '@/db/schema';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext, makeEnvironment } from '@/tests/factories';

describe('withActor and withSystem', () => {
  it('gives arrays, dates and json back as they were written', async () => {
    const made = await makeEnvironment({ scopes: ['api', 'with "quotes", commas'] });
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, made.id)),
    );
    expect(row?.scopes).toEqual(['api', 'with "quotes", commas']);
    expect(row?.createdAt).toBeInstanceOf(Date);
  });

  it('rolls back when the work throws, and passes the error on', async () => {
    const ctx = await makeContext();
    const work = withActor(ctx, async (tx) => {
      await tx.update(people).set({ locale: 'de-DE' }).where(eq(people.id, ctx.personId));
      throw new RangeError('stop');
    });
    await expect(work).rejects.toThrow(RangeError);
    const rows = await withActor(ctx, (tx) => tx.select().from(people));
    expect(rows[0]?.locale).toBeNull();
  });

  it('leaves no actor behind in a connection', async () => {
    const ctx = await makeContext('admin');
    await withActor(ctx, async () => undefined);
    const seen = await withSystem('test', (tx) =>
      tx.execute(sql`SELECT current_setting('orgdock.person_id', true) AS person`),
    );
    expect(seen[0]?.person).toBe('');
  });

  it('reports a failed statement without its parameters', async () => {
    const work = withSystem('test', (tx) => tx.execute(sql`SELECT ${'very-secret'}::uuid AS id, 1/0`));
    await expect(work).rejects.not.toThrow(/Failed query/);
  });

  it('reads the time of the database, which a test can move', async () => {
    await shiftDatabaseClock(3600_000);
    const made = await makeEnvironment();
    expect(made.createdAt.getTime()).toBeGreaterThan(Date.now() + 3500_000);
  });

  it('refuses a system transaction without a reason', () => {
    expect(() => withSystem(' ', async () => 1)).toThrow('needs a reason');
  });
});

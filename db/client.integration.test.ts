import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { auditLog, environments, people } from '@/db/schema';
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

  it('gives numbers, flags and times of expressions back as the code expects them', async () => {
    const made = await makeEnvironment();
    const [row] = await withSystem('test', (tx) =>
      tx
        .select({
          scopes: environments.scopes,
          flag: sql<boolean>`${environments.createdAt} <= orgdock.now()`,
          now: sql`orgdock.now()`.mapWith(environments.createdAt),
          long: sql<string>`9007199254740993::bigint`,
        })
        .from(environments)
        .where(eq(environments.id, made.id)),
    );
    expect(row).toEqual({
      scopes: made.scopes,
      flag: true,
      now: expect.any(Date),
      long: '9007199254740993',
    });
    const entry = {
      action: 'session.sign_in' as const,
      actorKind: 'system' as const,
      subjectType: 'session',
      subjectId: '1',
      outcome: 'done' as const,
      details: { list: ['a', '1'], text: '1' },
    };
    const [written] = await withSystem('test', (tx) => tx.insert(auditLog).values(entry).returning());
    expect(written).toMatchObject({ id: expect.any(Number), details: entry.details });
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
    expect(seen.rows[0]?.person).toBe('');
  });

  it('reports a failed statement without its parameters', async () => {
    const work = withSystem('test', (tx) => tx.execute(sql`SELECT ${'very-secret'}::uuid AS id, 1/0`));
    await expect(work).rejects.not.toThrow(/Failed query/);
  });

  it('reports a refused row without its values', async () => {
    const { slug } = await makeEnvironment();
    const refused = await makeEnvironment({ slug }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: '23505', constraint: 'environments_slug_unique' });
    expect(inspect(refused, { depth: 5 })).not.toContain(slug);
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

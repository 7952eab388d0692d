import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { sessions } from '@/db/schema';
import { singleRead } from '@/db/single-read';
import { registry } from '@/lib/registry';
import { asOwner } from '@/tests/database-owner';
import { makeContext, makeSession } from '@/tests/factories';

const readSessions = singleRead((tx) =>
  tx
    .select({ id: sessions.id, createdAt: sessions.createdAt, text: sql<string>`'it\\s' || ${'a\\b'}::text` })
    .from(sessions)
    .where(eq(sessions.personId, sql.placeholder('personId'))),
);

const readText = singleRead((tx) =>
  tx.select({ text: sql<string>`${sql.placeholder('text')}::text` }).from(sql`(SELECT 1) one`),
);

describe('a single read', () => {
  it('answers in one round trip what it answers in a transaction of several statements', async () => {
    const ctx = await makeContext();
    const read = readSessions({ personId: ctx.personId });
    const inFull = await withActor(ctx, async (tx) => await read(tx));
    expect(inFull).toMatchObject([{ id: ctx.sessionId, createdAt: expect.any(Date), text: 'it\\sa\\b' }]);
    for (let time = 0; time < 3; time += 1) expect(await withActor(ctx, read)).toEqual(inFull);
  });

  it('sees the rows of who asks, and of nobody who asked on the same connection before', async () => {
    const [one, other] = [await makeContext(), await makeContext()];
    await makeSession(one.personId);
    const read = readSessions({ personId: one.personId });
    for (let time = 0; time < 12; time += 1) {
      expect(await withSystem('test', read)).toHaveLength(2);
      expect(await withActor(one, read)).toHaveLength(2);
      expect(await withActor(other, read)).toEqual([]);
    }
  });

  it('takes any text for what it is', async () => {
    const texts = ["'; DROP TABLE x; --", '\\', "\\'", '$1', "E'\\n'", '', 'é😀'];
    for (const text of [...texts, ...texts])
      expect(await withSystem('test', readText({ text }))).toEqual([{ text }]);
  });

  it('leaves the connection as it was when it fails', async () => {
    const fails = singleRead((tx) =>
      tx.select({ one: sql<number>`1 / ${sql.placeholder('by')}::int` }).from(sql`(SELECT 1) one`),
    );
    await withSystem('test', fails({ by: '1' }));
    for (let time = 0; time < 12; time += 1) {
      await expect(withSystem('test', fails({ by: '0' }))).rejects.toMatchObject({ code: '22012' });
      expect(await withSystem('test', fails({ by: '1' }))).toEqual([{ one: 1 }]);
    }
  });

  it('costs nobody anything after every connection was cut', async () => {
    const read = readText({ text: 'still here' });
    for (let time = 0; time < 3; time += 1) await withSystem('test', read);
    await asOwner(
      (owner) => owner`
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'orgdock portal'`,
    );
    expect(await withSystem('test', read)).toEqual([{ text: 'still here' }]);
  });

  it('prepares nothing where DATABASE_PREPARE is false', async () => {
    const unnamed = singleRead((tx) =>
      tx.select({ one: sql<number>`1 AS unnamed` }).from(sql`(SELECT 1) one`),
    );
    vi.stubEnv('DATABASE_PREPARE', 'false');
    registry().slots.delete('env');
    for (let time = 0; time < 3; time += 1)
      expect(await withSystem('test', unnamed({}))).toEqual([{ one: 1 }]);
    const { rows } = await withSystem('test', (tx) =>
      tx.execute(
        sql`SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%AS unnamed%' AND statement NOT LIKE '%pg_prepared%'`,
      ),
    );
    expect(rows).toEqual([]);
    vi.unstubAllEnvs();
    registry().slots.delete('env');
  });
});

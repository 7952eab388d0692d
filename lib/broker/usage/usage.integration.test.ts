import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { apiCalls, apiKeyDays, idempotencyKeys } from '@/db/schema';
import { listUsageCalls, readUsage } from '@/lib/broker/usage/queries';
import { type CallRow, flushUsage, recordCall } from '@/lib/broker/usage/usage-log';
import { sweepRetention } from '@/lib/jobs/retention';
import { makeApiKey } from '@/tests/api-keys';
import { asOwner } from '@/tests/database-owner';
import { makeContext } from '@/tests/factories';

/** 0: the portal is cut off and let in no more; -1: it is let in again. */
const limitConnections = (count: 0 | -1) =>
  asOwner(async (sql) => {
    const [row] = await sql`SELECT current_database() AS name`;
    await sql.unsafe(`ALTER DATABASE ${row?.['name']} CONNECTION LIMIT ${count}`);
    if (count === 0) {
      await sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'orgdock portal'`;
    }
  });

async function makeCaller() {
  const ctx = await makeContext();
  const { id: keyId } = await makeApiKey(ctx.personId);
  const connectionId = randomUUID();
  const call = (values: Partial<CallRow> = {}) =>
    recordCall(
      {
        ...{ keyId, connectionId, ownerId: ctx.personId, requestId: randomUUID(), operation: 'query' },
        ...{ method: 'GET', status: 200, milliseconds: 10, at: new Date(), ...values },
      },
      { keyId, day: new Date().toISOString().slice(0, 10), calls: 1, rows: values.rows ?? 0 },
    );
  return { ctx, keyId, connectionId, call };
}

describe('the usage log', () => {
  it('tells calls, errors, refusals, rows and latency by stretches of time', async () => {
    const { ctx, keyId, connectionId, call } = await makeCaller();
    for (let count = 1; count <= 20; count += 1) call({ milliseconds: count * 10, rows: 5, cost: 1 });
    call({ status: 502, code: 'SALESFORCE_UNAVAILABLE', milliseconds: 10 });
    call({ status: 400, milliseconds: 10 });
    call({ status: 403, code: 'POLICY_REFUSED', rule: 'objects', milliseconds: 10, connectionId: null });
    await flushUsage();
    for (const [range, length] of [
      ['24h', 24],
      ['7d', 28],
      ['30d', 30],
    ] as const) {
      const usage = await readUsage(ctx, { keyId }, range);
      expect(usage.buckets).toHaveLength(length);
      expect(usage.totals).toMatchObject({ calls: 23, errors: 2, refusals: 1, rows: 100, cost: 20 });
      const calls = usage.buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
      expect(calls).toBe(23);
      expect(usage.buckets[0]).toMatchObject({
        calls: 0,
        p50: null,
        at: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    }
    const { totals } = await readUsage(ctx, { keyId, connectionId }, '24h');
    expect(totals).toMatchObject({ calls: 22, refusals: 0, p50: 95 });
    expect(totals.p95).toBeGreaterThan(180);
  });

  it('shows calls to their owner and to staff, and to nobody else', async () => {
    const { ctx, keyId, call } = await makeCaller();
    for (let count = 0; count < 51; count += 1) call({ target: `Object${count}` });
    await flushUsage();
    const page = await listUsageCalls(ctx, { keyId });
    expect(page.calls).toHaveLength(50);
    expect(page.calls[0]).toMatchObject({ target: 'Object50', operation: 'query', status: 200 });
    const older = await listUsageCalls(ctx, { keyId }, page.older);
    expect(older).toMatchObject({ calls: [{ target: 'Object0' }], older: null });
    for (const role of ['admin', 'auditor'] as const) {
      expect((await readUsage(await makeContext(role), { keyId }, '24h')).totals.calls).toBe(51);
    }
    const stranger = await makeContext();
    expect((await readUsage(stranger, { keyId }, '24h')).totals.calls).toBe(0);
    expect(await listUsageCalls(stranger, { keyId })).toEqual({ calls: [], older: null });
  });

  it('waits for a database that is away, and loses no call', async () => {
    const { keyId, call } = await makeCaller();
    await limitConnections(0);
    call({ rows: 3 });
    await flushUsage();
    await limitConnections(-1);
    call({ rows: 4 });
    await flushUsage();
    const calls = await withSystem('test', (tx) =>
      tx.select().from(apiCalls).where(eq(apiCalls.keyId, keyId)),
    );
    expect(calls).toHaveLength(2);
    const days = await withSystem('test', (tx) =>
      tx.select().from(apiKeyDays).where(eq(apiKeyDays.keyId, keyId)),
    );
    expect(days).toMatchObject([{ calls: 2, rows: 7 }]);
  });

  it('takes calls of a key that is gone', async () => {
    const { keyId, call } = await makeCaller();
    await withSystem('test', (tx) => tx.execute(sql`DELETE FROM orgdock.api_keys WHERE id = ${keyId}::uuid`));
    call();
    await flushUsage();
    const calls = await withSystem('test', (tx) =>
      tx.select().from(apiCalls).where(eq(apiCalls.keyId, keyId)),
    );
    expect(calls).toHaveLength(1);
  });

  it('keeps calls 30 days, days 400 and answers one', async () => {
    const { ctx, keyId, call } = await makeCaller();
    const ago = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);
    for (const days of [29.9, 30.1]) call({ at: ago(days), target: String(days) });
    await flushUsage();
    const day = (days: number) => ago(days).toISOString().slice(0, 10);
    await withSystem('test', async (tx) => {
      await tx.insert(apiKeyDays).values([399, 402].map((days) => ({ keyId, day: day(days), calls: 1 })));
      await tx.insert(idempotencyKeys).values(
        [0.9, 1.1].map((days) => ({
          ...{ keyId, ownerId: ctx.personId, nameHash: String(days), requestHash: 'x' },
          startedAt: ago(days),
        })),
      );
    });
    await sweepRetention();
    const kept = await withSystem('test', async (tx) => ({
      calls: await tx.select().from(apiCalls).where(eq(apiCalls.keyId, keyId)),
      days: await tx.select().from(apiKeyDays).where(eq(apiKeyDays.keyId, keyId)),
      answers: await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.keyId, keyId)),
    }));
    expect(kept.calls.map(({ target }) => target)).toEqual(['29.9']);
    expect(kept.days.map((row) => row.day).sort()).toEqual([day(399), day(0)].sort());
    expect(kept.answers.map(({ nameHash }) => nameHash)).toEqual(['0.9']);
  });
});

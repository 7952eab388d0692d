import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { apiCalls } from '@/db/schema';
import { listUsageByConnection, listUsageByKey } from '@/lib/broker/usage/queries';
import type { PersonContext } from '@/lib/context';
import { makeApiKey } from '@/tests/api-keys';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

async function makeUsed(ctx: PersonContext) {
  const { id: keyId } = await makeApiKey(ctx.personId);
  const environment = await makeEnvironment();
  const connection = await makeConnection({ ownerId: ctx.personId, environmentId: environment.id });
  const call = (over: Partial<typeof apiCalls.$inferInsert>) => ({
    ...{ keyId, ownerId: ctx.personId, requestId: randomUUID(), operation: 'query', method: 'POST' },
    ...{ connectionId: connection.id, status: 200, rows: 10, milliseconds: 100, at: daysAgo(0) },
    ...over,
  });
  await withSystem('test data', (tx) =>
    tx
      .insert(apiCalls)
      .values([
        call({}),
        call({ status: 403, code: 'POLICY_REFUSED', rule: 'objects', rows: 0 }),
        call({ status: 404, code: 'NOT_FOUND', rows: 0, connectionId: null }),
        call({ at: daysAgo(3) }),
        call({ at: daysAgo(40) }),
      ]),
  );
  const label = `${environment.name}: ${connection.username}`;
  return { keyId, connectionId: connection.id, label };
}

describe('usage, broken down', () => {
  it('is told of a key by connection, within the range', async () => {
    const ctx = await makeContext();
    const { keyId, connectionId, label } = await makeUsed(ctx);
    expect(await listUsageByConnection(ctx, keyId, '24h')).toMatchObject([
      { connectionId, label, calls: 2, refusals: 1, errors: 0, rows: 10 },
      { connectionId: null, label: null, calls: 1, refusals: 1, rows: 0 },
    ]);
    expect((await listUsageByConnection(ctx, keyId, '7d'))[0]).toMatchObject({ calls: 3, rows: 20 });
    const auditor = await makeContext('auditor');
    expect((await listUsageByConnection(auditor, keyId, '30d'))[0]).toMatchObject({ label, calls: 3 });
  });

  it('is told of a connection by key', async () => {
    const ctx = await makeContext();
    const { keyId, connectionId } = await makeUsed(ctx);
    expect(await listUsageByKey(ctx, connectionId)).toMatchObject([
      { keyId, keyName: 'Nightly', ownerId: ctx.personId, calls: 3, rows: 20, refusals: 1, errors: 0 },
    ]);
  });

  it('is told to nobody else', async () => {
    const { keyId, connectionId } = await makeUsed(await makeContext());
    const stranger = await makeContext();
    expect(await listUsageByConnection(stranger, keyId, '30d')).toEqual([]);
    expect(await listUsageByKey(stranger, connectionId)).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import type { Claim } from '@/lib/connections/refresh/claim';
import { recordFailure } from '@/lib/connections/refresh/fail';
import { landSuccess } from '@/lib/connections/refresh/land';
import { registry } from '@/lib/registry';
import { callThrough, claim, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { startTokenEndpoint, type TokenEndpoint } from '@/tests/token-endpoint';

const LOST = { kind: 'uncertain', fault: { error: 'answer_lost', description: null, status: null } } as const;

async function claimed() {
  const endpoint = await startTokenEndpoint();
  const { connection } = await makeConnected(endpoint);
  const version = {
    connectionId: connection.id,
    grantId: connection.grantId,
    generation: connection.generation,
  };
  return { endpoint, id: connection.id, held: (await claim(version)) as Claim };
}

const successOf = (endpoint: TokenEndpoint) => ({
  answer: endpoint.consent(),
  distrust: null,
  spentToken: 'the spent one',
});

const change = (id: string, values: Partial<typeof connections.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(connections).set(values).where(eq(connections.id, id)));

describe('an answer', () => {
  it('lands whatever fence and state the row has', async () => {
    const { endpoint, id, held } = await claimed();
    await change(id, { state: 'needs_reconnect', fence: 9 });
    expect(await landSuccess(held, successOf(endpoint))).toMatchObject({
      kind: 'stored',
      generation: 2,
    });
    expect((await readStored(id)).row).toMatchObject({ state: 'idle', generation: 2 });
  });

  it('does not land on another grant, even of the same generation', async () => {
    const { endpoint, id, held } = await claimed();
    const before = await readStored(id);
    await change(id, { grantId: randomUUID(), state: 'idle' });
    expect(await landSuccess(held, successOf(endpoint))).toEqual({ kind: 'foreign' });
    const after = await readStored(id);
    expect(after).toMatchObject({ row: { generation: 1 }, refreshToken: before.refreshToken });
    expect(after.attempts).toMatchObject([{ outcome: 'late' }]);
  });

  it('does not land on a newer generation of its grant', async () => {
    const { endpoint, id, held } = await claimed();
    await change(id, { generation: 5, state: 'idle' });
    expect(await landSuccess(held, successOf(endpoint))).toEqual({ kind: 'outdated' });
    expect((await readStored(id)).row.generation).toBe(5);
  });

  it('lands on an older generation, which only a restored database has, and is verified before the next spend', async () => {
    const { endpoint, id, held } = await claimed();
    const newer = { ...held, generation: 6, storesAs: 7 };
    const answer = endpoint.consent();
    const success = { answer, distrust: null, spentToken: 'the spent one' };
    expect(await landSuccess(newer, success)).toMatchObject({ kind: 'stored', generation: 7 });
    const after = await readStored(id);
    expect(after).toMatchObject({ row: { generation: 7, verifyFirst: 'generation' } });
    expect(after.refreshToken).toBe(answer.refreshToken);
  });

  it('finds nothing to land on when the connection is gone', async () => {
    const { endpoint, id, held } = await claimed();
    await withSystem('test', (tx) => tx.delete(connections).where(eq(connections.id, id)));
    expect(await landSuccess(held, successOf(endpoint))).toEqual({ kind: 'foreign' });
    expect(await recordFailure(held, LOST)).toBe('foreign');
  });
});

describe('a failure', () => {
  it('is not written over what a later claim has done', async () => {
    const { id, held } = await claimed();
    await change(id, { fence: held.fence + 1 });
    expect(await recordFailure(held, LOST)).toBe('outdated');
    expect((await readStored(id)).row).toMatchObject({ state: 'refreshing', problemCode: null });
  });

  it('is not written over a newer generation or another grant', async () => {
    const { id, held } = await claimed();
    await change(id, { generation: 2, state: 'idle' });
    expect(await recordFailure(held, LOST)).toBe('outdated');
    const other = await claimed();
    await change(other.id, { grantId: randomUUID(), state: 'idle' });
    expect(await recordFailure(other.held, LOST)).toBe('foreign');
    expect((await readStored(id)).row.state).toBe('idle');
    expect((await readStored(other.id)).row.state).toBe('idle');
  });

  it('is written once, however often it is repeated', async () => {
    const { id, held } = await claimed();
    expect(await recordFailure(held, LOST)).toBe('recorded');
    expect(await recordFailure(held, LOST)).toBe('recorded');
    expect((await readStored(id)).audit).toHaveLength(1);
  });
});

describe('the callers of one process', () => {
  it('share one piece of work, so that none of them polls', async () => {
    registry().slots.delete('connections.flights');
    setPolicy({ callerWaitMs: 10_000 });
    const endpoint = await startTokenEndpoint();
    const { source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    let polls = 0;
    // Renewals of the lease keep no process alive; polls do.
    const sleep = async (_: number, options?: { ref?: boolean }) => {
      if (options?.ref === false) await new Promise(() => undefined);
      polls += 1;
    };
    registry().slots.set('connections.clocks', { monotonic: () => 0, wall: () => 0, sleep });
    const calls = await Promise.all(Array.from({ length: 20 }, () => callThrough(endpoint, source)));
    registry().slots.delete('connections.clocks');
    expect(calls.every(Boolean)).toBe(true);
    expect(polls).toBe(0);
  });
});

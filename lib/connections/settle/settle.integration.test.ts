import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments } from '@/db/schema';
import { markOutcomeUnknown } from '@/lib/connections/grant-row';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { requireConnection } from '@/lib/connections/queries';
import { recordFailure } from '@/lib/connections/refresh/fail';
import { landSuccess } from '@/lib/connections/refresh/land';
import { listUnsettled } from '@/lib/connections/settle/list-unsettled';
import { settle } from '@/lib/connections/settle/settle';
import { runUpkeep } from '@/lib/connections/settle/upkeep';
import { callThrough, claim, forgetMemory, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { startTokenEndpoint, type TokenFault } from '@/tests/token-endpoint';

const MINUTE = 60_000;

beforeEach(() => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
});

/** A connection whose last refresh met this fault, so that its outcome is unknown. */
async function uncertain(fault: TokenFault, values: Partial<typeof environments.$inferInsert> = {}) {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  await withSystem('test', (tx) =>
    tx
      .update(environments)
      .set({ introspection: true, ...values })
      .where(eq(environments.id, connected.environment.id)),
  );
  endpoint.expireAccessTokens();
  endpoint.faults.push(fault);
  await expect(callThrough(endpoint, connected.source)).rejects.toMatchObject({
    code: 'GRANT_OUTCOME_UNKNOWN',
  });
  const { id } = connected.connection;
  return { ...connected, endpoint, id, row: async () => (await readStored(id)).row };
}

describe('an uncertain refresh', () => {
  it('is asked about only after its waiting time, however often one looks', async () => {
    const { endpoint, id, row } = await uncertain('drop-before');
    await settle(id);
    await shiftDatabaseClock(119_000);
    await settle(id);
    expect(await listUnsettled(10)).not.toContain(id);
    expect([endpoint.introspections, (await row()).state]).toEqual([0, 'uncertain']);
  });

  it('goes on serving when the token was not consumed, and may be revoked again', async () => {
    const { endpoint, id, row, source } = await uncertain('drop-before');
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    expect(await listUnsettled(10)).toContain(id);
    await settle(id);
    expect(await row()).toMatchObject({
      state: 'idle',
      generation: 1,
      fence: 1,
      problemCode: null,
      uncertainSince: null,
      settleOwner: null,
    });
    const { attempts, audit } = await readStored(id);
    expect(attempts.map(({ purpose, outcome, trigger }) => [purpose, trigger, outcome])).toEqual([
      ['refresh', 'expired', 'unconsumed'],
      ['introspect', 'settle', 'active'],
    ]);
    expect(audit.at(-1)).toMatchObject({
      action: 'token.settle',
      outcome: 'done',
      details: { result: 'unconsumed' },
    });
    forgetMemory();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect([endpoint.violations, endpoint.introspectedConsumed]).toEqual([[], 0]);
  });

  it('waits for its answer before it asks for a reconnect, and introspects once', async () => {
    const { endpoint, id, row, ctx } = await uncertain('html-504-after');
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    await settle(id);
    await shiftDatabaseClock(3 * MINUTE);
    await settle(id);
    expect((await row()).state).toBe('uncertain');
    await shiftDatabaseClock(5 * MINUTE);
    await settle(id);
    expect(await row()).toMatchObject({ state: 'needs_reconnect', problemCode: 'GRANT_ANSWER_LOST' });
    expect(endpoint).toMatchObject({ introspections: 1, introspectedConsumed: 1, violations: [] });
    expect(await requireConnection(ctx, id)).toMatchObject({
      health: 'needs_reconnect',
      problem: { code: 'GRANT_ANSWER_LOST' },
    });
  });

  it('is healed by a late answer, before and after it was given up', async () => {
    for (const given of ['before', 'after'] as const) {
      const endpoint = await startTokenEndpoint();
      const { connection, source } = await makeConnected(endpoint);
      endpoint.expireAccessTokens();
      const held = await claim({ ...connection, connectionId: connection.id });
      if (!held) throw new Error('no claim');
      await shiftDatabaseClock(2 * MINUTE);
      await markOutcomeUnknown(connection.id);
      if (given === 'after') {
        await shiftDatabaseClock(5 * MINUTE);
        const values = { state: 'needs_reconnect' as const, problemCode: 'GRANT_ANSWER_LOST' };
        await withSystem('test', (tx) =>
          tx.update(connections).set(values).where(eq(connections.id, connection.id)),
        );
      }
      const answer = endpoint.consent();
      await landSuccess(held, { answer, distrust: null, spentToken: 'spent' });
      expect((await readStored(connection.id)).row).toMatchObject({
        state: 'idle',
        generation: 2,
        problemCode: null,
        uncertainSince: null,
      });
      forgetMemory();
      expect(await callThrough(endpoint, source)).toBe(true);
    }
  });

  it('asks again later while Salesforce cannot be asked', async () => {
    const { endpoint, id, row } = await uncertain('drop-before');
    endpoint.introspectionFaults.push('http-503');
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    await settle(id);
    expect((await row()).state).toBe('uncertain');
    await settle(id);
    expect(endpoint.introspections).toBe(1);
    await shiftDatabaseClock(4 * MINUTE);
    await settle(id);
    expect((await row()).state).toBe('idle');
  });

  it.each([
    ['switched off', { introspection: false }, undefined],
    ['refused', {}, 'refused'],
  ] as const)('asks for a reconnect when introspection is %s', async (_, values, fault) => {
    const { endpoint, id, row } = await uncertain('drop-before', values);
    if (fault) endpoint.introspectionFaults.push(fault);
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    await settle(id);
    expect(await row()).toMatchObject({ state: 'needs_reconnect', problemCode: 'GRANT_ANSWER_LOST' });
    expect(endpoint.introspections).toBe(fault ? 1 : 0);
  });

  it('is tried once more where the operator wants that, and not twice', async () => {
    const { endpoint, id, row, source } = await uncertain('drop-before', {
      introspection: false,
      uncertainPolicy: 'one_try',
    });
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    await settle(id);
    expect((await row()).state).toBe('idle');
    forgetMemory();
    endpoint.faults.push('drop-before');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await shiftDatabaseClock(10 * MINUTE);
    await settle(id);
    expect((await row()).state).toBe('needs_reconnect');
    expect(endpoint.refreshes).toBe(2);
  });

  it('is settled by one of two processes', async () => {
    const { endpoint, id, row } = await uncertain('drop-before');
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    const first = settle(id);
    forgetMemory();
    await Promise.all([first, settle(id)]);
    expect([endpoint.introspections, (await row()).state]).toEqual([1, 'idle']);
  });

  it('is not settled over a claim or a consent that came meanwhile', async () => {
    const changes = [{ fence: 7 }, { grantId: '00000000-0000-4000-8000-000000000000' }];
    for (const [index, values] of changes.entries()) {
      const { endpoint, id, row } = await uncertain('drop-before');
      await shiftDatabaseClock((index + 1) * 3 * MINUTE);
      let change = async () => {};
      const handle = endpoint.handle.bind(endpoint);
      endpoint.handle = async (request, response) => {
        await change();
        await handle(request, response);
      };
      change = async () => {
        await withSystem('test', (tx) => tx.update(connections).set(values).where(eq(connections.id, id)));
      };
      await settle(id);
      expect(await row()).toMatchObject({ state: 'uncertain', ...values });
    }
  });

  it('asks nothing under the name of another app', async () => {
    const { endpoint, id, row, environment } = await uncertain('drop-before');
    await withSystem('test', (tx) =>
      tx.update(environments).set({ clientId: 'another' }).where(eq(environments.id, environment.id)),
    );
    await shiftDatabaseClock(2 * MINUTE + 1_000);
    await settle(id);
    expect([endpoint.introspections, (await row()).state]).toEqual([0, 'needs_reconnect']);
  });
});

describe('a refresh whose holder died', () => {
  it('is found, asked about and used again by the upkeep of any process', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    const held = await claim({ ...connection, connectionId: connection.id });
    held?.lease.end();
    forgetMemory();
    await shiftDatabaseClock(61_000);
    await sweepLostLeases();
    await runUpkeep({ beats: true });
    const found = (await readStored(connection.id)).row;
    expect(found.state).toBe('uncertain');
    // It may have sent until its lease ended, not until somebody looked.
    expect(found.uncertainSince).toEqual(found.leaseUntil);
    await shiftDatabaseClock(61_000 + 2 * MINUTE);
    await runUpkeep({ beats: false });
    expect((await readStored(connection.id)).row.state).toBe('idle');
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.violations).toEqual([]);
    // What the holder thinks when it comes back is not news any more.
    if (!held) throw new Error('no claim');
    const fault = { error: 'x', description: null, status: null };
    await recordFailure(held, { kind: 'uncertain', fault });
    expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', generation: 2 });
  });
});

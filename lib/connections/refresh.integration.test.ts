import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '@/lib/registry';
import { callThrough, makeConnected, readStored, setPolicy, withoutSingleFlight } from '@/tests/connected';
import { startTokenEndpoint } from '@/tests/token-endpoint';

beforeEach(() => {
  registry().slots.delete('connections.flights');
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000 });
});

describe('an expired access token', () => {
  it('costs one refresh however many calls of one process meet it', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    const calls = await Promise.all(Array.from({ length: 200 }, () => callThrough(endpoint, source)));
    expect(calls.every(Boolean)).toBe(true);
    expect(endpoint.refreshes).toBe(1);
    expect(endpoint.violations).toEqual([]);
    const { row, refreshToken, attempts, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ generation: 2, state: 'idle', fence: 1, leaseOwner: null });
    expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
    expect(attempts).toMatchObject([{ outcome: 'landed', generation: 1, fence: 1 }]);
    expect(audit).toMatchObject([{ action: 'token.refresh', outcome: 'done', actorKind: 'system' }]);
  });

  it('costs one refresh when nobody shares a process', async () => {
    withoutSingleFlight();
    // Forty that wait ask the database as often as they do in production.
    setPolicy({ poll: { first: 100, longest: 1_000 }, callerWaitMs: 5_000 });
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    const calls = await Promise.all(Array.from({ length: 40 }, () => callThrough(endpoint, source)));
    expect(calls.every(Boolean)).toBe(true);
    expect(endpoint.refreshes).toBe(1);
    expect((await readStored(connection.id)).row.generation).toBe(2);
  });

  it('is renewed again after the next expiry', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    for (let round = 0; round < 3; round += 1) {
      endpoint.expireAccessTokens();
      expect(await callThrough(endpoint, source)).toBe(true);
    }
    expect(endpoint.refreshes).toBe(3);
    expect((await readStored(connection.id)).row.generation).toBe(4);
    expect(endpoint.violations).toEqual([]);
  });
});

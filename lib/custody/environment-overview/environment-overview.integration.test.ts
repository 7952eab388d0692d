import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environmentChecks, environments } from '@/db/schema';
import { makeConnection, makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import { listEnvironmentOverviews } from './queries';

beforeEach(async () => {
  await withSystem('test', async (tx) => {
    await tx.delete(connections);
    await tx.delete(environments);
  });
});

describe('listEnvironmentOverviews', () => {
  it('counts the connections of everybody by how they are, for administrators and auditors', async () => {
    const uat = await makeEnvironment({ name: 'UAT', rank: 1 });
    await makeEnvironment({ name: 'Empty', rank: 0 });
    const { id: ownerId } = await makePerson();
    const { id: otherId } = await makePerson();
    const place = { ownerId, environmentId: uat.id };
    await makeConnection(place, { lastUsedAt: new Date('2026-03-06T10:00:00.000Z') });
    await makeConnection(
      { ...place, ownerId: otherId },
      { lastUsedAt: new Date('2026-03-07T10:00:00.000Z') },
    );
    await makeConnection({ ...place, ownerId: otherId }, { state: 'needs_reconnect' });
    await makeConnection(place, { tokenHost: 'https://before.my.salesforce.com', clientId: 'before' });
    await makeConnection(place, { state: 'disconnected' });
    for (const role of ['admin', 'auditor'] as const) {
      const [empty, found] = await listEnvironmentOverviews(await makeContext(role));
      expect(empty).toMatchObject({
        name: 'Empty',
        connections: { healthy: 0, needsAttention: 0, ended: 0 },
        flows: [],
        lastUsedAt: null,
        lastCheck: null,
      });
      expect(found).toMatchObject({
        name: 'UAT',
        connections: { healthy: 2, needsAttention: 2, ended: 1 },
        flows: ['authorization_code'],
        lastUsedAt: '2026-03-07T10:00:00.000Z',
      });
    }
  });

  it('shows the latest test of each environment', async () => {
    const [one, other] = [await makeEnvironment({ rank: 1 }), await makeEnvironment({ rank: 2 })];
    const check = (environmentId: string, day: number, state: 'green' | 'red') => {
      const at = new Date(Date.UTC(2026, 2, day));
      return { environmentId, startedAt: at, finishedAt: at, state, results: [] };
    };
    await withSystem('test', (tx) =>
      tx
        .insert(environmentChecks)
        .values([check(one.id, 7, 'red'), check(one.id, 6, 'green'), check(other.id, 5, 'green')]),
    );
    const found = await listEnvironmentOverviews(await makeContext('admin'));
    expect(found.map(({ lastCheck }) => lastCheck)).toEqual([
      { state: 'red', at: '2026-03-07T00:00:00.000Z' },
      { state: 'green', at: '2026-03-05T00:00:00.000Z' },
    ]);
  });

  it('denies members', async () => {
    await expect(listEnvironmentOverviews(await makeContext('member'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

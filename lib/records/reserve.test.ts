import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { ReadableConnection } from '@/lib/connections/types';
import { assertReserve, noteBudget } from './reserve';

vi.mock('@/lib/custody/usage/low-budget', () => ({ noteLowBudget: vi.fn() }));

const connectionTo = (orgId: string) =>
  ({ orgId, environment: { id: randomUUID(), name: 'Production' } }) as unknown as ReadableConnection;

describe('the reserve of API calls', () => {
  it('lets reading go on down to the very share, and not below it', () => {
    const orgId = randomUUID();
    noteBudget(connectionTo(orgId), { used: 800, max: 1_000 });
    expect(() => assertReserve(connectionTo(orgId), 20)).not.toThrow();
    noteBudget(connectionTo(orgId), { used: 801, max: 1_000 });
    expect(() => assertReserve(connectionTo(orgId), 20)).toThrow(
      expect.objectContaining({
        code: 'API_RESERVE_REACHED',
        details: { left: '199', max: '1000', reservePercent: '20' },
      }),
    );
  });

  it('is none at 0 %, and none of an org that nothing was heard of', () => {
    const orgId = randomUUID();
    expect(() => assertReserve(connectionTo(orgId), 90)).not.toThrow();
    noteBudget(connectionTo(orgId), { used: 1_500, max: 1_000 });
    expect(() => assertReserve(connectionTo(orgId), 0)).not.toThrow();
    expect(() => assertReserve(connectionTo(randomUUID()), 90)).not.toThrow();
  });
});

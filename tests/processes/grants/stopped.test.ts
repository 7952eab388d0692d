import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { refreshAttempts } from '@/db/schema';
import { openStage } from './stage';

const stage = openStage();

const outcomes = (id: string) =>
  withSystem('test', (tx) =>
    tx
      .select({ outcome: refreshAttempts.outcome })
      .from(refreshAttempts)
      .where(eq(refreshAttempts.connectionId, id))
      .orderBy(refreshAttempts.claimedAt),
  );

describe('a holder', () => {
  it.each(['claiming', 'claimed', 'connected', 'answered', 'spooled', 'stored'] as const)(
    'stopped beyond lease, settling and grace when it is %s, and then continued',
    async (step) => {
      const id = await stage.expired();
      const [holder, other] = await stage.pair();
      const { calls } = await holder.reach(step, 'SIGSTOP', { connectionId: id });
      const name = `stopped, ${step}`;
      const meanwhile = await stage.recovered(`${name}, meanwhile`, other, id);
      holder.signal('SIGCONT');
      // An answer in the memory of a stopped process is late, not lost.
      const asked = meanwhile === 'serves' ? other : holder;
      expect(await stage.recovered(`${name}, continued`, asked, id, false)).toBe('serves');
      await calls;
      expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
      expect(await stage.tokenRequests()).toBe(1);
    },
  );

  it('stopped once connected, longer than it may send: the claim goes back unsent', async () => {
    const id = await stage.expired();
    const [holder] = await stage.pair();
    const { calls } = await holder.reach('connected', 'SIGSTOP', { connectionId: id });
    const stoppedAt = performance.now();
    await stage.until(async () => performance.now() - stoppedAt > 1_100);
    holder.signal('SIGCONT');
    expect((await calls).served).toBe(0);
    expect((await outcomes(id)).at(-1)).toEqual({ outcome: 'unsent' });
    expect(await stage.recovered('stopped, connected, within the lease', holder, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    expect(await stage.tokenRequests()).toBe(1);
  });

  it('stopped in the tick of its first write, beyond its lease: it sends when others have not asked yet', async () => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    const { calls } = await holder.reach('sending', 'SIGSTOP', { connectionId: id });
    await stage.inState(id, 'uncertain');
    holder.signal('SIGCONT');
    expect(await stage.recovered('stopped, sending, beyond the lease', other, id, false)).toBe('serves');
    await calls;
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    expect((await outcomes(id)).at(-1)).toEqual({ outcome: 'landed' });
  });
});

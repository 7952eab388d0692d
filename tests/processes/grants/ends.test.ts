import { describe, expect, it } from 'vitest';
import { disconnectConnection } from '@/lib/connections/commands';
import { openStage } from './stage';

const stage = openStage();

/** A refresh that Salesforce holds for longer than what comes between. */
async function heldRefresh() {
  const id = await stage.expired();
  const [holder, other] = await stage.pair();
  const { calls } = await stage.refreshMeets({ fault: 'slow', ms: 4_000 }, { through: holder, id, count: 3 });
  return { id, other, calls };
}

const disconnect = (id: string) => disconnectConnection(stage.owner, id);

async function oneGrantIsLeft(): Promise<void> {
  await stage.until(async () => (await stage.liveGrants()).length === 1);
}

describe('a connection', () => {
  it('disconnected while Salesforce holds its refresh: what comes back is revoked, and stays away', async () => {
    const { id, other, calls } = await heldRefresh();
    await disconnect(id);
    expect(await stage.row(id)).toMatchObject({ state: 'disconnecting' });
    expect((await calls).served).toBe(0);
    await stage.inState(id, 'disconnected');
    expect((await other.calls(id, 3)).served).toBe(0);
    expect(await stage.liveGrants()).toEqual([]);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    await stage.note('disconnected during a refresh', 'revoked');
  });

  it('disconnected and connected again meanwhile: the late answer is revoked, and the new grant serves', async () => {
    const { id, other, calls } = await heldRefresh();
    await disconnect(id);
    expect(await stage.consentAgain()).toBe(id);
    await calls;
    await oneGrantIsLeft();
    expect(await stage.recovered('disconnected and reconnected during a refresh', other, id)).toBe('serves');
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('reconnected, at the next 401', other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 2 });
  });

  it('reconnected meanwhile without being disconnected first', async () => {
    const { id, other, calls } = await heldRefresh();
    expect(await stage.consentAgain()).toBe(id);
    await calls;
    await oneGrantIsLeft();
    expect(await stage.recovered('reconnected during a refresh', other, id)).toBe('serves');
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('reconnected, at the next 401', other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 2 });
  });

  it.each([0, 5, 10, 20, 40])('disconnected %i ms after calls that refresh it', async (ms) => {
    const id = await stage.expired();
    const [one, two] = await stage.pair();
    const calls = [one.calls(id, 5), two.calls(id, 5)];
    const started = performance.now();
    while (performance.now() - started < ms) await new Promise(setImmediate);
    await disconnect(id);
    await Promise.all(calls);
    await stage.inState(id, 'disconnected');
    expect((await one.calls(id, 3)).served).toBe(0);
    expect(await stage.liveGrants()).toEqual([]);
    const { violations, refreshes } = await stage.control.counts();
    expect(violations).toBe(0);
    expect(refreshes).toBeLessThanOrEqual(1);
    await stage.note(`disconnected ${ms} ms after the calls`, 'revoked');
  });
});

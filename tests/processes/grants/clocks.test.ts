import { describe, expect, it } from 'vitest';
import { openStage } from './stage';

const stage = openStage();
const TEN_MINUTES_MS = 600_000;

describe('a rolling restart', () => {
  it('under load ends no grant and serves every call of the processes that stay', async () => {
    const id = await stage.expired();
    const [leaving, staying] = await stage.pair();
    await stage.control.addFault({ org: 'production', fault: 'slow', endpoint: 'refresh', ms: 1_000 });
    const calls = Promise.all([leaving.calls(id, 20), staying.calls(id, 20)]);
    await leaving.stop();
    const fresh = await stage.fleet.start();
    expect((await calls)[1]).toEqual({ served: 20, failed: {} });
    expect(await stage.recovered('rolling restart', fresh, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});

describe('processes whose clocks differ by twenty minutes', () => {
  it('refresh once, and serve every call', async () => {
    const id = await stage.expired();
    const ahead = await stage.fleet.take({ clockSkewMs: TEN_MINUTES_MS });
    const behind = await stage.fleet.take({ clockSkewMs: -TEN_MINUTES_MS });
    const counts = await Promise.all([ahead.calls(id, 50), behind.calls(id, 50)]);
    expect(counts).toEqual(Array(2).fill({ served: 50, failed: {} }));
    expect(await stage.recovered('clocks ten minutes ahead and behind', behind, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
  });

  it.each([
    ['ahead', 1],
    ['behind', -1],
  ])('settle what a holder left that was %s', async (name, sign) => {
    const id = await stage.expired();
    const [holder, other] = await Promise.all([
      stage.fleet.take({ clockSkewMs: sign * TEN_MINUTES_MS }),
      stage.fleet.take({ clockSkewMs: -sign * TEN_MINUTES_MS }),
    ]);
    await holder.reach('claimed', 'SIGKILL', { connectionId: id });
    expect(await stage.recovered(`killed, claimed, ten minutes ${name}`, other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
    expect(await stage.tokenRequests()).toBe(1);
  });
});

describe('a clock that jumps during a refresh', () => {
  it.each([
    ['forward after the claim', 'claimed', TEN_MINUTES_MS, 0],
    ['forward once connected', 'connected', TEN_MINUTES_MS, 0],
    ['forward after the send', 'answered', TEN_MINUTES_MS, 1],
    ['back after the claim', 'claimed', -TEN_MINUTES_MS, 1],
  ] as const)('%s', async (name, step, clockJumpsMs, servedAtOnce) => {
    const id = await stage.expired();
    const [holder] = await stage.pair();
    const { calls } = await holder.reach(step, { clockJumpsMs }, { connectionId: id });
    // Forward looks like a stop that outlasted the right to send: the claim goes back unsent.
    expect((await calls).served).toBe(servedAtOnce);
    expect(await stage.recovered(`clock jumps ${name}`, holder, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
    expect(await stage.tokenRequests()).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { openStage } from './stage';

const stage = openStage();
const TEN_MINUTES_MS = 600_000;

describe('processes whose clocks differ by twenty minutes', () => {
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

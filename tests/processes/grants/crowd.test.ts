import { describe, expect, it } from 'vitest';
import { openStage } from './stage';

// The durations of production: it is the crowd that is tried here, and a crowd on a busy machine takes its time.
const stage = openStage({ policy: {} });
const TEN_MINUTES_MS = 600_000;

describe('four processes', () => {
  it('refresh once for a thousand calls that meet an ended token', async () => {
    const id = await stage.expired();
    const fleet = [...(await stage.pair()), ...(await stage.pair())];
    // They have worked for a while, and meet the end of the next token.
    await Promise.all(fleet.map((one) => one.calls(id, 10)));
    await stage.expire();
    const counts = await Promise.all(fleet.map((one) => one.calls(id, 250)));
    expect(counts).toEqual(Array(4).fill({ served: 250, failed: {} }));
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    await stage.note('1,000 calls in 4 processes', 'at once');
  });
});

describe('two processes', () => {
  it('whose clocks differ by twenty minutes refresh once, and serve every call', async () => {
    const id = await stage.expired();
    const ahead = await stage.fleet.take({ clockSkewMs: TEN_MINUTES_MS });
    const behind = await stage.fleet.take({ clockSkewMs: -TEN_MINUTES_MS });
    const counts = await Promise.all([ahead.calls(id, 50), behind.calls(id, 50)]);
    expect(counts).toEqual(Array(2).fill({ served: 50, failed: {} }));
    expect(await stage.recovered('clocks ten minutes ahead and behind', behind, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
  });
});

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

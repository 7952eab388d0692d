import { describe, expect, it } from 'vitest';
import { openStage } from './stage';

// The durations of production: it is the crowd that is tried here, and a crowd on a busy machine takes its time.
const stage = openStage({ policy: {} });

describe('four processes', () => {
  it('refresh once for a thousand calls that meet an ended token', async () => {
    const id = await stage.expired();
    const fleet = [...(await stage.pair()), ...(await stage.pair())];
    const counts = await Promise.all(fleet.map((one) => one.calls(id, 250)));
    expect(counts).toEqual(Array(4).fill({ served: 250, failed: {} }));
    expect(await stage.control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    await stage.note('1,000 calls in 4 processes', 'at once');
  });
});

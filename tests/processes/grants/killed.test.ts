import { describe, expect, it } from 'vitest';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { openStage } from './stage';

const stage = openStage();

/** What a holder that dies at a step leaves behind: only an answer that nobody wrote down is lost. */
const KILLED: Array<[RefreshStep, string]> = [
  ['claiming', 'serves'],
  ['claimed', 'serves'],
  ['answered', 'GRANT_ANSWER_LOST'],
  ['spooled', 'serves'],
  ['stored', 'serves'],
];

describe('a holder', () => {
  it.each(KILLED)('killed when it is %s', async (step, expected) => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    await holder.reach(step, 'SIGKILL', { connectionId: id, count: 20 });
    await holder.exited;
    await stage.fleet.start();
    expect(await stage.recovered(`killed, ${step}`, other, id)).toBe(expected);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('killed after it has sent, while Salesforce is at work: the answer reaches nobody', async () => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    await stage.refreshMeets({ fault: 'slow', ms: 2_000 }, { through: holder, id });
    holder.signal('SIGKILL');
    expect(await stage.recovered('killed, sent', other, id)).toBe('GRANT_ANSWER_LOST');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('killed after it has sent what a gateway keeps for a minute: nobody sends the token meanwhile', async () => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    // A minute, as everything here 1:20.
    await stage.refreshMeets({ fault: 'processed_late', afterMs: 3_000 }, { through: holder, id });
    holder.signal('SIGKILL');
    expect(await stage.recovered('killed, processed a minute later', other, id)).toBe('GRANT_ANSWER_LOST');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    expect(await stage.tokenRequests()).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { openStage } from './stage';

const stage = openStage();

describe('a token request', () => {
  it.each([
    ['dropped before the work', { fault: 'drop_before' }, 'serves'],
    ['dropped after the work', { fault: 'drop_after' }, 'GRANT_ANSWER_LOST'],
    ['dropped, and done a minute later', { fault: 'processed_late', afterMs: 3_000 }, 'GRANT_ANSWER_LOST'],
    ['answered 502 before the work', { fault: 'server_error', status: 502 }, 'serves'],
    ['answered 504 after rotating', { fault: 'gateway_timeout_after' }, 'GRANT_ANSWER_LOST'],
    ['cut in its answer', { fault: 'truncated_json', cut: 'connection' }, 'GRANT_ANSWER_LOST'],
    ['answered with a page', { fault: 'html_answer' }, 'serves'],
    ['answered 429', { fault: 'server_error', status: 429 }, 'serves'],
    ['answered 503 in JSON', { fault: 'server_error', status: 503, body: 'json' }, 'serves'],
    ['slower than lease and callers', { fault: 'slow', ms: 12_000 }, 'serves'],
    ['refused for the app', { fault: 'wrong_secret' }, 'serves'],
  ] as const)('%s', async (name, fault, expected) => {
    const id = await stage.expired();
    const [first, second] = await stage.pair();
    await stage.control.addFault({ org: 'production', endpoint: 'refresh', ...fault });
    await Promise.all([first.calls(id, 10), second.calls(id, 10)]);
    expect(await stage.recovered(name, second, id)).toBe(expected);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});

describe('three processes that settle the same refresh at once', () => {
  it.each([
    ['of a token that was not consumed', 'drop_before', 'serves'],
    ['of one that was', 'drop_after', 'GRANT_ANSWER_LOST'],
  ] as const)('ask once, %s', async (name, fault, expected) => {
    const id = await stage.expired();
    const fleet = [...(await stage.pair()), await stage.fleet.take()];
    const [first] = fleet as [(typeof fleet)[number]];
    await stage.control.addFault({ org: 'production', endpoint: 'refresh', fault });
    // Long enough for the others to come while the first one asks.
    const slow = { fault: 'slow', at: 'edge', ms: 1_000, endpoint: 'introspect' } as const;
    await stage.control.addFault({ org: 'production', ...slow });
    await first.calls(id, 1);
    await stage.inState(id, 'uncertain');
    await stage.until(async () => {
      await Promise.all(fleet.map((one) => one.settle(id)));
      return (await stage.row(id))?.state !== 'uncertain';
    });
    expect(await stage.requests(({ path }) => path.endsWith('/introspect'))).toBe(1);
    expect(await stage.recovered(`settled at once, ${name}`, first, id)).toBe(expected);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});

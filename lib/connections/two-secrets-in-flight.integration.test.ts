import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { sendRefresh } from '@/lib/connections/refresh/send';
import { spendClaim } from '@/lib/connections/refresh/spend';
import { settle } from '@/lib/connections/settle/settle';
import { replaySpool } from '@/lib/connections/spool/replay';
import { listSpoolFiles, spoolFolder } from '@/lib/connections/spool/spool-files';
import { callThrough, claim, forgetMemory, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { onRefreshStep } from '@/tests/refresh-steps';
import { startTokenEndpoint, type TokenFault } from '@/tests/token-endpoint';
import { holdTwoSecrets } from '@/tests/two-secrets';

beforeEach(async () => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000, spoolAgeMs: 30_000 });
  await rm(spoolFolder(), { recursive: true, force: true });
});

/** An org that refuses the new secret and takes the one before; `fault` meets the request with that. */
async function meetTwoSecrets(fault?: TokenFault) {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  await holdTwoSecrets(connected.environment.id, 'the-new-secret', endpoint.clientSecret);
  endpoint.expireAccessTokens();
  if (fault) endpoint.faults.push('invalid_client', fault);
  const { id, grantId } = connected.connection;
  const version = { connectionId: id, grantId, generation: 1 };
  const state = async () => (await readStored(id)).row.state;
  return { ...connected, endpoint, id, version, state };
}

/** Past the lease, the wait before the question, and the grace period after its answer. */
async function settleInTime(id: string): Promise<void> {
  await shiftDatabaseClock(61_000);
  await sweepLostLeases();
  await shiftDatabaseClock(300_000);
  await settle(id);
  await shiftDatabaseClock(600_000);
  await settle(id);
}

describe('a token that was sent again with the other secret', () => {
  it.each([
    ['drop-after', 'needs_reconnect'],
    ['drop-before', 'idle'],
  ] as const)(
    'is of unknown outcome when its process dies then, and settled: %s, %s',
    async (fault, settled) => {
      const { endpoint, id, version, state } = await meetTwoSecrets(fault);
      const held = await claim(version);
      const { refreshToken } = await readStored(id);
      if (!held || refreshToken === null) throw new Error('no claim');
      // Its outcome is never stored: the process is gone before the answer comes.
      await sendRefresh(held, refreshToken);
      held.lease.end();
      expect(endpoint.refreshes).toBe(2);
      forgetMemory();
      await replaySpool('all');
      expect(await state()).toBe('refreshing');
      await shiftDatabaseClock(61_000);
      await sweepLostLeases();
      expect(await state()).toBe('uncertain');
      await settleInTime(id);
      expect(await state()).toBe(settled);
      expect([endpoint.refreshes, endpoint.violations]).toEqual([2, []]);
    },
  );

  it.each(['old', 'all'] as const)(
    'stays its holder’s while the answer is slow, whoever looks into the spool (%s)',
    async (which) => {
      const { endpoint, source, state } = await meetTwoSecrets();
      setPolicy({ spoolAgeMs: -1 });
      const seen: unknown[] = [];
      endpoint.beforeAnswer = async () => {
        seen.push(await listSpoolFiles());
        await replaySpool(which);
        seen.push(await state());
      };
      expect(await callThrough(endpoint, source)).toBe(true);
      expect(seen).toEqual([[], 'refreshing']);
      expect(await callThrough(endpoint, source)).toBe(true);
      expect([endpoint.refreshes, endpoint.violations]).toEqual([2, []]);
    },
  );

  it('is of unknown outcome when its answer is lost, and never sent a third time', async () => {
    const { endpoint, source, id, state } = await meetTwoSecrets('drop-after');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await replaySpool('all');
    expect(await state()).toBe('uncertain');
    await settleInTime(id);
    expect(await state()).toBe('needs_reconnect');
    expect([endpoint.refreshes, endpoint.violations]).toEqual([2, []]);
  });

  it('is not sent again while the first refusal may still lie in the spool', async () => {
    const { endpoint, version, state } = await meetTwoSecrets();
    const held = await claim(version);
    if (!held) throw new Error('no claim');
    onRefreshStep(({ step, attemptId }) => {
      if (step !== 'spooled') return;
      // What cannot be removed as a file.
      const file = path.join(spoolFolder(), `${attemptId}.answer`);
      rmSync(file);
      mkdirSync(file);
    });
    expect(await spendClaim(held)).toMatchObject({ kind: 'failed', failure: { kind: 'app_fault' } });
    expect(endpoint.refreshes).toBe(1);
    expect(await state()).toBe('idle');
  });
});

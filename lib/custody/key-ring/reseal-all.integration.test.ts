import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connectionSecrets, environmentSecrets } from '@/db/schema';
import { type ResealProgress, resealAll } from '@/lib/custody/key-ring/reseal-all';
import { registry } from '@/lib/registry';
import { readKeyUsage } from '@/lib/vault/key-usage';
import { seal } from '@/lib/vault/seal';
import { SEALED_COLUMNS } from '@/lib/vault/sealed-columns';
import type { RunInSystem } from '@/lib/vault/sealed-values';
import {
  callThrough,
  makeAppEnvironment,
  makeConnected,
  readStored,
  setPolicy,
  withoutSingleFlight,
} from '@/tests/connected';
import { systemContext } from '@/tests/factories';
import { makeSecrets, secretPlace, useRing } from '@/tests/key-ring';
import { startTokenEndpoint } from '@/tests/token-endpoint';

const run: RunInSystem = (work) => withSystem('test', work);
const ctx = systemContext();
const reseal = (runner = run) => resealAll(ctx, { run: runner, onProgress: () => undefined });
const usage = async () => Object.fromEntries((await readKeyUsage(run)).values);

async function setRefreshToken(connectionId: string, refreshToken: string): Promise<void> {
  await withSystem('test', (tx) =>
    tx
      .update(connectionSecrets)
      .set({ refreshToken })
      .where(eq(connectionSecrets.connectionId, connectionId)),
  );
}

async function auditRows() {
  const rows = await withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.action, 'keyring.reseal')).orderBy(auditLog.id),
  );
  return rows.map(({ subjectId, outcome, details }) => ({ subjectId, outcome, details }));
}

beforeEach(async () => {
  useRing('k1');
  registry().slots.delete('connections.flights');
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 10_000 });
  await withSystem('test', async (tx) => {
    await tx.delete(connectionSecrets);
    await tx.delete(environmentSecrets);
  });
});

describe('re-sealing everything', () => {
  it('leaves nothing under the older key, and says so in the audit log', async () => {
    await makeSecrets(3);
    useRing('k2');
    await makeSecrets(1);
    const before = (await auditRows()).length;
    expect(await reseal()).toEqual({ activeKid: 'k2', resealed: 6, already: 2, damaged: [], settled: true });
    expect(await usage()).toEqual({ k2: 8 });
    const systemReason = ctx.reason;
    expect((await auditRows()).slice(before)).toEqual([
      { subjectId: 'k2', outcome: 'done', details: { state: 'started', systemReason } },
      {
        subjectId: 'k2',
        outcome: 'done',
        details: { state: 'finished', resealed: 6, already: 2, damaged: 0, systemReason },
      },
    ]);
  });

  it('tells how far it is, column by column', async () => {
    await makeSecrets(2);
    useRing('k2');
    const seen: ResealProgress[] = [];
    await resealAll(ctx, { run, onProgress: (progress) => seen.push(progress) });
    const ofRefreshTokens = seen.filter(({ column }) => column === 'connection_secrets.refresh_token');
    expect(ofRefreshTokens.map((one) => [one.round, one.seen, one.total])).toEqual([
      [1, 0, 2],
      [1, 2, 2],
      [2, 0, 2],
      [2, 2, 2],
    ]);
    expect(new Set(seen.map(({ column }) => column)).size).toBe(SEALED_COLUMNS.length);
  });

  it('goes on after it was broken off, without doing anything twice', async () => {
    await makeSecrets(5);
    useRing('k2');
    let transactions = 0;
    const killed: RunInSystem = (work) => {
      transactions += 1;
      if (transactions > 6) throw new Error('killed');
      return run(work);
    };
    await expect(reseal(killed)).rejects.toThrow('killed');
    const between = await usage();
    expect(between).toEqual({ k1: 7, k2: 3 });
    expect(await reseal()).toMatchObject({ resealed: 7, already: 3, settled: true });
    expect(await usage()).toEqual({ k2: 10 });
  });

  it('may run twice at once: each value is replaced by one of them', async () => {
    await makeSecrets(40);
    useRing('k2');
    const [first, second] = await Promise.all([reseal(), reseal()]);
    expect(first.resealed + second.resealed).toBe(80);
    expect([first.settled, second.settled]).toEqual([true, true]);
    expect(await usage()).toEqual({ k2: 80 });
  });

  it('reports a damaged value in each run, and seals the rest', async () => {
    const [damaged = ''] = await makeSecrets(3);
    const place = secretPlace('refresh_token', damaged);
    const sealed = await seal('secret', place);
    await setRefreshToken(damaged, sealed.replace(/.{4}$/, 'AAAA'));
    useRing('k2');
    for (const resealed of [5, 0]) {
      const report = await reseal();
      expect(report).toMatchObject({ resealed, settled: true });
      expect(report.damaged.map(({ binding, error }) => [binding, error.code])).toEqual([
        [place, 'VAULT_VALUE_DAMAGED'],
      ]);
    }
    expect((await auditRows()).at(-1)).toMatchObject({ outcome: 'failed', details: { damaged: 1 } });
    expect(await usage()).toEqual({ k1: 1, k2: 5 });
  });

  it('goes round again for a value that a portal with the older ring stores behind it', async () => {
    const [first = ''] = await makeSecrets(2);
    const late = await seal('late', secretPlace('refresh_token', first));
    useRing('k2');
    let stored = false;
    const behind: RunInSystem = async (work) => {
      const result = await run(work);
      if (!stored && (await usage()).k1 === undefined) {
        stored = true;
        await setRefreshToken(first, late);
      }
      return result;
    };
    expect(await reseal(behind)).toMatchObject({ resealed: 5, settled: true });
    expect(await usage()).toEqual({ k2: 4 });
  });

  it('gives up on a portal that keeps sealing with an older key, and says so', async () => {
    const [first = ''] = await makeSecrets(1);
    const late = await seal('late', secretPlace('refresh_token', first));
    useRing('k2');
    const behind: RunInSystem = async (work) => {
      await setRefreshToken(first, late);
      return await run(work);
    };
    expect((await reseal(behind)).settled).toBe(false);
    expect((await auditRows()).at(-1)?.outcome).toBe('failed');
  });

  it('harms no grant that is refreshed meanwhile', async () => {
    withoutSingleFlight();
    const endpoint = await startTokenEndpoint();
    const environment = await makeAppEnvironment(endpoint);
    const connected = await Promise.all(
      Array.from({ length: 12 }, () => makeConnected(endpoint, { environment })),
    );
    useRing('k2');
    let isOver = false;
    const serve = async () => {
      const served: boolean[] = [];
      while (!isOver) {
        endpoint.expireAccessTokens();
        served.push(...(await Promise.all(connected.map(({ source }) => callThrough(endpoint, source)))));
      }
      return served;
    };
    const serving = serve();
    const reports = [await reseal(), await reseal()];
    useRing('k3', ['k1', 'k2', 'k3']);
    reports.push(await reseal());
    isOver = true;
    expect((await serving).every(Boolean)).toBe(true);
    expect(endpoint.refreshes).toBeGreaterThanOrEqual(connected.length);
    reports.push(await reseal());

    expect(endpoint.violations).toEqual([]);
    expect(reports.flatMap(({ damaged }) => damaged)).toEqual([]);
    expect(await usage()).toEqual({ k3: 25 });
    for (const { connection, source } of connected) {
      const { row, refreshToken } = await readStored(connection.id);
      expect(row.state).toBe('idle');
      expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
      expect(await callThrough(endpoint, source)).toBe(true);
    }
  });
});

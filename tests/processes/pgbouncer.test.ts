import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import { connections } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient } from '@/simulator/testing/client';
import { makeConnection, makeContext, makeEnvironment } from '../factories';
import { GrantProcess } from './grants/grant-process';
import { Pooler, SERVER_CONNECTIONS } from './pooler';
import { makeFolder } from './portal-process';

/** Short, so that a dead holder is settled within seconds. */
const POLICY = {
  leaseMs: 3_000,
  renewEveryMs: 1_000,
  sendWithinMs: 1_000,
  settleAfterMs: 2_000,
  settleLeaseMs: 2_000,
  spoolAgeMs: 1_000,
  backoffMs: { first: 50, longest: 500 },
};

const folder = makeFolder();
let server: EmbeddedServer;
let pooler: Pooler;
let simulator: RunningSimulator;
let control: ControlClient;
let environmentId: string;
let settings: Record<string, string>;

beforeAll(async () => {
  server = await startEmbedded(folder.path);
  pooler = await Pooler.start(path.join(folder.path, 'pooler'), server.url);
  simulator = await startSimulator({
    callbackUrls: { production: [CALLBACK] },
    accounts: { production: 5, uat: 5 },
    opportunities: { production: 5, uat: 5 },
  });
  control = new ControlClient(simulator.controlOrigin);
  const { origin, clientId, clientSecret } = simulator.org('production');
  settings = {
    // As docs/operations.md says.
    DATABASE_URL: pooler.url,
    DATABASE_PREPARE: 'false',
    DATABASE_DIRECT_URL: server.url,
    ORGDOCK_ALLOW_HOSTS: origin,
    GRANT_POLICY: JSON.stringify(POLICY),
    ORGDOCK_DATA_DIR: path.join(folder.path, 'host'),
  };
  Object.assign(process.env, settings, { ORGDOCK_DATA_DIR: path.join(folder.path, 'test') });
  registry().slots.delete('env');
  environmentId = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: environmentId } as const;
  const sealedConsumerSecret = await seal(clientSecret, place);
  await makeEnvironment({ id: environmentId, origin, clientId, sealedConsumerSecret });
});
afterAll(async () => {
  await stopDatabase();
  await simulator.stop();
  await pooler.stop();
  await server.stop();
  folder.remove();
});

/** A connection with a living grant whose access token has just ended. */
async function expired(): Promise<string> {
  await control.reset();
  await withSystem('test', (tx) => tx.delete(connections));
  const org = simulator.org('production');
  const { id: salesforceUserId, username } = PRODUCTION.users.ada;
  const tokens = await new TestClient(org).connect(username);
  const id = randomUUID();
  const place = { table: 'connection_secrets', rowId: id } as const;
  await makeConnection(
    { ownerId: (await makeContext()).personId, environmentId },
    {
      id,
      orgId: PRODUCTION.orgId,
      salesforceUserId,
      instanceUrl: tokens.instance_url,
      sealedTokens: {
        accessToken: await seal(tokens.access_token, { ...place, column: 'access_token' }),
        refreshToken: await seal(tokens.refresh_token, { ...place, column: 'refresh_token' }),
      },
    },
  );
  await control.act({ org: 'production', act: 'expire_access_tokens' });
  return id;
}

const start = (count: number) =>
  Promise.all(Array.from({ length: count }, () => GrantProcess.load().open(settings)));
const stopAll = (fleet: GrantProcess[]) => Promise.all(fleet.map((one) => one.stop()));

/** Calls until one is served. */
async function untilServed(process_: GrantProcess, id: string): Promise<void> {
  for (let served = 0; served === 0; ) served = (await process_.calls(id, 1)).served;
}

/** Ends the pooler's connections to the database and lets none in while it works. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const owner = openOwnerConnection(server.url);
  try {
    await owner.unsafe('ALTER ROLE orgdock_portal NOLOGIN');
    await owner`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'orgdock_portal'`;
    await work();
  } finally {
    await owner.unsafe('ALTER ROLE orgdock_portal LOGIN');
    await owner.end();
  }
}

async function withoutPooler(work: () => Promise<void>): Promise<void> {
  await pooler.stop();
  try {
    await work();
  } finally {
    await pooler.run();
  }
}

describe('through a PgBouncer in transaction mode', () => {
  it('four processes refresh once for a thousand calls, over few connections to the database', async () => {
    const id = await expired();
    const fleet = await start(4);
    const counts = await Promise.all(fleet.map((one) => one.calls(id, 250)));
    expect(counts).toEqual(Array(4).fill({ served: 250, failed: {} }));
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    const pool = await pooler.pool('orgdock_portal');
    expect(pool).toMatchObject({ database: 'orgdock', pool_mode: 'transaction' });
    const held = [pool?.sv_active, pool?.sv_idle, pool?.sv_used].reduce((sum, n) => sum + Number(n), 0);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(SERVER_CONNECTIONS);
    expect(Number(pool?.cl_active)).toBeGreaterThan(SERVER_CONNECTIONS);
    await stopAll(fleet);
  });

  it.each(['claimed', 'spooled'] as const)('a holder is killed when it is %s', async (step) => {
    const id = await expired();
    const [holder, other] = (await start(2)) as [GrantProcess, GrantProcess];
    await holder.reach(step, 'SIGKILL', { connectionId: id, count: 20 });
    await holder.exited;
    await untilServed(other, id);
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    await stopAll([other]);
  });

  it.each([
    ['database', withoutDatabase],
    ['pooler', withoutPooler],
  ] as const)('the %s is cut off before an answer is stored', async (_, without) => {
    const id = await expired();
    const [holder, other] = (await start(2)) as [GrantProcess, GrantProcess];
    const gate = path.join(folder.path, randomUUID());
    await holder.reach('answered', { until: gate }, { connectionId: id });
    await without(async () => {
      writeFileSync(gate, '');
      expect((await other.calls(id, 1)).served).toBe(0);
    });
    await untilServed(other, id);
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    await stopAll([holder, other]);
  });
});

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import { connections } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient } from '@/simulator/testing/client';
import { makeConnection, makeContext, makeEnvironment } from '../factories';
import { GrantProcess } from './grant-fleet';
import { makeFolder } from './portal-process';

/** The durations of production, 1:20; callers wait as long as they do there. */
const POLICY = {
  leaseMs: 3_000,
  renewEveryMs: 1_000,
  sendWithinMs: 1_000,
  settleAfterMs: 6_000,
  settleLeaseMs: 3_000,
  settleGraceMs: 3_000,
  settlePauseMs: { first: 500, longest: 2_000 },
  appPauseMs: 1_000,
  backoffMs: { first: 50, longest: 500 },
  spoolAgeMs: 1_500,
};
/** A lost refresh is settled well within this; so a connection that serves no call by then is lost. */
const RECOVERY_MS = 60_000;

const folder = makeFolder();
const table: string[] = [];
let server: EmbeddedServer;
let simulator: RunningSimulator;
let control: ControlClient;
let environmentId: string;
let ownerId: string;
let settings: Record<string, string>;

beforeAll(async () => {
  server = await startEmbedded(path.join(folder.path, 'database'), { settings: ['max_connections=200'] });
  simulator = await startSimulator({
    callbackUrls: { production: [CALLBACK] },
    accounts: { production: 5, uat: 5 },
    opportunities: { production: 5, uat: 5 },
  });
  control = new ControlClient(simulator.controlOrigin);
  const org = simulator.org('production');
  settings = {
    DATABASE_URL: server.url,
    ORGDOCK_ALLOW_HOSTS: org.origin,
    GRANT_POLICY: JSON.stringify(POLICY),
    GRANT_UPKEEP_MS: '500',
  };
  Object.assign(process.env, settings, { ORGDOCK_DATA_DIR: path.join(folder.path, 'test') });
  registry().slots.delete('env');
  const id = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  const { clientId, clientSecret } = org;
  const sealedConsumerSecret = await seal(clientSecret, place);
  environmentId = (await makeEnvironment({ id, origin: org.origin, clientId, sealedConsumerSecret })).id;
  ownerId = (await makeContext()).personId;
});
afterAll(async () => {
  await stopDatabase();
  await simulator.stop();
  await server.stop();
  folder.remove();
  process.stderr.write(`\ncase | served after (s) | refreshes\n${table.join('\n')}\n`);
});

/** A connection with a living grant whose access token has just ended. */
async function expired(): Promise<string> {
  await control.act({ org: 'production', act: 'revoke_grants' });
  await control.clearFaults();
  await withSystem('test', (tx) => tx.delete(connections));
  const org = simulator.org('production');
  const tokens = await new TestClient(org).connect(PRODUCTION.users.ada.username);
  const id = randomUUID();
  const place = { table: 'connection_secrets', rowId: id } as const;
  await makeConnection(
    { ownerId, environmentId },
    {
      id,
      orgId: PRODUCTION.orgId,
      salesforceUserId: PRODUCTION.users.ada.id,
      instanceUrl: tokens.instance_url,
      tokenHost: org.origin,
      clientId: org.clientId,
      sealedTokens: {
        accessToken: await seal(tokens.access_token, { ...place, column: 'access_token' }),
        refreshToken: await seal(tokens.refresh_token, { ...place, column: 'refresh_token' }),
      },
    },
  );
  await control.act({ org: 'production', act: 'expire_access_tokens' });
  await control.clearLedger();
  return id;
}

let hosts = 0;
/** Processes on one data folder. */
async function startFleet(count: number): Promise<GrantProcess[]> {
  hosts += 1;
  const ORGDOCK_DATA_DIR = path.join(folder.path, `host-${hosts}`);
  return await Promise.all(
    Array.from({ length: count }, () => GrantProcess.start({ ...settings, ORGDOCK_DATA_DIR })),
  );
}

async function readRow(id: string) {
  const [row] = await withSystem('test', (tx) => tx.select().from(connections).where(eq(connections.id, id)));
  return row;
}

/** Calls through a process until one is served or, when it may, the connection has ended. */
async function recovered(
  name: string,
  process_: GrantProcess,
  connectionId: string,
  mayEnd = true,
): Promise<'serves' | string> {
  const started = performance.now();
  while (performance.now() - started < RECOVERY_MS) {
    const { served } = await process_.calls(connectionId, 1);
    const row = await readRow(connectionId);
    const ended = mayEnd && row?.state === 'needs_reconnect' ? (row.problemCode ?? 'ended') : null;
    if (served !== 1 && ended === null) continue;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { refreshes } = await control.counts();
    table.push(`${name} | ${served === 1 ? seconds : `lost: ${ended}`} | ${refreshes}`);
    return served === 1 ? 'serves' : String(ended);
  }
  const row = await readRow(connectionId);
  return `neither served nor ended: ${row?.state} ${row?.problemCode}`;
}

const stopAll = (fleet: GrantProcess[]) => Promise.all(fleet.map((one) => one.stop()));

describe('four processes', () => {
  it('refresh once for a thousand calls that meet an ended token', async () => {
    const id = await expired();
    const fleet = await startFleet(4);
    const counts = await Promise.all(fleet.map((one) => one.calls(id, 250)));
    expect(counts).toEqual(Array(4).fill({ served: 250, failed: {} }));
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
    table.push(`1,000 calls in 4 processes | at once | 1`);
    await stopAll(fleet);
  });
});

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
    const id = await expired();
    const fleet = await startFleet(2);
    const [holder, other] = fleet as [GrantProcess, GrantProcess];
    const reached = holder.trap(step, 'SIGKILL');
    void holder.calls(id, 20);
    await reached;
    await holder.exited;
    const again = (await startFleet(1)) as [GrantProcess];
    expect(await recovered(`killed, ${step}`, other, id)).toBe(expected);
    expect(await control.counts()).toMatchObject({ violations: 0 });
    await stopAll([other, ...again]);
  });

  it('killed after it has sent, while Salesforce is at work: the answer reaches nobody', async () => {
    const id = await expired();
    const [holder, other] = (await startFleet(2)) as [GrantProcess, GrantProcess];
    await control.addFault({ org: 'production', fault: 'slow', endpoint: 'refresh', ms: 2_000 });
    void holder.calls(id, 1);
    for (let seen = false; !seen; ) {
      const requests = await control.listRequests({ org: 'production' });
      seen = requests.some(({ params }) => params.grant_type === 'refresh_token');
    }
    holder.signal('SIGKILL');
    expect(await recovered('killed, sent', other, id)).toBe('GRANT_ANSWER_LOST');
    expect(await control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    await stopAll([other]);
  });

  it.each<RefreshStep>(['claiming', 'claimed', 'answered', 'spooled', 'stored'])(
    'stopped beyond lease, settling and grace when it is %s, and then continued',
    async (step) => {
      const id = await expired();
      const [holder, other] = (await startFleet(2)) as [GrantProcess, GrantProcess];
      const reached = holder.trap(step, 'SIGSTOP');
      void holder.calls(id, 1);
      await reached;
      const name = `stopped, ${step}`;
      const meanwhile = await recovered(`${name}, meanwhile`, other, id);
      holder.signal('SIGCONT');
      // An answer in the memory of a stopped process is late, not lost.
      const asked = meanwhile === 'serves' ? other : holder;
      expect(await recovered(`${name}, continued`, asked, id, false)).toBe('serves');
      expect(await control.counts()).toMatchObject({ violations: 0 });
      await stopAll([holder, other]);
    },
  );

  it.each<RefreshStep>(['claiming', 'claimed', 'answered', 'spooled'])(
    'whose database is cut off and refuses logins when it is %s',
    async (step) => {
      const id = await expired();
      const [holder, other] = (await startFleet(2)) as [GrantProcess, GrantProcess];
      const gate = path.join(folder.path, randomUUID());
      const reached = holder.trap(step, { until: gate });
      void holder.calls(id, 1);
      await reached;
      await whileNobodyMayLogIn(async () => {
        writeFileSync(gate, '');
        // The holder has tried in vain by the time that a call of another process has failed, too.
        expect((await other.calls(id, 1)).served).toBe(0);
      });
      expect(await recovered(`database away, ${step}`, other, id)).toBe('serves');
      expect(await control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
      await stopAll([holder, other]);
    },
  );
});

/** Cuts every connection of the portal and lets none in. */
async function whileNobodyMayLogIn(work: () => Promise<void>): Promise<void> {
  const owner = openOwnerConnection(server.url);
  const allow = (login: 'LOGIN' | 'NOLOGIN') => owner.unsafe(`ALTER ROLE orgdock_portal ${login}`);
  try {
    await allow('NOLOGIN');
    await owner`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                 WHERE application_name = 'orgdock portal'`;
    await work();
  } finally {
    await allow('LOGIN');
    await owner.end();
  }
}

describe('a token request', () => {
  it.each([
    ['dropped before the work', { fault: 'drop_before' }, 'serves'],
    ['dropped after the work', { fault: 'drop_after' }, 'GRANT_ANSWER_LOST'],
    ['answered 502 before the work', { fault: 'server_error', status: 502 }, 'serves'],
    ['answered 504 after rotating', { fault: 'gateway_timeout_after' }, 'GRANT_ANSWER_LOST'],
    ['cut in its answer', { fault: 'truncated_json', cut: 'connection' }, 'GRANT_ANSWER_LOST'],
    ['answered with a page', { fault: 'html_answer' }, 'serves'],
    ['answered 429', { fault: 'server_error', status: 429 }, 'serves'],
    ['answered 503 in JSON', { fault: 'server_error', status: 503, body: 'json' }, 'serves'],
    ['slower than lease and callers', { fault: 'slow', ms: 12_000 }, 'serves'],
    ['refused for the app', { fault: 'wrong_secret' }, 'serves'],
  ] as const)('%s', async (name, fault, expected) => {
    const id = await expired();
    const [first, second] = (await startFleet(2)) as [GrantProcess, GrantProcess];
    await control.addFault({ org: 'production', endpoint: 'refresh', ...fault });
    await Promise.all([first.calls(id, 10), second.calls(id, 10)]);
    expect(await recovered(name, second, id)).toBe(expected);
    expect(await control.counts()).toMatchObject({ violations: 0 });
    await stopAll([first, second]);
  });
});

describe('a rolling restart', () => {
  it('under load ends no grant and serves every call of the processes that stay', async () => {
    const id = await expired();
    const fleet = await startFleet(2);
    const [leaving, staying] = fleet as [GrantProcess, GrantProcess];
    await control.addFault({ org: 'production', fault: 'slow', endpoint: 'refresh', ms: 1_000 });
    const calls = Promise.all([leaving.calls(id, 20), staying.calls(id, 20)]);
    await leaving.stop();
    const fresh = (await startFleet(1)) as [GrantProcess];
    expect((await calls)[1]).toEqual({ served: 20, failed: {} });
    expect(await recovered('rolling restart', fresh[0], id)).toBe('serves');
    expect(await control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
    await stopAll([staying, ...fresh]);
  });
});

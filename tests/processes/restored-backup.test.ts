import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import { portal } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import { disconnectConnection } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { beat, checkDatabaseAtStart } from '@/lib/connections/restore/check-at-start';
import { storeGrant } from '@/lib/connections/store-grant';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient } from '@/simulator/testing/client';
import { freePort } from '@/tests/free-port';
import { forgetMemory } from '../connected';
import { makeContext, makeEnvironment } from '../factories';
import { GrantProcess } from './grants/grant-process';
import { makeFolder } from './portal-process';

/** What becomes of each grant after the copy, and who gives it. The last one has another owner here. */
const CONSENTED = { unused: 'ada', rotated: 'grace', disconnected: 'franz', reconnected: 'ada' } as const;
const SERVED = { served: 5, failed: {} };
type Fate = keyof typeof CONSENTED;

let folder: ReturnType<typeof makeFolder>;
let server: EmbeddedServer;
let simulator: RunningSimulator;
let control: ControlClient;
let settings: Record<string, string>;
let owners: Record<Fate, PersonContext>;
let environmentId: string;
let ids: Record<Fate, string>;
let running: GrantProcess[];

const at = (...parts: string[]) => path.join(folder.path, ...parts);
const startServer = () =>
  startEmbedded(folder.path, { settings: ['max_connections=200', `port=${settings.port}`] });

/** A portal's process on a machine of its own, or on that of another one. */
async function start(host: string): Promise<GrantProcess> {
  const process_ = await GrantProcess.load().open({ ...settings, ORGDOCK_DATA_DIR: at(host) });
  running.push(process_);
  return process_;
}

beforeEach(async () => {
  folder = makeFolder();
  running = [];
  settings = { port: String(await freePort()) };
  server = await startServer();
  simulator = await startSimulator({
    callbackUrls: { production: [CALLBACK] },
    accounts: { production: 2, uat: 2 },
    opportunities: { production: 2, uat: 2 },
  });
  control = new ControlClient(simulator.controlOrigin);
  const { origin, clientId, clientSecret } = simulator.org('production');
  Object.assign(settings, {
    DATABASE_URL: server.url,
    ORGDOCK_ALLOW_HOSTS: origin,
    GRANT_POLICY: '{}',
    GRANT_UPKEEP_MS: '60000',
  });
  // This process is a portal on a machine of its own: people consent and disconnect through it.
  Object.assign(process.env, settings, { ORGDOCK_DATA_DIR: at('here') });
  registry().slots.delete('env');
  forgetMemory();
  environmentId = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: environmentId } as const;
  const sealedConsumerSecret = await seal(clientSecret, place);
  await makeEnvironment({ id: environmentId, origin, clientId, sealedConsumerSecret });
  const [one, other] = [await makeContext(), await makeContext()];
  owners = { unused: one, rotated: one, disconnected: one, reconnected: other };
  await checkDatabaseAtStart();
  const fates = Object.keys(CONSENTED) as Fate[];
  const made = await Promise.all(fates.map(async (fate) => [fate, await consent(fate)] as const));
  ids = Object.fromEntries(made) as Record<Fate, string>;
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await stopDatabase();
  await simulator.stop();
  await server.stop();
  folder.remove();
});

/** A consent, as the callback route takes it into custody; the connection's id. */
async function consent(fate: Fate, reconnects: string | null = null): Promise<string> {
  const [user, ctx] = [CONSENTED[fate], owners[fate]];
  const { origin, clientId, clientSecret } = simulator.org('production');
  const { id, username } = PRODUCTION.users[user];
  const tokens = await new TestClient(simulator.org('production')).connect(username);
  const orgId = PRODUCTION.orgId;
  const facts = { displayName: user, email: null, locale: 'en_US', timeZone: 'Europe/London' };
  const { connectionId } = await storeGrant(ctx, {
    environmentId,
    app: { tokenHost: origin, clientId, clientSecret },
    answer: {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      instanceUrl: tokens.instance_url,
      identityUrl: tokens.id,
      scopes: tokens.scope.split(' '),
      orgId,
      userId: id,
      issuedAt: new Date(),
      nonce: null,
    },
    user: { orgId, userId: id, username, ...facts },
    ownerId: ctx.personId,
    mayPinOrg: false,
    reconnects,
  });
  return connectionId;
}

const expire = () => control.act({ org: 'production', act: 'expire_access_tokens' });

/** What happens in the day between the copy and its coming back: three grants are used, one of them ends. */
async function aDayPasses(process_: GrantProcess): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await expire();
    for (const id of [ids.rotated, ids.reconnected]) expect(await process_.calls(id, 5)).toEqual(SERVED);
  }
  await beat();
  await disconnectConnection(owners.disconnected, ids.disconnected);
  expect(await consent('reconnected', ids.reconnected)).toBe(ids.reconnected);
  await Promise.all(registry().unfinished);
  await expire();
}

/** Runs statements while nobody is logged in to the portal's database. */
async function whileNobodyUsesIt(...statements: string[]): Promise<void> {
  const url = new URL(server.url);
  url.pathname = '/postgres';
  const admin = openOwnerConnection(url.href);
  try {
    await admin.unsafe('ALTER DATABASE orgdock ALLOW_CONNECTIONS false');
    await admin`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = 'orgdock'`;
    for (const statement of statements) await admin.unsafe(statement);
  } finally {
    await admin.unsafe('ALTER DATABASE orgdock ALLOW_CONNECTIONS true');
    await admin.end();
  }
}

/** With their owner: the server does not run as root. */
const copyFiles = (from: string, to: string) => execFileSync('cp', ['-a', at(from), at(to)]);

/** How a copy of the database is made, and how it comes back. */
const WAYS = {
  'a copy of the database': {
    copy: () => whileNobodyUsesIt('CREATE DATABASE yesterday TEMPLATE orgdock'),
    putBack: () =>
      whileNobodyUsesIt(
        'ALTER DATABASE orgdock RENAME TO lost',
        'ALTER DATABASE yesterday RENAME TO orgdock',
      ),
  },
  'the files of the stopped server': {
    copy: async () => {
      await server.stop();
      copyFiles('postgres', 'yesterday');
      server = await startServer();
    },
    putBack: async () => {
      await server.stop();
      rmSync(at('postgres'), { recursive: true });
      copyFiles('yesterday', 'postgres');
      server = await startServer();
    },
  },
};

/** Who is asked first after the copy is back; each has other things to notice it by. */
const WITNESSES = {
  'the process that has refreshed': async ({ refresher }: Fleet) => refresher,
  'a process that has refreshed nothing': async ({ other }: Fleet) => other,
  'a fresh process on the same data folder': () => start('one'),
  'a fresh process elsewhere': () => start('three'),
  'a fresh process elsewhere, a day later': async () => {
    // It has nothing to go by but the time.
    await withSystem('test', (tx) =>
      tx.update(portal).set({ heartbeatAt: sql`${portal.heartbeatAt} - interval '1 day'` }),
    );
    return await start('three');
  },
};

interface Fleet {
  refresher: GrantProcess;
  /** Has begun, and written its heartbeat, after the copy was made. */
  other: GrantProcess;
}

async function restored(way: keyof typeof WAYS): Promise<Fleet> {
  const refresher = await start('one');
  await WAYS[way].copy();
  const other = await start('two');
  await aDayPasses(refresher);
  await WAYS[way].putBack();
  return { refresher, other };
}

const CASES = [
  ['a copy of the database', 'a process that has refreshed nothing'],
  ['a copy of the database', 'a fresh process elsewhere'],
  ['the files of the stopped server', 'the process that has refreshed'],
  ['the files of the stopped server', 'a process that has refreshed nothing'],
  ['the files of the stopped server', 'a fresh process on the same data folder'],
  ['the files of the stopped server', 'a fresh process elsewhere, a day later'],
] as const;

describe('a restored backup', () => {
  it.each(CASES)(
    'of %s is noticed by %s: each grant is verified, then serves or is named',
    async (way, who) => {
      const fleet = await restored(way);
      const before = await control.listRequests();
      const witness = await WITNESSES[who](fleet);
      for (const fate of ['rotated', 'disconnected', 'reconnected'] as const) {
        expect(await witness.calls(ids[fate], 5)).toEqual({ served: 0, failed: { GRANT_RESTORED: 5 } });
        expect(await requireConnection(owners[fate], ids[fate])).toMatchObject({
          health: 'needs_reconnect',
          problem: {
            code: 'GRANT_RESTORED',
            message: expect.stringContaining('restored from a backup'),
            nextStep: expect.stringContaining('Reconnect'),
          },
        });
      }
      expect(await witness.calls(ids.unused, 5)).toEqual(SERVED);
      expect(await control.counts()).toMatchObject({ violations: 0, unknown: 0 });
      const after = (await control.listRequests({ after: before.at(-1)?.sequence ?? 0 })).filter(isOAuth);
      expect(after.map(({ path: asked }) => asked.split('/').at(-1))).toEqual([
        ...['introspect', 'introspect', 'introspect'],
        ...['introspect', 'token'],
      ]);
      // What the page says to do next.
      expect(await consent('rotated', ids.rotated)).toBe(ids.rotated);
      for (const any of [fleet.refresher, fleet.other, witness]) {
        await expire();
        expect(await any.calls(ids.rotated, 5)).toEqual(SERVED);
        expect(await any.calls(ids.unused, 5)).toEqual(SERVED);
      }
      expect(await control.counts()).toMatchObject({ violations: 0, unknown: 0 });
    },
  );

  it('has what is disconnected or replaced first thing verified, too', async () => {
    await restored('the files of the stopped server');
    await disconnectConnection(owners.rotated, ids.rotated);
    await disconnectConnection(owners.unused, ids.unused);
    expect(await consent('reconnected', ids.reconnected)).toBe(ids.reconnected);
    await Promise.all(registry().unfinished);
    expect(await control.counts()).toMatchObject({ violations: 0, unknown: 0 });
    expect(await requireConnection(owners.rotated, ids.rotated)).toMatchObject({
      health: 'disconnected',
      problem: {
        code: 'REVOCATION_UNCONFIRMED',
        nextStep: expect.stringContaining('revoke it in Salesforce'),
      },
    });
    expect(await requireConnection(owners.unused, ids.unused)).toMatchObject({
      health: 'disconnected',
      revocation: 'confirmed',
    });
    await expire();
    expect(await (await start('three')).calls(ids.reconnected, 5)).toEqual(SERVED);
    expect(await control.counts()).toMatchObject({ violations: 0, unknown: 0 });
  });
});

const isOAuth = ({ path: asked }: { path: string }) => /\/oauth2\/(?:token|introspect|revoke)$/.test(asked);

import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { connections, environments } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import { type RefreshPolicy, refreshPolicy } from '@/lib/connections/refresh/policy';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { type DemoUser, PRODUCTION } from '@/simulator/seed/facts';
import { type RunningOrg, type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient, type TokenSet } from '@/simulator/testing/client';
import { makeConnection, makeContext, makeEnvironment } from '../../factories';
import { consentAt } from '../../simulated';
import type { CallCounts } from '../fixtures/grant-process';
import { makeFolder } from '../portal-process';
import { DatabaseProxy } from './database-proxy';
import { Fleet, type FleetOptions } from './fleet';
import type { GrantProcess } from './grant-process';

/** The durations of production, 1:20; callers wait as long as they do there. */
export const SCALED = {
  leaseMs: 3_000,
  renewEveryMs: 1_000,
  sendWithinMs: 1_000,
  settleAfterMs: 6_000,
  settleLeaseMs: 3_000,
  settleGraceMs: 3_000,
  settlePauseMs: { first: 500, longest: 2_000 },
  appPauseMs: 3_000,
  backoffMs: { first: 50, longest: 500 },
  spoolAgeMs: 1_500,
};
/** Pauses of the sweep that revokes again, 1:20. */
const REVOCATION = { pauseMs: { first: 6_000, longest: 20_000 } };
/** A lost refresh is settled well within this; so a connection that serves no call by then is lost. */
const RECOVERY_MS = 60_000;
const LOOK_EVERY_MS = 50;

export interface StageOptions {
  /** Whether the processes reach the database through `stage.database`. */
  proxied?: boolean;
  /** Other durations than those of production, 1:20. */
  policy?: Partial<RefreshPolicy>;
}

/** What the tests of one file play on: a database server, a simulator and processes of its own. */
export class GrantStage {
  readonly folder = makeFolder();
  readonly table: string[] = [];
  readonly policy: Partial<RefreshPolicy>;
  environmentId = '';
  owner!: PersonContext;
  fleet!: Fleet;
  /** In front of the server, in the files that ask for it: it costs the event loop of the test. */
  database: DatabaseProxy | null = null;
  server!: EmbeddedServer;
  simulator!: RunningSimulator;
  control!: ControlClient;

  readonly #proxied: boolean;

  constructor({ proxied, policy }: Required<StageOptions>) {
    this.#proxied = proxied;
    this.policy = policy;
  }

  get org(): RunningOrg {
    return this.simulator.org('production');
  }

  async start(): Promise<void> {
    this.server = await startEmbedded(path.join(this.folder.path, 'database'), {
      settings: ['max_connections=200'],
    });
    if (this.#proxied) this.database = await DatabaseProxy.start(this.server.url);
    this.simulator = await startSimulator({
      callbackUrls: { production: [CALLBACK] },
      accounts: { production: 5, uat: 5 },
      opportunities: { production: 5, uat: 5 },
    });
    this.control = new ControlClient(this.simulator.controlOrigin);
    const keys = { first: { value: randomBytes(32).toString('base64url') } };
    writeFileSync(this.keyRingFile, JSON.stringify({ active: 'first', keys }), { mode: 0o600 });
    this.fleet = new Fleet((host) => this.settingsOf(host));
    Object.assign(process.env, this.settingsOf('test'), { DATABASE_URL: this.server.url });
    registry().slots.delete('env');
    registry().slots.delete('keyring');
    registry().slots.set('connections.policy', { ...refreshPolicy(), ...this.policy });
    registry().slots.set('connections.revocationPolicy', { ...revocationPolicy(), ...REVOCATION });
    const id = randomUUID();
    const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
    const { clientId, clientSecret, origin } = this.org;
    const sealedConsumerSecret = await seal(clientSecret, place);
    const environment = await makeEnvironment({ id, origin, clientId, sealedConsumerSecret });
    this.environmentId = environment.id;
    this.owner = await makeContext();
  }

  async stop(): Promise<void> {
    await this.fleet.end();
    await stopDatabase();
    await this.simulator.stop();
    await this.database?.stop();
    await this.server.stop();
    this.folder.remove();
    process.stderr.write(`\ncase | served after (s) | refreshes\n${this.table.join('\n')}\n`);
  }

  get keyRingFile(): string {
    return path.join(this.folder.path, 'keyring.json');
  }

  dataFolder(host = 'host'): string {
    return path.join(this.folder.path, host);
  }

  settingsOf(host: string): Record<string, string> {
    return {
      DATABASE_URL: this.database?.url ?? this.server.url,
      ORGDOCK_DATA_DIR: this.dataFolder(host),
      ORGDOCK_KEYRING: this.keyRingFile,
      ORGDOCK_ALLOW_HOSTS: this.org.origin,
      GRANT_POLICY: JSON.stringify(this.policy),
      GRANT_REVOCATION_POLICY: JSON.stringify(REVOCATION),
      GRANT_UPKEEP_MS: '500',
    };
  }

  async pair(options: FleetOptions = {}): Promise<[GrantProcess, GrantProcess]> {
    return await Promise.all([this.fleet.take(options), this.fleet.take(options)]);
  }

  /** A connection with a living grant whose access token has just ended; the only one there is. */
  async expired(): Promise<string> {
    await this.clear();
    const id = await this.connect('ada', this.owner);
    await this.expire();
    return id;
  }

  /** No grant, no fault, no breaker, as on the first day. */
  async clear(): Promise<void> {
    await this.control.act({ org: 'production', act: 'revoke_grants' });
    await this.control.clearFaults();
    await withSystem('test', async (tx) => {
      await tx.delete(connections);
      await tx.update(environments).set({ appPausedUntil: null, appFaultAt: null });
    });
  }

  /** Ends every access token; from here on is counted. */
  async expire(): Promise<void> {
    await this.control.act({ org: 'production', act: 'expire_access_tokens' });
    await this.control.clearLedger();
  }

  /** What a consent of that user gives. */
  consent(user: DemoUser): Promise<TokenSet> {
    return new TestClient(this.org).connect(PRODUCTION.users[user].username);
  }

  async connect(user: DemoUser, owner: PersonContext): Promise<string> {
    const tokens = await this.consent(user);
    const id = randomUUID();
    const place = { table: 'connection_secrets', rowId: id } as const;
    await makeConnection(
      { ownerId: owner.personId, environmentId: this.environmentId },
      {
        id,
        orgId: PRODUCTION.orgId,
        salesforceUserId: PRODUCTION.users[user].id,
        instanceUrl: tokens.instance_url,
        tokenHost: this.org.origin,
        clientId: this.org.clientId,
        sealedTokens: {
          accessToken: await seal(tokens.access_token, { ...place, column: 'access_token' }),
          refreshToken: await seal(tokens.refresh_token, { ...place, column: 'refresh_token' }),
        },
      },
    );
    return id;
  }

  /** Consents again, as the owner of the connection of that user; the id of the connection that has the new grant. */
  async consentAgain(): Promise<string> {
    const { id } = await consentAt(this.org, { id: this.environmentId }, 'ada', this.owner);
    return id;
  }

  /** Grants whose refresh token works, at the org. */
  async liveGrants() {
    const grants = await this.control.listGrants('production');
    return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
  }

  async row(id: string) {
    // The test's own connections are cut with the portal's.
    const read = async () => {
      const [row] = await withSystem('test', (tx) =>
        tx.select().from(connections).where(eq(connections.id, id)),
      );
      return row;
    };
    return await vi.waitFor(read, { timeout: RECOVERY_MS });
  }

  /** Resolves when the row is in that state. */
  async inState(id: string, state: (typeof connections.$inferSelect)['state']): Promise<void> {
    const isThere = async () => (await this.row(id))?.state === state;
    await this.until(isThere).catch(async (cause) => {
      throw new Error(`not ${state}: ${JSON.stringify(await this.row(id))}`, { cause });
    });
  }

  /**
   * Calls through a process until Salesforce has a refresh in its hands, which meets the fault: on a busy machine a
   * claim may go back unsent before. The calls that are under way then.
   */
  async refreshMeets(
    fault: { fault: 'slow'; ms: number } | { fault: 'processed_late'; afterMs: number },
    { through, id, count = 1 }: { through: GrantProcess; id: string; count?: number },
  ): Promise<{ calls: Promise<CallCounts> }> {
    await this.control.addFault({ org: 'production', endpoint: 'refresh', ...fault });
    for (;;) {
      const state = { over: false };
      const calls = through.calls(id, count).finally(() => {
        state.over = true;
      });
      await this.until(async () => state.over || (await this.tokenRequests()) > 0);
      if ((await this.tokenRequests()) > 0) return { calls };
    }
  }

  /** How many refreshes reached the token endpoint, whatever became of them. */
  async tokenRequests(): Promise<number> {
    return await this.requests(({ params }) => params.grant_type === 'refresh_token');
  }

  async requests(
    which: (entry: Awaited<ReturnType<ControlClient['listRequests']>>[number]) => boolean,
  ): Promise<number> {
    return (await this.control.listRequests({ org: 'production' })).filter(which).length;
  }

  async until(holds: () => Promise<boolean>): Promise<void> {
    await vi.waitUntil(holds, { interval: LOOK_EVERY_MS, timeout: RECOVERY_MS });
  }

  /** Calls through a process until one is served (`serves`) or, when it may, the connection has ended (its problem). */
  async recovered(name: string, through: GrantProcess, id: string, mayEnd = true): Promise<string> {
    const started = performance.now();
    const end = await vi.waitUntil(
      async () => {
        const { served } = await through.calls(id, 1);
        if (served === 1) return 'serves';
        const row = await this.row(id);
        return mayEnd && row?.state === 'needs_reconnect' ? (row.problemCode ?? 'ended') : null;
      },
      { interval: LOOK_EVERY_MS, timeout: RECOVERY_MS },
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    await this.note(name, end === 'serves' ? seconds : `lost: ${end}`);
    return end;
  }

  async note(name: string, after: string): Promise<void> {
    const { refreshes } = await this.control.counts();
    this.table.push(`${name} | ${after} | ${refreshes}`);
  }
}

/** The stage of a test file. What its tests saw is printed at its end; docs/grants.md has it as a table. */
export function openStage({ proxied = false, policy = SCALED }: StageOptions = {}): GrantStage {
  const stage = new GrantStage({ proxied, policy });
  beforeAll(() => stage.start());
  afterEach(({ task }) => stage.fleet.takeBack({ failed: task.result?.state === 'fail' }));
  afterAll(() => stage.stop());
  return stage;
}

import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { withSystem } from '@/db/client';
import { startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import { connections } from '@/db/schema';
import type { Sql } from '@/db/sql';
import { stopDatabase } from '@/db/start';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { type RunningOrg, type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient, type TokenSet } from '@/simulator/testing/client';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { makeFolder } from '@/tests/processes/portal-process';
import { BenchProcess } from './bench-process';
import { BUSY_ORG, type Member } from './busy-org';
import type { ProcessSettings, StrategyName } from './orders';

const BASELINE_ROLE = 'bench_baseline';

/** A real PostgreSQL, the simulator, and the processes and grants of one strategy after another. */
export class Stage {
  readonly control: ControlClient;
  #folders = 0;

  private constructor(
    readonly folder: string,
    readonly simulator: RunningSimulator,
    /** The database's owner, whom nothing cuts off. */
    readonly owner: Sql,
    readonly org: RunningOrg,
    readonly close: () => Promise<void>,
    private readonly place: { environmentId: string; ownerId: string; baselineUrl: string },
  ) {
    this.control = new ControlClient(simulator.controlOrigin);
  }

  static async open(): Promise<Stage> {
    const folder = makeFolder();
    Object.assign(process.env, {
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      ORGDOCK_DATA_DIR: path.join(folder.path, 'bench'),
      ORGDOCK_KEYRING: JSON.stringify({
        active: 'bench',
        keys: { bench: { value: randomBytes(32).toString('base64url') } },
      }),
    });
    const server = await startEmbedded(path.join(folder.path, 'database'), {
      settings: ['max_connections=200'],
    });
    const simulator = await startSimulator({
      orgs: [BUSY_ORG],
      callbackUrls: { [BUSY_ORG.name]: [CALLBACK] },
      accounts: { [BUSY_ORG.name]: 5 },
      opportunities: { [BUSY_ORG.name]: 5 },
    });
    const org = simulator.org(BUSY_ORG.name);
    Object.assign(process.env, { DATABASE_URL: server.url, ORGDOCK_ALLOW_HOSTS: org.origin });
    registry().slots.delete('env');
    const owner = openOwnerConnection(server.url);
    const baselineUrl = await prepareBaselines(owner, server.url);
    const place = { ...(await makePlace(org)), baselineUrl };
    const close = async () => {
      await owner.end();
      await stopDatabase();
      await simulator.stop();
      await server.stop();
      folder.remove();
    };
    return new Stage(folder.path, simulator, owner, org, close, place);
  }

  /** Processes of one strategy on one machine: they share a data folder. */
  async startFleet(strategy: StrategyName, count: number, scale: number): Promise<Fleet> {
    this.#folders += 1;
    const { tokenHost, clientId, clientSecret } = { ...this.org, tokenHost: this.org.origin };
    const app = { tokenHost, clientId, clientSecret };
    const settings: ProcessSettings = { strategy, scale, databaseUrl: this.place.baselineUrl, app };
    const environment = {
      ...process.env,
      ORGDOCK_DATA_DIR: path.join(this.folder, `host-${this.#folders}`),
      BENCH_SETTINGS: JSON.stringify(settings),
    };
    const start = () => BenchProcess.start(environment);
    return { strategy, processes: await Promise.all(Array.from({ length: count }, start)), start };
  }

  /** Ends every grant, fault and row of before. */
  async clear(): Promise<void> {
    await this.control.clearFaults();
    await this.control.act({ org: this.org.name, act: 'revoke_grants' });
    await withSystem('benchmark', (tx) => tx.delete(connections));
    await this.owner.unsafe('TRUNCATE bench.grants, bench.keys');
    await this.control.clearLedger();
  }

  /** A living grant of a member, stored as the strategy stores it; its id. */
  async makeGrant(strategy: StrategyName, member: Member): Promise<string> {
    const tokens = await new TestClient(this.org).connect(member.username);
    const id = randomUUID();
    if (strategy === 'orgdock') await this.#storeSealed(id, member, tokens);
    else
      await this.owner`
        INSERT INTO bench.grants VALUES (${id}, ${tokens.access_token}, ${tokens.refresh_token}, ${tokens.instance_url})`;
    return id;
  }

  async #storeSealed(id: string, member: Member, tokens: TokenSet): Promise<void> {
    const place = { table: 'connection_secrets', rowId: id } as const;
    await makeConnection(this.place, {
      id,
      orgId: BUSY_ORG.orgId,
      salesforceUserId: member.id,
      instanceUrl: tokens.instance_url,
      sealedTokens: {
        accessToken: await seal(tokens.access_token, { ...place, column: 'access_token' }),
        refreshToken: await seal(tokens.refresh_token, { ...place, column: 'refresh_token' }),
      },
    });
  }

  async expire(): Promise<void> {
    await this.control.act({ org: this.org.name, act: 'expire_access_tokens' });
  }

  /** Refresh requests that reached Salesforce since `clear`. */
  async countSent(): Promise<number> {
    const requests = await this.control.listRequests();
    return requests.filter(({ params }) => params.grant_type === 'refresh_token').length;
  }

  /** Cuts every connection of the processes and lets none in while the work lasts. */
  async whileNobodyMayLogIn(work: () => Promise<void>): Promise<void> {
    const allow = (login: 'LOGIN' | 'NOLOGIN') =>
      this.owner.unsafe(`ALTER ROLE orgdock_portal ${login}; ALTER ROLE ${BASELINE_ROLE} ${login}`);
    try {
      await allow('NOLOGIN');
      await this.owner`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                        WHERE application_name = 'orgdock portal'`;
      await work();
    } finally {
      await allow('LOGIN');
    }
  }
}

export interface Fleet {
  strategy: StrategyName;
  processes: BenchProcess[];
  /** Another one of the same kind on the same machine, as a supervisor would start it. */
  start: () => Promise<BenchProcess>;
}

async function makePlace(org: RunningOrg): Promise<{ environmentId: string; ownerId: string }> {
  const id = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  const sealedConsumerSecret = await seal(org.clientSecret, place);
  const { origin, clientId } = org;
  await makeEnvironment({ id, origin, clientId, sealedConsumerSecret });
  return { environmentId: id, ownerId: (await makeContext()).personId };
}

/** The baselines' tables, and their login as weak as Orgdock's. */
async function prepareBaselines(owner: Sql, url: string): Promise<string> {
  const password = randomBytes(16).toString('hex');
  await owner.unsafe(`
    CREATE SCHEMA bench;
    CREATE TABLE bench.grants (id uuid PRIMARY KEY, access_token text NOT NULL, refresh_token text NOT NULL,
                               instance_url text NOT NULL, generation integer NOT NULL DEFAULT 1);
    CREATE TABLE bench.keys (id uuid PRIMARY KEY, expires_at timestamptz NOT NULL);
    CREATE ROLE ${BASELINE_ROLE} LOGIN PASSWORD '${password}';
    GRANT USAGE ON SCHEMA bench TO ${BASELINE_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bench TO ${BASELINE_ROLE}`);
  return Object.assign(new URL(url), { username: BASELINE_ROLE, password }).href;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectOrStart } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import type { Sql } from '@/db/sql';
import { ControlClient } from '@/simulator/control-client';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { freePort } from '@/tests/free-port';
import type { Leak, Place, Secret } from '@/tests/leaks/secret-scanner';
import { OpenIdProvider } from '@/tests/openid/openid-provider';
import { startRecorder } from './recorder';
import { findLeaks } from './watch-secrets';
import { WebhookReceiver } from './webhook-receiver';

const root = path.resolve(import.meta.dirname, '..');

export interface StackOptions {
  /** False: a portal in which nobody has set anything up. */
  seeded?: boolean;
  setupToken?: string;
  accounts?: Record<string, number>;
}

/** A whole Orgdock: simulator, embedded PostgreSQL and the production server, on free ports of this machine. */
export interface Stack {
  portal: string;
  simulator: RunningSimulator;
  control: ControlClient;
  /** The company's own identity provider. */
  openId: OpenIdProvider;
  /** A program that webhooks are sent to. */
  receiver: WebhookReceiver;
  /** The superuser's connection to the portal's database. */
  sql: Sql;
  environment: NodeJS.ProcessEnv;
  /** Secrets of the API keys that tests have made: the watch looks for them. */
  apiKeys: Secret[];
  /** What the portal wrote to its log so far. */
  output: () => string;
  /** Everything as after the seed: no sessions, no connections, no faults. */
  reset: () => Promise<void>;
  /** Secrets in what the portal has answered since the last call, logged and stored, and in these places. */
  leaks: (more?: readonly Place[]) => Promise<Leak[]>;
  /** Throws when a secret was found in what `leaks` has not seen yet. */
  stop: () => Promise<void>;
}

/** Starts a stack and waits until the portal answers. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { seeded = true, setupToken } = options;
  const [port, portalPort] = [await freePort(), await freePort()];
  const portal = `http://localhost:${port}`;
  const callback = (slug: string) => [`${portal}/api/auth/callback/${slug}`];
  const simulator = await startSimulator({
    // A second environment of the UAT org, for the test that deletes one.
    callbackUrls: {
      production: callback('production'),
      uat: [...callback('uat'), ...callback('uat-copy')],
    },
    ...(options.accounts ? { accounts: options.accounts } : {}),
  });
  const openId = await OpenIdProvider.start(callback('acme-login'));
  const receiver = await WebhookReceiver.start();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'orgdock-e2e-'));
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    NEXT_DIST_DIR: process.env.NEXT_DIST_DIR ?? '.next',
    HOST: '127.0.0.1',
    PORT: String(portalPort),
    NEXTAUTH_URL: portal,
    NEXTAUTH_SECRET: 'e2e-only-secret-e2e-only-secret-e2e-only',
    ORGDOCK_DATA_DIR: dataDir,
    ORGDOCK_ALLOW_HOSTS: [...simulator.orgs.map(({ origin }) => origin), openId.issuer, receiver.origin].join(
      ',',
    ),
    LOG_LEVEL: 'info',
    ...(setupToken ? { ORGDOCK_SETUP_TOKEN: setupToken } : {}),
  };
  if (seeded) await run(['--import', 'tsx', 'scripts/seed-demo.ts'], environment);
  const server = new Portal(environment);
  const recorder = await startRecorder(port, portalPort);
  try {
    await server.untilReady(`${portal}/api/ready`);
    const embedded = await connectOrStart(dataDir);
    const sql = openOwnerConnection(embedded.url);
    const control = new ControlClient(simulator.controlOrigin);
    const output = () => server.output;
    const apiKeys: Secret[] = [];
    const leaks: Stack['leaks'] = (more) =>
      findLeaks({ control, openId, sql, recorder, dataDir, apiKeys, output }, more);
    return {
      portal,
      simulator,
      control,
      openId,
      receiver,
      sql,
      environment,
      apiKeys,
      output,
      leaks,
      reset: async () => {
        await control.reset();
        await sql`TRUNCATE orgdock.connections, orgdock.stray_grants, orgdock.consent_attempts, orgdock.consent_failures,
          orgdock.sessions, orgdock.sign_in_links, orgdock.invitations, orgdock.access_requests,
          orgdock.environment_access, orgdock.breaches, orgdock.approval_requests, orgdock.grid_views,
          orgdock.grid_preferences, orgdock.api_keys, orgdock.api_calls, orgdock.webhook_endpoints CASCADE`;
        receiver.reset();
        await sql`DELETE FROM orgdock.people WHERE role <> 'admin'`;
        await sql`UPDATE orgdock.people SET locale = NULL, time_zone = NULL`;
        await sql`UPDATE orgdock.environments SET access = 'everyone', reading_hours = NULL, status = 'active',
          outside_hours = 'alert', client_authentication = 'client_secret_post', authorize_parameters = '{}',
          api_version = '66.0', api_reserve_percent = 0`;
        await sql`DELETE FROM orgdock.access_reviews`;
      },
      stop: async () => {
        const found = await leaks();
        await sql.end();
        await server.stop();
        await recorder.stop();
        await simulator.stop();
        await openId.stop();
        await receiver.stop();
        await rm(dataDir, { recursive: true, force: true });
        if (found.length > 0) throw new Error(`Secrets were found: ${JSON.stringify(found)}`);
      },
    };
  } catch (error) {
    await server.stop();
    await recorder.stop();
    await simulator.stop();
    await openId.stop();
    await receiver.stop();
    throw error;
  }
}

/** The production server as a process of its own. */
export class Portal {
  output = '';
  private readonly child: ChildProcess;

  constructor(environment: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, ['server.mjs'], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk;
      });
    }
  }

  async untilReady(url: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) throw new Error(`The portal ended:\n${this.output}`);
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The portal did not become ready:\n${this.output}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

async function run(args: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...environment, NODE_ENV: 'development', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${output}`);
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appRoutes } from '@/simulator/apps/app-routes';
import { AdvanceableClock } from '@/simulator/clock';
import { controlListener } from '@/simulator/control/control-server';
import { Simulation } from '@/simulator/control/simulation';
import { liveObjects } from '@/simulator/data/live-objects';
import { FaultQueue } from '@/simulator/faults/queue';
import { Ledger } from '@/simulator/ledger';
import { type OrgRuntime, orgListener } from '@/simulator/org-server';
import { createDataRoutes } from '@/simulator/rest/data-routes';
import { createDataService } from '@/simulator/rest/service';
import { DEMO_ORGS, type OrgFacts } from '@/simulator/seed/facts';
import { createOrg, type OrgSettings } from '@/simulator/seed/orgs';
import { IssuedSecrets } from '@/simulator/state/issued';
import { OrgState } from '@/simulator/state/org-state';
import { createSigningKey } from '@/simulator/state/signing-key';
import { keepState } from '@/simulator/state/state-file';
import type { SimOrg } from '@/simulator/types';

const HOST = '127.0.0.1';
/** Beyond the 16 KiB of a URI, so that a long one gets Salesforce's 414 and not Node's own answer. */
const MAX_HEADER_BYTES = 128 * 1024;
const KEEP_ALIVE_MS = 75_000;

export interface SimulatorOptions {
  readonly orgs?: readonly OrgFacts[];
  /** Port of each org by name; 0 or left out: any free one. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly controlPort?: number;
  /** Callback URLs of each org's app by org name. */
  readonly callbackUrls?: Readonly<Record<string, readonly string[]>>;
  /** Number of accounts and opportunities of each org by name. */
  readonly accounts?: Readonly<Record<string, number>>;
  readonly opportunities?: Readonly<Record<string, number>>;
  /** API calls that each org allows in a day. */
  readonly apiLimit?: number;
  readonly sessionTimeoutMs?: number;
  /** Keeps grants and approvals over restarts. Left out: they end with the process. */
  readonly stateFile?: string;
}

export interface RunningOrg {
  readonly name: string;
  readonly companyName: string;
  readonly origin: string;
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface RunningSimulator {
  readonly orgs: readonly RunningOrg[];
  readonly controlOrigin: string;
  /** The org of this name; throws when there is none. */
  org(name: string): RunningOrg;
  stop(): Promise<void>;
}

/** Starts every org on its own origin and the control server on its own port, all on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = new AdvanceableClock();
  const ledger = new Ledger();
  const faults = new FaultQueue();
  const issued = new IssuedSecrets();
  const facts = options.orgs ?? DEMO_ORGS;
  const servers: Server[] = [];
  const runtimes: OrgRuntime[] = [];
  const stop = async () => {
    clock.reset();
    await Promise.all(servers.map(close));
  };
  try {
    for (const [index, one] of facts.entries()) {
      const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
      servers.push(server);
      const origin = await listen(server, options.ports?.[one.name] ?? 0);
      const org = createOrg(one, { origin, clock, ...settingsOf(options, one.name) });
      const state = new OrgState(org, clock, await createSigningKey(String(200 + index)));
      const service = createDataService(
        org,
        liveObjects(() => runtime.state),
      );
      const dataRoutes = createDataRoutes(
        org,
        service,
        appRoutes(() => runtime.state),
      );
      const runtime: OrgRuntime = { state, service, dataRoutes, clock, ledger, faults, issued };
      // Longer than the pools of clients keep a socket, so that no reset comes that no fault asked for.
      server.keepAliveTimeout = KEEP_ALIVE_MS;
      server.on('request', orgListener(runtime));
      runtimes.push(runtime);
    }
    if (options.stateFile !== undefined) keepState(options.stateFile, runtimes, servers);
    const control = createServer(controlListener(new Simulation(runtimes, clock, ledger, faults, issued)));
    servers.push(control);
    const controlOrigin = await listen(control, options.controlPort ?? 0);
    const orgs = runtimes.map(({ state }) => describeOrg(state.org));
    return { orgs, controlOrigin, org: (name) => requireOrg(orgs, name), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function settingsOf(options: SimulatorOptions, name: string): Omit<OrgSettings, 'origin' | 'clock'> {
  return {
    callbackUrls: options.callbackUrls?.[name],
    accounts: options.accounts?.[name],
    opportunities: options.opportunities?.[name],
    apiLimit: options.apiLimit,
    sessionTimeoutMs: options.sessionTimeoutMs,
  };
}

function describeOrg({ name, companyName, origin, orgId, apps }: SimOrg): RunningOrg {
  const [app] = apps;
  return {
    name,
    companyName,
    origin,
    orgId,
    clientId: app?.clientId ?? '',
    clientSecret: app?.clientSecret ?? '',
  };
}

function requireOrg(orgs: readonly RunningOrg[], name: string): RunningOrg {
  const org = orgs.find((one) => one.name === name);
  if (!org) throw new Error(`The simulator has no org "${name}".`);
  return org;
}

/** Listens on loopback only and returns the origin; the name `localhost` is what people type. */
async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

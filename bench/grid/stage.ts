import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startEmbedded } from '@/db/embedded/server';
import { stopDatabase } from '@/db/start';
import { registry } from '@/lib/registry';
import { ControlClient } from '@/simulator/control-client';
import type { RunningOrg } from '@/simulator/server';
import { freePort } from '@/tests/free-port';
import { endProcess, makeFolder, portalSettings, startScript } from '@/tests/processes/portal-process';
import { Child } from './child';
import type { SimulatorSettings } from './processes/simulator';
import type { UpstreamOrder } from './processes/upstream';
import { type ConnectedOrg, connectOrg, makeVisitor, type Visitor } from './visitors';

interface Simulator {
  orgs: RunningOrg[];
  controlOrigin: string;
}

/** Rows of the org that is loaded and scrolled, and of the one that is deep enough for a window 10,000. */
export const ACCOUNTS = { production: 50_000, uat: 2_000_400 };
const VISITORS = 200;

/** The production server on an embedded PostgreSQL, the simulator, and people who are signed in and connected. */
export class Stage {
  readonly control: ControlClient;

  private constructor(
    readonly portal: string,
    readonly pid: number,
    /** Each with a connection whose Salesforce is the replaying upstream. */
    readonly visitors: readonly Visitor[],
    /** Somebody connected to the deep org, straight to the simulator. */
    readonly deep: Visitor,
    readonly connected: ConnectedOrg,
    private readonly upstream: Child<string>,
    simulator: Simulator,
    readonly close: () => Promise<void>,
  ) {
    this.control = new ControlClient(simulator.controlOrigin);
  }

  static async open(): Promise<Stage> {
    const folder = makeFolder();
    const database = await startEmbedded(path.join(folder.path, 'database'), {
      settings: ['max_connections=200'],
    });
    const simulator = await Child.start<Simulator>('simulator', {
      accounts: ACCOUNTS,
    } satisfies SimulatorSettings);
    const orgOf = (name: string) => requireOrg(simulator.where.orgs, name);
    const [production, uat] = [orgOf('production'), orgOf('uat')];
    const upstream = await Child.start<string>('upstream', { origin: production.origin });
    const port = await freePort();
    const settings = {
      ...portalSettings(port, path.join(folder.path, 'portal')),
      DATABASE_URL: database.url,
      LOG_LEVEL: 'warn',
      ORGDOCK_ALLOW_HOSTS: [production.origin, uat.origin, upstream.where].join(','),
      ORGDOCK_KEYRING: JSON.stringify({
        active: 'bench',
        keys: { bench: { value: randomBytes(32).toString('base64url') } },
      }),
    };
    Object.assign(process.env, settings, { ORGDOCK_DATA_DIR: path.join(folder.path, 'bench') });
    registry().slots.delete('env');
    const connected = await connectOrg(production, 'grace@acme.example', upstream.where);
    const visitors: Visitor[] = [];
    while (visitors.length < VISITORS) visitors.push(await makeVisitor(connected));
    const deep = await makeVisitor(await connectOrg(uat, 'grace@acme.example.uat'));
    await stopDatabase();
    const portal = startScript(['server.mjs'], settings);
    await portal.says('Orgdock is ready');
    const close = async () => {
      await endProcess(portal);
      await upstream.stop();
      await simulator.stop();
      await database.stop();
      folder.remove();
    };
    const origin = `http://localhost:${port}`;
    const pid = portal.child.pid ?? 0;
    return new Stage(origin, pid, visitors, deep, connected, upstream, simulator.where, close);
  }

  /** How long Salesforce takes for every data call from now on. */
  async setLatency(latencyMs: number): Promise<void> {
    await this.upstream.tell({ latencyMs } satisfies UpstreamOrder);
  }

  /** The visitor whose turn it is: limits are counted by person, so that no one makes all requests. */
  visitor(turn: number): Visitor {
    const found = this.visitors[turn % this.visitors.length];
    if (!found) throw new Error('There are no visitors.');
    return found;
  }
}

function requireOrg(orgs: readonly RunningOrg[], name: string): RunningOrg {
  const org = orgs.find((one) => one.name === name);
  if (!org) throw new Error(`The simulator has no org "${name}".`);
  return org;
}

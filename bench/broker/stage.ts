import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import type { RunningOrg } from '@/simulator/server';
import { BrokerPortal, type Program } from '@/tests/processes/broker-portal';
import { Child } from '../grid/child';
import type { SimulatorSettings } from '../grid/processes/simulator';
import { type BigUpstream, startBigUpstream } from './big-upstream';

/** Limits are counted by key and by person, so that no one makes all calls. */
const PROGRAMS = 40;

/** The portal, and three upstreams for its programs: one that repeats answers, one of one long answer, the simulator. */
export class Stage {
  private constructor(
    readonly portal: BrokerPortal,
    readonly control: ControlClient,
    readonly org: RunningOrg,
    /** Gives the simulator's answers again, byte for byte. */
    readonly upstream: { origin: string; pid: number },
    readonly big: BigUpstream,
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<Stage> {
    const simulator = await Child.start<{ orgs: RunningOrg[]; controlOrigin: string }>('simulator', {
      accounts: { production: 1_000, uat: 5 },
    } satisfies SimulatorSettings);
    const org = simulator.where.orgs.find(({ name }) => name === 'production');
    if (!org) throw new Error('The simulator has no org "production".');
    const upstream = await Child.start<string>('upstream', { origin: org.origin });
    const big = await startBigUpstream();
    const instanceUrls = [upstream.where, big.origin, org.origin];
    const at = { org, username: PRODUCTION.users.ada.username, instanceUrls };
    const portal = await BrokerPortal.open(at, PROGRAMS);
    const close = async () => {
      await portal.close();
      await upstream.stop();
      await simulator.stop();
      await big.stop();
    };
    const control = new ControlClient(simulator.where.controlOrigin);
    return new Stage(portal, control, org, { origin: upstream.where, pid: upstream.pid }, big, close);
  }

  /** The program whose turn it is, of those whose records are at the first, second or third upstream. */
  program(place: 'repeated' | 'big' | 'simulated', turn: number): Program {
    const first = { repeated: 0, big: 1, simulated: 2 }[place] * PROGRAMS;
    const found = this.portal.programs[first + (turn % PROGRAMS)];
    if (!found) throw new Error('There are no programs.');
    return found;
  }
}

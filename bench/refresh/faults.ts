import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './aliveness';
import type { BenchProcess } from './bench-process';
import { MEMBERS, type Member } from './busy-org';
import type { Trap } from './orders';
import type { Fleet, Stage } from './stage';

/** Every duration of the strategies, and of what strikes them, is divided by this. */
export const SCALE = 10;
const CALLS = 5;
const DATABASE_AWAY_MS = 10_000 / SCALE;

type Strike = (stage: Stage, fleet: Fleet, calls: () => Promise<number>) => Promise<number>;

export interface Fault {
  name: string;
  /** Salesforce's answer reached no process of anybody's. */
  unsavable?: true;
  /** Makes the calls while the fault strikes; how many were served. */
  strike: Strike;
}

const onTheWire =
  (fault: Parameters<Stage['control']['addFault']>[0]): Strike =>
  async (stage, _fleet, calls) => {
    await stage.control.addFault(fault);
    return await calls();
  };

export const NO_FAULT: Fault = { name: 'none', strike: (_stage, _fleet, calls) => calls() };

export const FAULTS: readonly Fault[] = [
  {
    name: 'Salesforce takes 12 s',
    strike: onTheWire({ fault: 'slow', endpoint: 'refresh', ms: 12_000 / SCALE }),
  },
  {
    name: 'a gateway holds the request for 12 s',
    strike: onTheWire({ fault: 'slow', endpoint: 'refresh', ms: 12_000 / SCALE, at: 'edge' }),
  },
  {
    name: 'Salesforce takes 30 s',
    strike: onTheWire({ fault: 'slow', endpoint: 'refresh', ms: 30_000 / SCALE }),
  },
  { name: 'holder killed (-9) with the answer, before its commit', strike: killHolder },
  { name: 'database cut off for 10 s at that moment', strike: cutDatabase },
  {
    name: 'connection dropped after the work',
    unsavable: true,
    strike: onTheWire({ fault: 'drop_after', endpoint: 'refresh' }),
  },
  {
    name: '504 after rotating',
    unsavable: true,
    strike: onTheWire({ fault: 'gateway_timeout_after', endpoint: 'refresh' }),
  },
];

export interface FaultRound {
  lost: boolean;
  served: number;
  calls: number;
  /** Consumed refresh tokens that Salesforce was shown. */
  consumedShown: number;
}

/** A grant of its own, whose access token has ended, under a fault; then whether it lives. */
export async function runFault(stage: Stage, fleet: Fleet, fault: Fault): Promise<FaultRound> {
  await stage.clear();
  const id = await stage.makeGrant(fleet.strategy, MEMBERS[0] as Member);
  await stage.expire();
  await stage.control.clearLedger();
  const calls = async () => {
    const ends = await Promise.all(fleet.processes.map((one) => one.calls([id], CALLS)));
    return ends.reduce((sum, { served }) => sum + served, 0);
  };
  const made = fleet.processes.length * CALLS;
  const served = await fault.strike(stage, fleet, calls);
  const lost = !(await isAlive(stage, fleet, id));
  const { violations } = await stage.control.counts();
  return { lost, served, calls: made, consumedShown: violations };
}

async function killHolder(_stage: Stage, fleet: Fleet, calls: () => Promise<number>): Promise<number> {
  const { sprung } = await trapHolder(fleet, 'kill');
  const served = calls();
  const killed = await sprung;
  await killed.exited;
  fleet.processes = fleet.processes.filter((one) => one !== killed);
  fleet.processes.push(await fleet.start());
  return await served;
}

async function cutDatabase(stage: Stage, fleet: Fleet, calls: () => Promise<number>): Promise<number> {
  const gate = path.join(stage.folder, randomUUID());
  const { sprung } = await trapHolder(fleet, { until: gate });
  const served = calls();
  await sprung;
  await stage.whileNobodyMayLogIn(async () => {
    writeFileSync(gate, '');
    await pause(DATABASE_AWAY_MS);
  });
  return await served;
}

/** Sets the trap everywhere; who holds the answer first springs it, and it is taken away from the others. */
async function trapHolder({ processes }: Fleet, trap: Trap): Promise<{ sprung: Promise<BenchProcess> }> {
  let spring: (holder: BenchProcess) => void = () => undefined;
  const first = new Promise<BenchProcess>((resolve) => {
    spring = resolve;
  });
  await Promise.all(processes.map((one) => one.trap(trap, () => spring(one))));
  const sprung = first.then(async (holder) => {
    await Promise.all(processes.filter((one) => one !== holder).map((one) => one.trap(null)));
    return holder;
  });
  return { sprung };
}

import { subscribe } from 'node:diagnostics_channel';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@/db/start';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { env } from '@/lib/env';
import { keyRing } from '@/lib/keyring';
import { log } from '@/lib/log';
import { type Registry, registry } from '@/lib/registry';
import { type Fault, nameOf, type StepFault } from './faults';
import { currentProcess, type VirtualProcess, virtualClocks, type World } from './world';

const KEY = Symbol.for('orgdock');
const SECOND = 1_000;

/** What every process of this one shares; the rest of a registry is each one's own. */
const SHARED = ['database', 'keyring', 'log'];

/**
 * Makes the registry of the code that runs that of its virtual process. Opens the database first, which all share.
 * Returns the folder in which the data folders are made; it is gone with `close`.
 */
export async function openProcesses(): Promise<{ folder: string; close: () => void }> {
  await openDatabase();
  keyRing();
  log();
  env();
  const base = registry();
  Object.defineProperty(globalThis, KEY, {
    configurable: true,
    get: () => currentProcess()?.registry ?? base,
    set: () => undefined,
  });
  // Memory, where there is a disk of it: what is proven here is the order of things, not the disk.
  const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(path.join(place, 'orgdock-schedules-'));
  return {
    folder,
    close() {
      Object.defineProperty(globalThis, KEY, { configurable: true, writable: true, value: base });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process that has just started, on a host's data folder. */
export function startProcess(world: World, name: string, dataDir: string): VirtualProcess {
  const base = registry();
  const slots = new Map<string, unknown>(SHARED.map((slot) => [slot, base.slots.get(slot)]));
  slots.set('env', { ...env(), ORGDOCK_DATA_DIR: dataDir });
  const own: Registry = { slots, draining: false, drains: [], unfinished: new Set(), closers: [] };
  const process: VirtualProcess = {
    world,
    name,
    dataDir,
    registry: own,
    dead: false,
    pausedUntil: 0,
    wallSkew: name.endsWith('2') ? -600_000 : 0,
    monotonicLost: 0,
    diskFull: false,
    sending: '',
    loseNextAck: false,
  };
  slots.set('connections.clocks', virtualClocks(process));
  world.processes.push(process);
  return process;
}

/** Acts of somebody else that a schedule can put into the middle of a refresh. */
export interface Bystander {
  disconnect(): void;
  consent(): void;
}

/** Lets armed faults strike in the tick in which a step is reached; keeps what was written down. */
export function watchSteps(bystanderOf: (world: World) => Bystander): void {
  subscribe('orgdock:refresh', (message) => {
    const process = currentProcess();
    if (!process || process.dead) return;
    const { step, attemptId } = message as { step: RefreshStep; attemptId: string };
    const { world } = process;
    if (step === 'sending') process.sending = attemptId;
    if (step === 'spooled' || step === 'stored') world.salesforce.kept(attemptId);
    const struck = world.armed.filter((fault) => fault.step === step);
    world.armed = world.armed.filter((fault) => fault.step !== step);
    for (const fault of struck) strike(process, fault, bystanderOf(world));
  });
}

function strike(process: VirtualProcess, fault: Fault, bystander: Bystander): void {
  const { world } = process;
  world.hits.push(nameOf(fault));
  const faults: Record<StepFault, () => void> = {
    killed: () => {
      process.dead = true;
    },
    'stopped for a moment': () => stop(process, 5 * SECOND),
    'stopped beyond lease and settling': () => stop(process, 15 * 60 * SECOND),
    'database down for a second': () => {
      world.databaseDownUntil = world.now + SECOND;
    },
    'database down for minutes': () => {
      world.databaseDownUntil = world.now + 400 * SECOND;
    },
    'acknowledgement lost': () => {
      process.loseNextAck = true;
    },
    'wall clock jumps': () => {
      process.wallSkew += 600 * SECOND;
    },
    'disconnected meanwhile': () => bystander.disconnect(),
    'consented meanwhile': () => bystander.consent(),
    'spool takes nothing': () => {
      process.diskFull = true;
    },
  };
  if (fault.step !== 'network') faults[fault.what]();
}

/** As SIGSTOP or a machine that sleeps: its monotonic clock may stand still meanwhile. */
function stop(process: VirtualProcess, ms: number): void {
  process.pausedUntil = process.world.now + ms;
  process.monotonicLost += ms;
}

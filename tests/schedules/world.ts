import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clocks } from '@/lib/connections/refresh/clock';
import type { Registry } from '@/lib/registry';
import type { Fault } from './faults';
import type { FakeSalesforce } from './salesforce';

/** One process of the portal, of which several run in this one: its own registry, clocks and data folder. */
export interface VirtualProcess {
  readonly world: World;
  readonly name: string;
  readonly dataDir: string;
  readonly registry: Registry;
  /** Killed: nothing of it goes on. */
  dead: boolean;
  /** Stopped until this virtual time. */
  pausedUntil: number;
  /** What its wall clock is ahead of the true time; its monotonic clock stands still while it is suspended. */
  wallSkew: number;
  monotonicLost: number;
  /** The disk of its spool takes nothing. */
  diskFull: boolean;
  /** The attempt whose token leaves in this tick. */
  sending: string;
  /** The next commit happens, but is not heard of. */
  loseNextAck: boolean;
}

interface Waiter {
  process: VirtualProcess;
  at: number;
  resolve: () => void;
}

const START = Date.UTC(2026, 10, 26);
const storage = new AsyncLocalStorage<VirtualProcess>();

/** The process that the code which asks is running in. */
export function currentProcess(): VirtualProcess | undefined {
  return storage.getStore();
}

/** Runs work inside a process. */
export function inProcess<T>(process: VirtualProcess, work: () => Promise<T>): Promise<T> {
  return storage.run(process, work);
}

/** One schedule: a connection, its processes, its Salesforce and its virtual time. */
export class World {
  readonly start = START;
  now = START;
  databaseDownUntil = 0;
  processes: VirtualProcess[] = [];
  /** What strikes when a step is reached; each strikes once. */
  armed: Fault[] = [];
  readonly hits: string[] = [];
  #waiters: Waiter[] = [];
  #busy = 0;
  #idle: Array<() => void> = [];

  constructor(
    readonly id: string,
    readonly salesforce: FakeSalesforce,
  ) {}

  /** Resolves at a virtual time, if the process lives then. */
  until(process: VirtualProcess, at: number): Promise<void> {
    return new Promise((resolve) => this.#waiters.push({ process, at, resolve }));
  }

  /** Moves the time, waking what is due, earliest first. */
  async advance(ms: number): Promise<void> {
    const target = this.now + ms;
    for (;;) {
      const next = this.#nextDue(target);
      this.now = next ? Math.max(this.now, next.at) : target;
      if (!next) return await this.settle();
      this.#waiters = this.#waiters.filter((waiter) => waiter !== next);
      if (!next.process.dead) next.resolve();
      await this.settle();
    }
  }

  #nextDue(target: number): Waiter | undefined {
    const due = this.#waiters.filter((waiter) => waiter.at <= target);
    return due.sort((a, b) => a.at - b.at)[0];
  }

  /** Resolves when nothing goes on any more until the time moves. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet = this.#busy === 0 ? quiet + 1 : 0) {
      if (this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** An operation of the database, the disk or the crypto threads begins; the function ends it. */
  begin(): () => void {
    this.#busy += 1;
    return () => {
      this.#busy -= 1;
      if (this.#busy === 0) for (const resolve of this.#idle.splice(0)) resolve();
    };
  }
}

/** Lets a process go on only if it is neither dead nor stopped. Never resolves in a dead one. */
export async function gate(process: VirtualProcess): Promise<void> {
  for (;;) {
    if (process.dead) await new Promise(() => undefined);
    if (process.world.now >= process.pausedUntil) return;
    await process.world.until(process, process.pausedUntil);
  }
}

/** Runs an operation whose end `settle` waits for. */
export async function counted<T>(work: () => Promise<T>): Promise<T> {
  const world = currentProcess()?.world;
  if (!world) return await work();
  const end = world.begin();
  try {
    return await work();
  } finally {
    end();
  }
}

/** Runs an operation of the outside world for the process that asks: gated before and after, and counted. */
export async function outside<T>(work: () => Promise<T>): Promise<T> {
  const process = currentProcess();
  if (!process) return await work();
  await gate(process);
  const outcome = await counted(work).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await gate(process);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** The clocks of a process, in virtual time. */
export function virtualClocks(process: VirtualProcess): Clocks {
  const { world } = process;
  return {
    monotonic: () => world.now - world.start - process.monotonicLost,
    wall: () => world.now + process.wallSkew,
    sleep: async (ms, { signal } = {}) => {
      const cancelled = new Promise<void>((resolve) => {
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([world.until(process, world.now + ms), cancelled]);
      await gate(process);
    },
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Calls, Message, Order, Trap } from './orders';

const script = path.join(import.meta.dirname, 'process.ts');

/** A process under measurement, seen from outside. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: Calls | null) => void>();
  #number = 0;
  #onReached: () => void = () => undefined;
  readonly exited: Promise<unknown>;

  private constructor(child: ChildProcess, onReady: () => void) {
    this.#child = child;
    this.exited = once(child, 'exit');
    child.on('message', (message: Message) => {
      if ('ready' in message) onReady();
      else if ('reached' in message) this.#onReached();
      else this.#waiting.get(message.answer)?.(message.value);
    });
  }

  /** Starts one and waits until its database is open. Rejects when it ends before. */
  static async start(environment: NodeJS.ProcessEnv): Promise<BenchProcess> {
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], env: environment });
    let onReady: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      onReady = resolve;
    });
    const started = new BenchProcess(child, () => onReady());
    const ended = started.exited.then(() =>
      Promise.reject(new Error('A process ended before it was ready.')),
    );
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return started;
  }

  /** Concurrent calls for each grant; none served when the process ends meanwhile. */
  async calls(ids: string[], count: number): Promise<Calls> {
    const none = { waits: [], served: 0, failed: { 'the process ended': ids.length * count } };
    return (await this.#ask({ kind: 'calls', ids, count })) ?? none;
  }

  async steadyCalls(id: string, everyMs: number, forMs: number): Promise<Calls> {
    const calls = await this.#ask({ kind: 'steady calls', id, everyMs, forMs });
    if (!calls) throw new Error('The process ended during its calls.');
    return calls;
  }

  /** Sets a trap, or none; `onReached` hears when it springs. */
  async trap(trap: Trap | null, onReached: () => void = () => undefined): Promise<void> {
    this.#onReached = onReached;
    await this.#ask({ kind: 'trap', trap });
  }

  /** Ends it as a rolling restart would. */
  async stop(): Promise<void> {
    if (this.#isOver()) return;
    await this.#ask({ kind: 'stop' });
    await this.exited;
  }

  /** Null when the process ends before it answers. */
  #ask(order: Order): Promise<Calls | null> {
    if (this.#isOver()) return Promise.resolve(null);
    this.#number += 1;
    const number = this.#number;
    const answered = new Promise<Calls | null>((resolve) => this.#waiting.set(number, resolve));
    this.#child.send({ number, order });
    return Promise.race([answered, this.exited.then(() => null)]).finally(() => this.#waiting.delete(number));
  }

  #isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { bundled } from '../bundled';
import type { CallCounts, GrantMessage, GrantOrder, TrapKind, TrapStep } from '../fixtures/grant-process';
import { root } from '../portal-process';

/** A process that refreshes; `tests/processes/fixtures/grant-process.ts` says what it does. */
export class GrantProcess {
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;
  readonly exited: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.exited = once(child, 'exit');
    this.#loaded = this.#next('ready');
  }

  /** Starts one that opens nothing yet. `largestFile`: in blocks of the shell's `ulimit -f`, as a full disk has none. */
  static load({ largestFile }: { largestFile?: number } = {}): GrantProcess {
    const node = [process.execPath, bundled('grant-process')];
    const limited = ['/bin/sh', '-c', `ulimit -f ${largestFile} && exec "$0" "$@"`, ...node];
    const [program = '', ...args] = largestFile === undefined ? node : limited;
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new GrantProcess(child);
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Opens its database and stores what waits in its spool. */
  async open(settings: Record<string, string>): Promise<this> {
    await this.#loaded;
    await this.#ask({ kind: 'open', settings });
    return this;
  }

  /**
   * Calls until a refresh has come to that step, where the trap springs: on a busy machine a claim may go back unsent
   * before. Resolves then, with the calls that are under way.
   */
  async reach(
    step: TrapStep,
    how: TrapKind,
    { connectionId, count = 1 }: { connectionId: string; count?: number },
  ): Promise<{ calls: Promise<CallCounts> }> {
    const reached = this.#next('reached').then(() => true);
    this.#send({ kind: 'trap', step, how });
    for (;;) {
      const calls = this.calls(connectionId, count);
      const hasEnded = calls.then(() => this.hasEnded && reached);
      if (await Promise.race([reached, hasEnded])) return { calls };
    }
  }

  /** Makes `count` concurrent data calls for each; nothing served when the process ends meanwhile. */
  async calls(connections: string | string[], count: number): Promise<CallCounts> {
    const connectionIds = [connections].flat();
    const nothing = { served: 0, failed: { ended: count * connectionIds.length } };
    if (this.hasEnded) return nothing;
    const answered = this.#next('counts');
    this.#send({ kind: 'calls', count, connectionIds });
    const message = await Promise.race([answered, this.exited.then(() => null)]);
    return message && 'counts' in message ? message.counts : nothing;
  }

  /** Stores what waits in its spool, as its start does. */
  replay(): Promise<unknown> {
    return this.#ask({ kind: 'replay' });
  }

  /** Settles a connection whose time has come. */
  settle(connectionId: string): Promise<unknown> {
    return this.#ask({ kind: 'settle', connectionId });
  }

  /** Disarms its trap and waits until nothing is under way. */
  rest(): Promise<unknown> {
    return this.#ask({ kind: 'rest' });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it as a rolling restart would: what was sent is finished. */
  async stop(): Promise<void> {
    if (!this.hasEnded) this.#send({ kind: 'stop' });
    await this.exited;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  #send(order: GrantOrder): void {
    this.#child.send(order);
  }

  #ask(order: Extract<GrantOrder, { kind: 'open' | 'replay' | 'settle' | 'rest' }>): Promise<unknown> {
    const done = this.#next('done');
    this.#send(order);
    return Promise.race([
      done,
      this.exited.then(() => Promise.reject(new Error(`It ended before "${order.kind}" was done.`))),
    ]);
  }

  #next(key: 'ready' | 'reached' | 'counts' | 'done'): Promise<GrantMessage> {
    return new Promise((resolve) => {
      const listen = (message: unknown) => {
        if (!(key in (message as GrantMessage))) return;
        this.#child.off('message', listen);
        resolve(message as GrantMessage);
      };
      this.#child.on('message', listen);
    });
  }
}

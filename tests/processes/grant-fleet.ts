import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CallCounts, GrantOrder } from './fixtures/grant-process';

const script = path.join(import.meta.dirname, 'fixtures', 'grant-process.ts');

type Message = { ready: true } | { reached: string } | { counts: CallCounts };

/** A process that refreshes; `tests/processes/fixtures/grant-process.ts` says what it does. */
export class GrantProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.exited = once(child, 'exit');
  }

  /** Starts one and waits until its database is open. */
  static async start(environment: Record<string, string>): Promise<GrantProcess> {
    const child = fork(script, [], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
    });
    const started = new GrantProcess(child);
    await started.#next('ready');
    return started;
  }

  /** Arms a trap at a step; resolves when it has been reached. */
  trap(
    step: Extract<GrantOrder, { kind: 'trap' }>['step'],
    how: Extract<GrantOrder, { kind: 'trap' }>['how'],
  ) {
    const reached = this.#next('reached');
    this.#send({ kind: 'trap', step, how });
    return reached;
  }

  /** Makes concurrent data calls; nothing served when the process ends meanwhile. */
  async calls(connectionId: string, count: number): Promise<CallCounts> {
    const answered = this.#next('counts');
    this.#send({ kind: 'calls', count, connectionId });
    const message = await Promise.race([answered, this.exited.then(() => null)]);
    return message && 'counts' in message ? message.counts : { served: 0, failed: { ended: count } };
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it as a rolling restart would: what was sent is finished. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#send({ kind: 'stop' });
    await this.exited;
  }

  #send(order: GrantOrder): void {
    this.#child.send(order);
  }

  #next(key: 'ready' | 'reached' | 'counts'): Promise<Message> {
    return new Promise((resolve) => {
      const listen = (message: unknown) => {
        if (!(key in (message as Message))) return;
        this.#child.off('message', listen);
        resolve(message as Message);
      };
      this.#child.on('message', listen);
    });
  }
}

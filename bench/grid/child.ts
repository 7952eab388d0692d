import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

type Message = { ready: unknown } | { answer: unknown };

/** A process of this benchmark, seen from its parent. */
export class Child<Ready = unknown> {
  private constructor(
    private readonly process: ChildProcess,
    /** What it said when it was ready. */
    readonly where: Ready,
  ) {}

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Starts `processes/<name>.ts` and waits until it serves. Rejects when it ends before. */
  static async start<Ready>(name: string, settings: unknown): Promise<Child<Ready>> {
    const script = path.join(import.meta.dirname, 'processes', `${name}.ts`);
    const env = { ...process.env, BENCH_SETTINGS: JSON.stringify(settings) };
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], env });
    const ended = once(child, 'exit').then(() =>
      Promise.reject(new Error(`The process ${name} ended before it was ready.`)),
    );
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [Message];
    ended.catch(() => undefined);
    if (!('ready' in message)) throw new Error(`The process ${name} answered before it was ready.`);
    return new Child(child, message.ready as Ready);
  }

  /** Gives an order and waits for its answer; one at a time. */
  async tell(order: unknown): Promise<unknown> {
    const answered = once(this.process, 'message') as Promise<[Message]>;
    this.process.send(order as object);
    const [message] = await answered;
    return 'answer' in message ? message.answer : null;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await exited;
  }
}

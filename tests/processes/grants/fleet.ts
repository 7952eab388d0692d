import { GrantProcess } from './grant-process';

/** Loaded ahead: a start takes seconds of a core, which a test would wait for. */
const SPARES = 2;

export interface FleetOptions {
  /** Processes on one host share its data folder. */
  host?: string;
  /** The wall clock of the process is wrong by so much. */
  clockSkewMs?: number;
}

/** The processes of one test file. Those that are well after a test serve the next one. */
export class Fleet {
  readonly #settingsOf: (host: string) => Record<string, string>;
  readonly #spares: GrantProcess[] = [];
  readonly #idle = new Map<string, GrantProcess[]>();
  readonly #lent: Array<{ key: string; process: GrantProcess }> = [];

  constructor(settingsOf: (host: string) => Record<string, string>) {
    this.#settingsOf = settingsOf;
    this.#warm();
  }

  /** One that is open, perhaps for long. */
  async take(options: FleetOptions = {}): Promise<GrantProcess> {
    const idle = this.#idle.get(keyOf(options))?.pop();
    if (!idle) return await this.start(options);
    this.#lent.push({ key: keyOf(options), process: idle });
    return idle;
  }

  /** One that starts now: it stores what waits in its spool. */
  async start({ host = 'host', clockSkewMs = 0 }: FleetOptions = {}): Promise<GrantProcess> {
    const started = this.#spares.shift() ?? GrantProcess.load();
    this.#lent.push({ key: keyOf({ host, clockSkewMs }), process: started });
    this.#warm();
    return await started.open({ ...this.#settingsOf(host), GRANT_CLOCK_SKEW_MS: String(clockSkewMs) });
  }

  /** One on the host `full-disk`. */
  async startOnFullDisk(): Promise<GrantProcess> {
    const host = 'full-disk';
    const started = GrantProcess.load({ largestFile: 1 });
    this.#lent.push({ key: keyOf({ host }), process: started });
    return await started.open(this.#settingsOf(host));
  }

  /** After a test. Those of one that failed may be in any state. */
  async takeBack({ failed }: { failed: boolean }): Promise<void> {
    await Promise.all(
      this.#lent.splice(0).map(async ({ key, process }) => {
        if (process.hasEnded) return;
        if (failed) return await process.kill();
        // Other hosts and clocks are one test's own.
        if (key !== keyOf({})) return await process.stop();
        await process.rest();
        this.#idle.set(key, [...(this.#idle.get(key) ?? []), process]);
      }),
    );
  }

  async end(): Promise<void> {
    const idle = [...this.#idle.values()].flat();
    await Promise.all([
      ...this.#spares.map((spare) => spare.kill()),
      ...idle.map((process) => process.stop()),
    ]);
  }

  #warm(): void {
    while (this.#spares.length < SPARES) this.#spares.push(GrantProcess.load());
  }
}

function keyOf({ host = 'host', clockSkewMs = 0 }: FleetOptions): string {
  return `${host} ${clockSkewMs}`;
}

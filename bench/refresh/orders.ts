/** What the benchmark asks of a process, over IPC. Each order is answered once, by its number. */
export type Order =
  /** `count` concurrent calls for each of these grants. */
  | { kind: 'calls'; ids: string[]; count: number }
  /** One call after another, each at its time, whether or not those before have ended. */
  | { kind: 'steady calls'; id: string; everyMs: number; forMs: number }
  /** What happens to the process when it holds an answer that is not in the database yet; null: nothing. */
  | { kind: 'trap'; trap: Trap | null }
  | { kind: 'stop' };

/** `kill`: kill -9. `until`: it stands still until this file exists. */
export type Trap = 'kill' | { until: string };

export interface Calls {
  /** Milliseconds of each call, served or not. */
  waits: number[];
  served: number;
  /** Those that were not, by error code or message. */
  failed: Record<string, number>;
}

export type Message = { ready: true } | { reached: true } | { answer: number; value: Calls | null };

export type StrategyName = 'orgdock' | 'uncoordinated' | 'transaction' | 'expiring-key';

/** What a process is told when it starts, as JSON in `BENCH_SETTINGS`. */
export interface ProcessSettings {
  strategy: StrategyName;
  /** Every duration of the strategy is divided by this. */
  scale: number;
  /** The baselines' own login; Orgdock has its settings in the environment. */
  databaseUrl: string;
  app: { tokenHost: string; clientId: string; clientSecret: string };
}

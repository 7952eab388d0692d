import { openPool } from '@/db/pool';
import type { Sql } from '@/db/sql';
import type { TokenSource } from '@/lib/salesforce/types';
import type { ProcessSettings } from '../orders';

/** A way to keep grants alive. Calls and their HTTP client are the same for all; only this differs. */
export interface Strategy {
  /** The tokens of a grant for one call. */
  source(id: string): TokenSource;
  stop(): Promise<void>;
}

/** What a baseline works with. Its pool is Orgdock's: ten connections. */
export interface Baseline {
  sql: Sql;
  app: ProcessSettings['app'];
  /** A duration of the original, as long as it is in this run. */
  scaled: (ms: number) => number;
}

/** A baseline from how it renews a token: `seen` is the generation that was refused. */
export function baseline(settings: ProcessSettings, sourceOf: (at: Baseline, id: string) => TokenSource) {
  const { databaseUrl, app, scale } = settings;
  const at: Baseline = { sql: openPool(databaseUrl), app, scaled: (ms) => ms / scale };
  return {
    source: (id: string) => sourceOf(at, id),
    stop: () => at.sql.end({ timeout: 1 }),
  } satisfies Strategy;
}

import { drizzle } from 'drizzle-orm/node-postgres';
import type { QueryConfig } from 'pg';
import type { Tx } from './pool';

type RunStatement = (statement: QueryConfig & { text: string }, values: unknown[]) => Promise<unknown>;

/** Work of a transaction that is one SELECT: `withActor` and its kin run it in one round trip. */
export interface SingleRead<T> {
  (tx: Tx): Promise<T>;
  alone: (run: RunStatement) => Promise<T>;
}

interface Selection<Row> {
  prepare: (name: string) => { execute: (values: Record<string, unknown>) => Promise<Row[]> };
}

/**
 * A SELECT of a hot path, with `sql.placeholder(name)` for each value: built once and not for each request. It must not
 * write: when its connection turns out to be dead, it is run once more on another.
 */
export function singleRead<Row>(
  build: (tx: Tx) => Selection<Row>,
): (values: Record<string, string>) => SingleRead<Row[]> {
  let built: ReturnType<Selection<Row>['prepare']> | null = null;
  return (values) => {
    const alone = (query: RunStatement) => {
      built ??= build(drizzle.mock()).prepare('');
      // Drizzle's query keeps the connection that it was built on in `client`.
      return Object.assign(Object.create(built), { client: { query } }).execute(values) as Promise<Row[]>;
    };
    return Object.assign((tx: Tx) => build(tx).prepare('').execute(values), { alone });
  };
}

/** A row of a `singleRead`. */
export type ReadBy<Read> = Read extends (values: Record<string, string>) => SingleRead<(infer Row)[]>
  ? Row
  : never;

import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { inTransaction } from './transaction';

/** Statements written in place, for what is not Drizzle's: every `${value}` is sent as a parameter, never as text. */
export interface TransactionSql {
  <Rows extends readonly QueryResultRow[] = QueryResultRow[]>(
    text: TemplateStringsArray,
    ...values: unknown[]
  ): Promise<Rows>;
  /** Sends a text as it stands, which nothing of a caller's may be in unescaped; of several statements the last answers. */
  unsafe: (text: string) => Promise<QueryResultRow[]>;
}

/** Statements on a pool of connections, each on any of them, or in a transaction on one. */
export interface Sql extends TransactionSql {
  readonly pool: Pool;
  begin: <T>(work: (tx: TransactionSql) => Promise<T>) => Promise<T>;
  /** Closes the connections; those in use, and those that do not close, are cut after `timeout` seconds. */
  end: (options?: { timeout?: number }) => Promise<void>;
}

/** The statements of a pool; `end` closes it. */
export function sqlOf(pool: Pool, end: Sql['end']): Sql {
  const begin: Sql['begin'] = (work) => inTransaction(pool, (client) => work(statementsOf(client)));
  return Object.assign(statementsOf(pool), { pool, begin, end });
}

function statementsOf(connection: Pool | PoolClient): TransactionSql {
  const send = async <Rows extends readonly QueryResultRow[] = QueryResultRow[]>(
    text: TemplateStringsArray,
    ...values: unknown[]
  ) => {
    const numbered = text.reduce((before, part, index) => `${before}$${index}${part}`);
    return (await connection.query(numbered, values)).rows as unknown as Rows;
  };
  const unsafe = async (text: string) => [await connection.query(text)].flat().at(-1)?.rows ?? [];
  return Object.assign(send, { unsafe });
}

import { createHash } from 'node:crypto';
import type { PoolClient, QueryConfig } from 'pg';
import { databaseCode } from './faults';

/** Statements with more parameters are lists, each length of which would be one to keep. */
const MOST_PARAMETERS = 60;

/**
 * invalid_sql_statement_name, duplicate_prepared_statement: a pooler gave us another's session; feature_not_supported:
 * a migration has changed the columns that a plan was made for.
 */
const STALE_STATEMENT = new Set(['26000', '42P05', '0A000']);

/**
 * The same connection, on which every statement is prepared once and planned a few times: with row-level security,
 * planning costs more than most of our statements. Not behind a pooler in transaction mode (`DATABASE_PREPARE`).
 */
export function preparing(client: PoolClient): PoolClient {
  const query = (statement: QueryConfig, values: unknown[] = []) =>
    values.length > MOST_PARAMETERS
      ? client.query(statement, values)
      : client.query({ ...statement, name: nameOf(statement.text) }, values);
  return Object.assign(Object.create(client) as PoolClient, { query });
}

/** Whether a connection's prepared statements do not fit any more, so that it has to be replaced. */
export function hasStaleStatements(error: unknown): boolean {
  return STALE_STATEMENT.has(databaseCode(error) ?? '');
}

const names = new Map<string, string>();
const MOST_NAMES = 2_000;

/** PostgreSQL takes 63 characters. */
export function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha1').update(text).digest('base64url');
  if (names.size >= MOST_NAMES) names.clear();
  names.set(text, name);
  return name;
}

import { drizzle } from 'drizzle-orm/node-postgres';
import { escapeLiteral } from 'pg';
import { runGuarded } from '@/db/faults';
import { openDatabase } from '@/db/start';
import type { PersonContext } from '@/lib/context';
import { env } from '@/lib/env';
import type { Tx } from './pool';
import { nameOf, preparing } from './prepared';
import type { SingleRead } from './single-read';
import { inTransaction, readInTransaction } from './transaction';

export type { Tx } from './pool';

/**
 * Runs `fn` in one transaction as a person: every statement sees that person's rows only.
 * Throws UNAVAILABLE when the database does not answer; `fn`'s own errors roll back and pass through.
 */
export function withActor<T>(ctx: PersonContext, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return transact({ personId: ctx.personId, role: ctx.role, systemReason: '', custody: false }, fn);
}

/**
 * As `withActor`, and an administrator or auditor reads the custody facts of everybody's grants as well: connections,
 * attempts, shares, grants to be revoked. Nothing can be written that `withActor` could not write.
 */
export function withCustody<T>(ctx: PersonContext, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return transact({ personId: ctx.personId, role: ctx.role, systemReason: '', custody: true }, fn);
}

/**
 * Runs `fn` in one transaction as the portal itself, which sees every row. The reason, such as
 * `session lookup`, is readable in the database while the transaction runs. Allowed by the layer rule
 * to few folders only.
 */
export function withSystem<T>(reason: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (reason.trim() === '') throw new TypeError('withSystem needs a reason');
  return transact({ personId: '', role: '', systemReason: reason, custody: false }, fn);
}

interface Actor {
  personId: string;
  role: string;
  systemReason: string;
  custody: boolean;
}

function transact<T>(actor: Actor, fn: ((tx: Tx) => Promise<T>) | SingleRead<T>): Promise<T> {
  return runGuarded(async () => {
    const { $client: pool } = await openDatabase();
    const opening = introduction(actor);
    if (!env().DATABASE_PREPARE) return inTransaction(pool, (client) => fn(drizzle(client)), opening);
    if (!('alone' in fn)) return inTransaction(pool, (client) => fn(drizzle(preparing(client))), opening);
    return fn.alone((statement, values) =>
      readInTransaction(pool, { ...statement, name: nameOf(statement.text), values }, opening),
    );
  });
}

/**
 * Says who is asking, in the message that begins the transaction: one round trip for both. Local to the transaction, so
 * a pooler in transaction mode can't carry it to somebody else.
 */
function introduction({ personId, role, systemReason, custody }: Actor): string {
  const settings = {
    'orgdock.person_id': personId,
    'orgdock.role': role,
    'orgdock.system_reason': systemReason,
    'orgdock.custody': custody ? 'on' : '',
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '60s',
  };
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${escapeLiteral(value)}, true)`,
  );
  return `SELECT ${calls.join(', ')}`;
}

import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';

interface Named {
  id: string;
  environmentId: string;
  username: string;
  /** Of a service connection. */
  name?: string | null;
}

const READABLE = 50;

/**
 * The alias of a new connection: the one that was asked for if it is free in the environment, else what its people
 * recognise with the beginning of its id. In the transaction that stores it, which holds the environment's lock.
 */
export async function findFreeAlias(
  systemTx: Tx,
  connection: Named,
  wanted: string | null = null,
): Promise<string> {
  const { id, environmentId } = connection;
  for (const alias of [wanted, readableAlias(connection)]) {
    if (alias !== null && !(await isTaken(systemTx, environmentId, alias))) return alias;
  }
  return `connection-${id}`;
}

/** Whether a connection of the environment has this alias, also one that was disconnected. In a system transaction. */
export async function isTaken(systemTx: Tx, environmentId: string, alias: string): Promise<boolean> {
  const rows = await systemTx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.environmentId, environmentId), eq(connections.alias, alias)))
    .limit(1);
  return rows.length > 0;
}

/** `ada-lovelace-1f0c2b7e` for the user ada.lovelace@acme.example; the form that connections of old got as well. */
function readableAlias({ id, username, name }: Named): string {
  const readable = (name ?? username.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, READABLE)
    .replace(/^-+|-+$/g, '');
  return `${readable === '' ? 'connection' : readable}-${id.slice(0, 8)}`;
}

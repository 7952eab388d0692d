import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { isConnectionId } from '@/lib/connections/queries';
import { AppError } from '@/lib/errors';

/** Locks a service connection that is there still. Throws NOT_FOUND, for a person's connection as well. */
export async function requireServiceRow(systemTx: Tx, id: string) {
  const [row] = await systemTx.select().from(connections).where(serviceConnection(id)).for('update');
  if (row && isServiceFlow(row)) return row;
  throw noSuchConnection();
}

/**
 * Locks the environment of a service connection and then the connection: whoever needs both takes them in this order.
 * Throws NOT_FOUND.
 */
export async function requireServiceRowInEnvironment(systemTx: Tx, id: string) {
  const [at] = await systemTx
    .select({ environmentId: connections.environmentId })
    .from(connections)
    .where(serviceConnection(id));
  if (!at) throw noSuchConnection();
  await systemTx
    .select({ id: environments.id })
    .from(environments)
    .where(eq(environments.id, at.environmentId))
    .for('no key update');
  return await requireServiceRow(systemTx, id);
}

export type ServiceRow = Awaited<ReturnType<typeof requireServiceRow>>;

/** A removed one stays as history only. */
function serviceConnection(id: string) {
  if (!isConnectionId(id)) throw noSuchConnection();
  return and(eq(connections.id, id), isNull(connections.ownerId), isNull(connections.disconnectedAt));
}

function isServiceFlow<Row extends { flow: string }>(
  row: Row,
): row is Row & { flow: Exclude<Row['flow'], 'authorization_code'> } {
  return row.flow !== 'authorization_code';
}

function noSuchConnection(): AppError {
  return new AppError('NOT_FOUND', 'There is no such service connection.');
}

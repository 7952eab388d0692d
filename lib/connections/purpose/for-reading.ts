import { eq } from 'drizzle-orm';
import { connections } from '@/db/schema/connections';
import type { GrantPurpose } from '@/lib/connections/types';

/**
 * SQL: a grant that records are read with. One that was given to set an app up opens no grid, is offered nowhere and
 * nobody is told of its end: it is seen where grants are held in custody, and where it is used.
 */
export const forReading = eq(connections.purpose, 'runtime');

/** The same of a connection in hand. */
export function isForReading({ purpose }: { purpose: GrantPurpose }): boolean {
  return purpose === 'runtime';
}

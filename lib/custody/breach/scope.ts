import { and, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import type { BreachChoice } from '@/lib/custody/breach/types';
import type { RevocationScope } from '@/lib/custody/types';
import { requireEnvironmentNamed } from '@/lib/environments/queries';
import { requirePersonNamed } from '@/lib/people/queries';

/** A scope that there is. */
export interface NamedScope {
  scope: RevocationScope;
  /** Null: everything. */
  id: string | null;
  name: string;
}

/** What a choice means. In a system transaction. Throws NOT_FOUND, or CONFLICT when several people are meant. */
export async function requireScope(tx: Tx, { kind, name }: BreachChoice): Promise<NamedScope> {
  switch (kind) {
    case 'all':
      return { scope: 'all', id: null, name: 'everything' };
    case 'environment': {
      const environment = await requireEnvironmentNamed(tx, name);
      return { scope: { environmentId: environment.id }, id: environment.id, name: environment.name };
    }
    case 'person': {
      const { id, displayName } = await requirePersonNamed(tx, name);
      return { scope: { personId: id }, id, name: displayName };
    }
  }
}

/** SQL: a connection that Salesforce may still count. */
export const mayBeAlive = or(
  ne(connections.state, 'disconnected'),
  eq(connections.revocation, 'unconfirmed'),
);

/**
 * SQL: the column names somebody whom a scope touches: anybody (undefined), the person, or the owners of what may be
 * alive in the environment.
 */
export function isPersonOf(scope: RevocationScope, personId: PgColumn): SQL | undefined {
  if (scope === 'all') return undefined;
  if ('personId' in scope) return eq(personId, scope.personId);
  const inEnvironment = and(
    eq(connections.environmentId, scope.environmentId),
    isNotNull(connections.ownerId),
    mayBeAlive,
  );
  return sql`${personId} IN (SELECT ${connections.ownerId} FROM ${connections} WHERE ${inEnvironment})`;
}

import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { connections, strayGrants } from '@/db/schema/connections';
import { consentAttempts } from '@/db/schema/consent';
import { identities } from '@/db/schema/people';
import type { RevocationScope } from '@/lib/custody/types';

/** SQL: the rows that a scope means. Undefined: all of them. */
export interface ScopeSql {
  connections: SQL | undefined;
  strays: SQL | undefined;
  /** Consents under way, which would bring a new grant. */
  attempts: SQL | undefined;
}

/** The rows of a scope. A stray grant is a person's by the connection it came from, or by its Salesforce user. */
export function sqlOfScope(scope: RevocationScope): ScopeSql {
  if (scope === 'all') return { connections: undefined, strays: undefined, attempts: undefined };
  if ('environmentId' in scope) {
    const { environmentId } = scope;
    return {
      connections: eq(connections.environmentId, environmentId),
      strays: eq(strayGrants.environmentId, environmentId),
      attempts: eq(consentAttempts.environmentId, environmentId),
    };
  }
  const { personId } = scope;
  const own = sql`(SELECT c.id::text FROM ${connections} c WHERE c.owner_id = ${personId})`;
  const users = sql`(SELECT i.issuer || '/' || i.subject FROM ${identities} i WHERE i.person_id = ${personId})`;
  return {
    connections: eq(connections.ownerId, personId),
    strays: or(
      inArray(strayGrants.connectionId, own),
      sql`'salesforce:' || ${strayGrants.orgId} || '/' || ${strayGrants.salesforceUserId} IN ${users}`,
    ),
    attempts: eq(consentAttempts.personId, personId),
  };
}

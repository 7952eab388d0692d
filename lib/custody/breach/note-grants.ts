import { and, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { breachGrants } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { identities, people } from '@/db/schema/people';
import { mayBeAlive } from '@/lib/custody/breach/scope';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { RevocationScope } from '@/lib/custody/types';

export interface NotedGrants {
  connections: number;
  strayGrants: number;
}

/**
 * Writes down every grant of a scope that Salesforce may still count, as it stands: the report must tell of it when
 * connection, person and environment are long gone. In the caller's system transaction.
 */
export async function noteGrants(tx: Tx, breachId: string, scope: RevocationScope): Promise<NotedGrants> {
  const which = sqlOfScope(scope);
  const held = await tx.execute(sql`
    INSERT INTO ${breachGrants} (breach_id, kind, subject_id, grant_id, owner_name, environment_name, org_id, username, scopes)
    SELECT ${breachId}::uuid, 'connection', ${connections.id}, ${connections.grantId}, ${people.displayName},
           ${environments.name}, ${connections.orgId}, ${connections.username}, ${connections.scopes}
      FROM ${connections}
      JOIN ${environments} ON ${environments.id} = ${connections.environmentId}
      LEFT JOIN ${people} ON ${people.id} = ${connections.ownerId}
     WHERE ${and(which.connections, mayBeAlive)}`);
  const strays = await tx.execute(sql`
    INSERT INTO ${breachGrants} (breach_id, kind, subject_id, grant_id, owner_name, environment_name, org_id, username)
    SELECT ${breachId}::uuid, 'stray', ${strayGrants.id}, ${strayGrants.grantId}, ${people.displayName},
           ${environments.name}, ${strayGrants.orgId}, coalesce(${connections.username}, ${identities.username})
      FROM ${strayGrants}
      JOIN ${environments} ON ${environments.id} = ${strayGrants.environmentId}
      LEFT JOIN ${connections} ON ${connections.id}::text = ${strayGrants.connectionId}
      LEFT JOIN ${identities} ON ${identities.issuer} = 'salesforce:' || ${strayGrants.orgId}
                             AND ${identities.subject} = ${strayGrants.salesforceUserId}
      LEFT JOIN ${people} ON ${people.id} = coalesce(${connections.ownerId}, ${identities.personId})
     WHERE ${and(which.strays, isNull(strayGrants.finishedAt))}`);
  return { connections: held.rowCount ?? 0, strayGrants: strays.rowCount ?? 0 };
}

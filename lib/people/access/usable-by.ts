import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import { environmentAccess } from '@/db/schema/access';
import { environments } from '@/db/schema/environments';
import type { Role } from '@/lib/context';

/**
 * SQL over a row of environments: this person may connect there and read its records. Everyone, the chosen people or
 * the administrators, each with those that come after them. Auditors read no records, so they may nowhere.
 */
export function usableBy({ personId, role }: { personId: string | Placeholder; role: Role }): SQL<boolean> {
  if (role === 'auditor') return sql<boolean>`false`;
  if (role === 'admin') return sql<boolean>`true`;
  return sql<boolean>`(${environments.access} = 'everyone' OR (${environments.access} = 'chosen' AND EXISTS (
    SELECT 1 FROM ${environmentAccess} chosen
     WHERE chosen.environment_id = ${environments.id} AND chosen.person_id = ${personId})))`;
}

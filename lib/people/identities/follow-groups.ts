import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environmentAccess, people } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonId, Role, SystemContext } from '@/lib/context';
import { canOtherAdminSignIn } from '@/lib/people/roles/admins-stay';

export interface GroupFacts {
  personId: PersonId;
  /** Slug of the identity provider. */
  provider: string;
  role: Role;
  /** The mapped groups that decided. */
  groups: string[];
  environmentIds: string[];
  /** Environments that some mapping of the provider names: only there is access taken away again. */
  managed: string[];
}

/**
 * Gives a person the role and the environments of their groups, in the system transaction of their sign-in and under
 * `lockAdministrators`. The last administrator stays one, as does the last who can sign in, and access that somebody gave
 * by hand stays. Audited when something changes, or was refused.
 */
export async function followGroups(tx: Tx, ctx: SystemContext, facts: GroupFacts): Promise<void> {
  const { personId, provider, groups } = facts;
  const before = await readRole(tx, personId);
  const stays = before === 'admin' && facts.role !== 'admin' && !(await canOtherAdminSignIn(tx, personId));
  if (before !== facts.role && !stays) {
    await tx.update(people).set({ role: facts.role }).where(eq(people.id, personId));
  }
  const environmentsAdded = await addAccess(tx, facts);
  const environmentsRemoved = await removeAccess(tx, facts);
  const changed = before !== facts.role || environmentsAdded.length + environmentsRemoved.length > 0;
  if (!changed) return;
  await appendAudit(tx, ctx, {
    action: 'person.follow_groups',
    subjectId: personId,
    outcome: stays ? 'denied' : 'done',
    details: { provider, groups, before, after: facts.role, environmentsAdded, environmentsRemoved },
  });
}

async function readRole(tx: Tx, personId: PersonId): Promise<Role> {
  const [row] = await tx
    .select({ role: people.role })
    .from(people)
    .where(eq(people.id, personId))
    .for('update');
  return row?.role ?? 'member';
}

async function addAccess(tx: Tx, { personId, environmentIds }: GroupFacts): Promise<string[]> {
  if (environmentIds.length === 0) return [];
  const rows = await tx
    .insert(environmentAccess)
    // Sent by the provider, not by a person: `granted_by` stays null.
    .select(
      sql`SELECT id, ${personId}::uuid, NULL::uuid, orgdock.now() FROM orgdock.environments
           WHERE ${inArray(sql`id`, environmentIds)} AND deleted_at IS NULL`,
    )
    .onConflictDoNothing()
    .returning({ id: environmentAccess.environmentId });
  return rows.map(({ id }) => id);
}

async function removeAccess(tx: Tx, { personId, environmentIds, managed }: GroupFacts): Promise<string[]> {
  const left = managed.filter((id) => !environmentIds.includes(id));
  if (left.length === 0) return [];
  const rows = await tx
    .delete(environmentAccess)
    .where(
      and(
        eq(environmentAccess.personId, personId),
        inArray(environmentAccess.environmentId, left),
        isNull(environmentAccess.grantedBy),
      ),
    )
    .returning({ id: environmentAccess.environmentId });
  return rows.map(({ id }) => id);
}

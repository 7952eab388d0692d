import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { identityProviders } from '@/db/schema/access';
import { identities, people, portal } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/**
 * Of two who take administrators, or their ways in, away at once, the second sees what the first has done. First of all
 * in the transaction.
 */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock roles', 0))`);
}

/**
 * The same in the name of an administrator, who may have lost the role while they waited. In the transaction that changes
 * a role or deactivates somebody. Throws FORBIDDEN.
 */
export async function lockRoles(tx: Tx, ctx: PersonContext): Promise<void> {
  await lockAdministrators(tx);
  const [actor] = await tx
    .select({ role: people.role, deactivatedAt: people.deactivatedAt })
    .from(people)
    .where(eq(people.id, ctx.personId));
  if (actor?.role === 'admin' && actor.deactivatedAt === null) return;
  throw new AppError('FORBIDDEN', 'You are no administrator any more.', { nextStep: 'Reload the page.' });
}

/** How many other administrators are active. */
export function countOtherAdmins(tx: Tx, personId: string): Promise<number> {
  return tx.$count(
    people,
    and(eq(people.role, 'admin'), isNull(people.deactivatedAt), ne(people.id, personId)),
  );
}

/**
 * Refuses to take the last administrator away, or the last one who could still sign in. In a system transaction, under
 * `lockRoles`. Throws LAST_ADMINISTRATOR.
 */
export async function assertAdminsStay(
  systemTx: Tx,
  person: { id: string; displayName: string; role: string; deactivatedAt: Date | null },
): Promise<void> {
  if (person.role !== 'admin' || person.deactivatedAt !== null) return;
  if ((await countOtherAdmins(systemTx, person.id)) === 0) {
    throw new AppError('LAST_ADMINISTRATOR', `${person.displayName} is the last administrator.`, {
      nextStep: 'Make somebody else an administrator first.',
    });
  }
  if (await canOtherAdminSignIn(systemTx, person.id)) return;
  throw new AppError(
    'LAST_ADMINISTRATOR',
    `No other administrator could sign in without ${person.displayName}: Salesforce sign-in is off.`,
    {
      nextStep:
        'Let another administrator link the identity provider first, or switch Salesforce sign-in on.',
    },
  );
}

/** Whether an administrator other than this person could sign in as things are. In a system transaction. */
export async function canOtherAdminSignIn(systemTx: Tx, personId: string): Promise<boolean> {
  const [row] = await systemTx.select({ allowed: portal.salesforceSignIn }).from(portal);
  if (row?.allowed) return (await countOtherAdmins(systemTx, personId)) > 0;
  return await canAdminUseProvider(systemTx, personId);
}

/** Whether an enabled provider has let somebody in, and an active administrator, other than `except`, has its identity. */
export async function canAdminUseProvider(tx: Tx, except?: string): Promise<boolean> {
  const rows = await tx
    .select({ id: identityProviders.id })
    .from(identityProviders)
    .innerJoin(identities, eq(identities.issuer, identityProviders.issuer))
    .innerJoin(people, eq(people.id, identities.personId))
    .where(
      and(
        eq(identityProviders.enabled, true),
        isNotNull(identityProviders.lastSignInAt),
        eq(people.role, 'admin'),
        isNull(people.deactivatedAt),
        except === undefined ? undefined : ne(people.id, except),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

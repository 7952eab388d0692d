import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { appObservations } from '@/db/schema';
import type { AppChoice } from '@/lib/provisioning/app-pack/types';

/** What was chosen for the app when it was deployed lies beside what its org says of it. */
const CHOSEN = { permittedUsers: 'chosen.permittedUsers', permissionSet: 'chosen.permissionSet' } as const;

/** Keeps the choice of a deployment, which later looks at the app are compared with. */
export async function keepChoice(tx: Tx, environmentId: string, choice: AppChoice): Promise<void> {
  const facts = {
    [CHOSEN.permittedUsers]: choice.permittedUsers,
    [CHOSEN.permissionSet]: choice.permissionSet,
  };
  await tx
    .insert(appObservations)
    .values({ environmentId, facts })
    .onConflictDoUpdate({
      target: appObservations.environmentId,
      set: { facts: sql`${appObservations.facts} || ${JSON.stringify(facts)}::jsonb` },
    });
}

/** The choice of the newest deployment; null: none was made here. */
export async function readChoice(tx: Tx, environmentId: string): Promise<AppChoice | null> {
  const [row] = await tx
    .select({ facts: appObservations.facts })
    .from(appObservations)
    .where(eq(appObservations.environmentId, environmentId));
  const permittedUsers = row?.facts[CHOSEN.permittedUsers];
  if (permittedUsers !== 'AllSelfAuthorized' && permittedUsers !== 'AdminApprovedPreAuthorized') return null;
  const permissionSet = row?.facts[CHOSEN.permissionSet];
  return { permittedUsers, permissionSet: typeof permissionSet === 'string' ? permissionSet : null };
}

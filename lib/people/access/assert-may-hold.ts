import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import type { AppError } from '@/lib/errors';
import { environmentDisabled, environmentNotOpen, recordsNotForAuditors } from '@/lib/people/access/refusals';
import { usableBy } from '@/lib/people/access/usable-by';
import { personDeactivated } from '@/lib/session/commands';

interface Holding {
  personId: string;
  environmentId: string;
}

/** As `findHoldingRefusal`, but throws it. */
export async function assertMayHold(systemTx: Tx, holding: Holding): Promise<void> {
  const refusal = await findHoldingRefusal(systemTx, holding);
  if (refusal) throw refusal;
}

/**
 * Why somebody may hold no grant of an environment, as the rows say now; null: they may. In the system transaction that
 * begins a consent or stores its grant; until its end the person can be neither deactivated nor given another role.
 * PERSON_DEACTIVATED, RECORDS_NOT_FOR_AUDITORS, ENVIRONMENT_DISABLED or ENVIRONMENT_NOT_OPEN.
 */
export async function findHoldingRefusal(
  systemTx: Tx,
  { personId, environmentId }: Holding,
): Promise<AppError | null> {
  const [person] = await systemTx
    .select({ role: people.role, deactivatedAt: people.deactivatedAt })
    .from(people)
    .where(eq(people.id, personId))
    .for('share');
  // The foreign key refuses somebody who is not there.
  if (!person) return null;
  if (person.deactivatedAt !== null) return personDeactivated();
  if (person.role === 'auditor') return recordsNotForAuditors();
  const [environment] = await systemTx
    .select({
      name: environments.name,
      status: environments.status,
      usable: usableBy({ personId, role: person.role }),
    })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (environment?.status === 'disabled') return environmentDisabled(environment.name);
  return environment?.usable && environment.status === 'active'
    ? null
    : await environmentNotOpen(systemTx, environmentId);
}

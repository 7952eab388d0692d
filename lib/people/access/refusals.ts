import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { AppError } from '@/lib/errors';

/** The active administrators by name: who can let somebody in. In a transaction that sees them, such as the system's. */
export async function readAdminNames(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ displayName: people.displayName })
    .from(people)
    .where(and(eq(people.role, 'admin'), isNull(people.deactivatedAt)))
    .orderBy(asc(people.displayName), asc(people.id))
    .limit(MOST_NAMES);
  return rows.map(({ displayName }) => displayName);
}

const MOST_NAMES = 10;

/** Why a person may not use an environment, with the names of those who can change that. In a system transaction. */
export async function environmentNotOpen(systemTx: Tx, environmentId: string): Promise<AppError> {
  const [environment] = await systemTx
    .select({ name: environments.name })
    .from(environments)
    .where(eq(environments.id, environmentId));
  const admins = await readAdminNames(systemTx);
  return new AppError(
    'ENVIRONMENT_NOT_OPEN',
    `You have no access to ${environment?.name ?? 'this environment'}.`,
    {
      nextStep: `An administrator can give it: ${admins.join(', ')}.`,
    },
  );
}

/** Why nobody connects to an environment, signs in through it or reads there for now. */
export function environmentDisabled(name: string): AppError {
  return new AppError('ENVIRONMENT_DISABLED', `${name} is disabled by an administrator.`, {
    nextStep: 'Nothing is revoked and connections are kept alive. Ask an administrator when it comes back.',
  });
}

/** Why an auditor connects nothing and reads no records. */
export function recordsNotForAuditors(): AppError {
  return new AppError('RECORDS_NOT_FOR_AUDITORS', 'Auditors connect no orgs and see no records.', {
    nextStep: 'You see who holds which grant under All connections.',
  });
}

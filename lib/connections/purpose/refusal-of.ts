import { withSystem } from '@/db/client';
import type { PersonContext } from '@/lib/context';
import type { EnvironmentStatus } from '@/lib/environments/types';
import type { AppError } from '@/lib/errors';
import { environmentDisabled, environmentNotOpen, recordsNotForAuditors } from '@/lib/people/access/refusals';

interface EnvironmentAccess {
  id: string;
  name: string;
  /** Null: the person does not see the environment. */
  status: EnvironmentStatus | null;
  /** What `usableBy` says of the person. */
  usable: boolean;
}

/** Why a person may not read records of an environment; null: they may. */
export async function refusalOf(
  { role }: PersonContext,
  { id, name, status, usable }: EnvironmentAccess,
): Promise<AppError | null> {
  if (role === 'auditor') return recordsNotForAuditors();
  if (status === 'disabled') return environmentDisabled(name);
  if (usable) return null;
  return await withSystem('environment access', (tx) => environmentNotOpen(tx, id));
}

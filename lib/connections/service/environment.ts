import { and, eq, isNull } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { environments } from '@/db/schema/environments';
import type { ServiceFlow } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { isCommonLoginHost } from '@/lib/egress/hosts';
import { passwordFlowOff } from '@/lib/environments/password-flow';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { environmentDisabled } from '@/lib/people/access/refusals';

/** The environment of a new service connection. Throws FORBIDDEN, NOT_FOUND, CONFLICT or ENVIRONMENT_DISABLED. */
export async function requireServiceEnvironment(ctx: PersonContext, slug: string) {
  assertAdmin(ctx);
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select()
      .from(environments)
      .where(and(eq(environments.slug, slug), isNull(environments.deletedAt))),
  );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  if (row.status === 'disabled') throw environmentDisabled(row.name);
  if (row.status === 'draft') {
    throw new AppError('CONFLICT', `${row.name} is a draft.`, {
      nextStep: 'Complete its settings first.',
    });
  }
  return row;
}

/** Refuses what cannot work in an environment, before anything is sent. Throws APP_FLOW_DISABLED. */
export function assertFlowPossible(
  environment: { name: string; origin: string; allowPasswordFlow: boolean },
  flow: ServiceFlow,
): void {
  if (flow === 'password' && !environment.allowPasswordFlow) throw passwordFlowOff(environment.name);
  if (flow === 'client_credentials' && isCommonLoginHost(environment.origin)) {
    throw new AppError('APP_FLOW_DISABLED', 'Client credentials work only at the org’s own address.', {
      nextStep: 'Enter the My Domain address of the org (…my.salesforce.com) in the environment.',
    });
  }
}

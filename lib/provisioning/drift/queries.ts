import { and, eq, gt } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { appObservations, environments } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import type { AppChoice } from '@/lib/provisioning/app-pack/types';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';
import { readChoice } from '@/lib/provisioning/drift/choice';
import { compareApp } from '@/lib/provisioning/drift/compare';
import { factsOf, NOTHING_SEEN } from '@/lib/provisioning/drift/facts';
import type { AppDrift } from '@/lib/provisioning/drift/types';

/**
 * The newest look at an environment's app, compared with what it should be now, for administrators and auditors.
 * Throws FORBIDDEN, NOT_FOUND.
 */
export async function getAppDrift(
  ctx: PersonContext,
  slug: string,
): Promise<AppDrift & { choice: AppChoice | null }> {
  assertRole(ctx, CUSTODIANS, 'see the settings of apps');
  const environment = await requireAppEnvironment(ctx, slug);
  return await withActor(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(appObservations)
      .where(eq(appObservations.environmentId, environment.id));
    const choice = await readChoice(tx, environment.id);
    const wanted = wantedAppOf(environment, choice);
    const facts = row ? factsOf(row.facts) : NOTHING_SEEN;
    return {
      rows: compareApp(wanted, environment.appType, facts),
      // Beside a choice alone, nobody has looked yet.
      observedAt: row && facts.found !== null ? row.observedAt.toISOString() : null,
      developerName: row?.developerName ?? wanted.developerName,
      choice,
    };
  });
}

/**
 * The callback URLs that an environment's present app listed when it was last looked at, for administrators and
 * auditors; null: nobody has looked, or the org did not tell. Throws FORBIDDEN.
 */
export async function readCallbackUrls(
  ctx: PersonContext,
  environmentId: string,
): Promise<{ callbackUrls: string[]; observedAt: Date } | null> {
  assertRole(ctx, CUSTODIANS, 'see the settings of apps');
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ facts: appObservations.facts, observedAt: appObservations.observedAt })
      .from(appObservations)
      .innerJoin(environments, eq(environments.id, appObservations.environmentId))
      .where(
        and(
          eq(appObservations.environmentId, environmentId),
          gt(appObservations.observedAt, environments.appChangedAt),
        ),
      ),
  );
  const callbackUrls = row ? factsOf(row.facts).callbackUrls : null;
  return row && callbackUrls ? { callbackUrls, observedAt: row.observedAt } : null;
}

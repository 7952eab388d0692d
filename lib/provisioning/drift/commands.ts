import { sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { appObservations } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';
import { readChoice } from '@/lib/provisioning/drift/choice';
import { compareApp } from '@/lib/provisioning/drift/compare';
import { observedFacts } from '@/lib/provisioning/drift/facts';
import { getAppDrift } from '@/lib/provisioning/drift/queries';
import type { AppDrift } from '@/lib/provisioning/drift/types';
import { runPreflight } from '@/lib/provisioning/preflight/commands';
import { requireSetUpClient } from '@/lib/provisioning/set-up-access/queries';
import { readAppPolicies } from '@/lib/salesforce/apps/read-app-policies';

/**
 * Reads the settings of an environment's app from its org over one's own grant there, tests what no query shows, and
 * keeps both. Throws FORBIDDEN, NOT_FOUND, CONFLICT (another org, no address), and what Salesforce says.
 */
export async function readAppDrift(
  ctx: PersonContext,
  input: { slug: string; connectionId: string },
): Promise<AppDrift> {
  assertAdmin(ctx);
  const { slug, connectionId } = input;
  const environment = await requireAppEnvironment(ctx, slug);
  const chosen = { connectionId, runtimeConfirmed: true };
  const { client } = await requireSetUpClient(ctx, environment, chosen);
  const { clientId, appType } = environment;
  const wanted = clientId === '' ? { developerName: developerNameOf(slug) } : { clientId };
  const policies = appType === 'connected_app' ? undefined : await readAppPolicies(client, wanted);
  const { checks } = clientId === '' ? { checks: [] } : await runPreflight(ctx, slug);
  const facts = observedFacts(policies, checks);
  await withActor(ctx, async (tx) => {
    const seen = {
      appIdentifier: policies?.appId ?? null,
      developerName: policies?.developerName ?? null,
      observedAt: databaseNow,
      observedBy: ctx.personId,
    };
    await tx
      .insert(appObservations)
      .values({ environmentId: environment.id, facts: { ...facts }, ...seen })
      .onConflictDoUpdate({
        target: appObservations.environmentId,
        // What was chosen for the app stays.
        set: { ...seen, facts: sql`${appObservations.facts} || ${JSON.stringify(facts)}::jsonb` },
      });
    const wantedNow = wantedAppOf(environment, await readChoice(tx, environment.id));
    const rows = compareApp(wantedNow, appType, facts);
    await appendAudit(tx, ctx, {
      action: 'environment.app_read',
      subjectId: environment.id,
      details: {
        connectionId,
        differences: rows.flatMap(({ id, state }) => (state === 'different' ? [id] : [])),
      },
    });
  });
  return await getAppDrift(ctx, slug);
}

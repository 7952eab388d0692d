import { desc, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { environmentChecks } from '@/db/schema/provisioning';
import type { PersonContext } from '@/lib/context';
import { assertCustodian } from '@/lib/environments/queries';
import type { PreflightReport } from '@/lib/provisioning/preflight/types';

/** The newest result of "Test connection", for administrators and auditors; null: it never ran. Throws FORBIDDEN. */
export async function getLastPreflight(ctx: PersonContext, slug: string): Promise<PreflightReport | null> {
  assertCustodian(ctx);
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ check: environmentChecks, startedBy: people.displayName })
      .from(environmentChecks)
      .innerJoin(environments, eq(environments.id, environmentChecks.environmentId))
      .leftJoin(people, eq(people.id, environmentChecks.startedBy))
      .where(eq(environments.slug, slug))
      .orderBy(desc(environmentChecks.startedAt))
      .limit(1),
  );
  if (!row) return null;
  const { id, startedAt, finishedAt, state, results } = row.check;
  return {
    id,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    startedBy: row.startedBy,
    state,
    checks: results,
  };
}

import { eq } from 'drizzle-orm';
import { withActor, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { environmentChecks } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin, requireEnvironment } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { worstState } from '@/lib/provisioning/preflight/checks/check';
import type { Egress } from '@/lib/provisioning/preflight/checks/connection-checks';
import { getLastPreflight } from '@/lib/provisioning/preflight/queries';
import { runChecks } from '@/lib/provisioning/preflight/run-checks';
import type { CheckResult, PreflightReport } from '@/lib/provisioning/preflight/types';

/**
 * Asks everything that can be known of an environment now, and keeps the result. It sends no refresh token, and reads
 * no records. For administrators. Throws FORBIDDEN, NOT_FOUND, CONFLICT for an environment without an address.
 */
export async function runPreflight(ctx: PersonContext, slug: string): Promise<PreflightReport> {
  assertAdmin(ctx);
  const environment = await requireEnvironment(ctx, slug);
  if (environment.origin === '') {
    throw new AppError('CONFLICT', 'This environment has no address yet.', {
      nextStep: 'Enter the address of the org first.',
    });
  }
  const { app, egressBefore, startedAt } = await withSystem('preflight', async (tx) => {
    const [row] = await tx
      .select({
        address: environments.egressAddress,
        seenAt: environments.egressSeenAt,
        startedAt: databaseNow.mapWith(environments.createdAt),
      })
      .from(environments)
      .where(eq(environments.id, environment.id));
    if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
    const { address, seenAt } = row;
    return {
      app: await openOAuthApp(tx, environment.id),
      egressBefore: address && seenAt ? { address, seenAt: seenAt.toISOString() } : null,
      startedAt: row.startedAt,
    };
  });
  const { checks, egress } = await runChecks(ctx, { environment, app, egressBefore });
  await store(ctx, { environmentId: environment.id, startedAt, checks, egress });
  const report = await getLastPreflight(ctx, slug);
  if (report) return report;
  throw new AppError('NOT_FOUND', 'This environment was deleted meanwhile.');
}

interface Finished {
  environmentId: string;
  startedAt: Date;
  checks: CheckResult[];
  egress: Egress | null;
}

async function store(
  ctx: PersonContext,
  { environmentId, startedAt, checks, egress }: Finished,
): Promise<void> {
  const state = worstState(checks);
  await withActor(ctx, async (tx) => {
    await tx
      .insert(environmentChecks)
      .values({ environmentId, startedBy: ctx.personId, startedAt, state, results: checks });
    if (egress) {
      await tx
        .update(environments)
        .set({ egressAddress: egress.address, egressSeenAt: new Date(egress.seenAt) })
        .where(eq(environments.id, environmentId));
    }
    const idsOf = (wanted: CheckResult['state']) =>
      checks.filter((check) => check.state === wanted).map(({ id }) => id);
    await appendAudit(tx, ctx, {
      action: 'environment.check',
      subjectId: environmentId,
      details: { state, red: idsOf('red'), amber: idsOf('amber'), egressAddress: egress?.address ?? null },
    });
  });
}

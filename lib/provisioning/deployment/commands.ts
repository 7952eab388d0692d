import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { appDeployments, environments } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin, notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { assertStillAdmin } from '@/lib/people/roles/assert-still-admin';
import { packOf } from '@/lib/provisioning/app-pack/commands';
import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { parseAppChoice } from '@/lib/provisioning/app-pack/schema';
import type { DeploymentRow } from '@/lib/provisioning/deployment/deployment-row';
import { keepChoice } from '@/lib/provisioning/drift/choice';
import { requireSetUpClient } from '@/lib/provisioning/set-up-access/queries';
import { enqueue } from '@/lib/queue/enqueue';
import { cancelDeploy } from '@/lib/salesforce/metadata/deploy';

export interface DeployInput {
  slug: string;
  connectionId: string;
  /** True: a grant that records are read with may be used. */
  runtimeConfirmed: boolean;
  /** `permittedUsers` and `permissionSet`. */
  choice: unknown;
}

/**
 * Has the app of an environment deployed to its org, over one's own grant there; a job does the work. Throws FORBIDDEN,
 * NOT_FOUND, INVALID_INPUT, CONFLICT (another org, an existing app, or one is under way).
 */
export async function deployApp(ctx: PersonContext, input: DeployInput): Promise<{ deploymentId: string }> {
  assertAdmin(ctx);
  const choice = parseAppChoice(input.choice);
  const environment = await requireAppEnvironment(ctx, input.slug);
  const { pack } = packOf(environment, choice);
  const { connectionId, orgId } = await requireSetUpClient(ctx, environment, input);
  return await withActor(ctx, async (tx) => {
    // One at a time: whoever comes second sees what the first has written.
    await tx
      .select({ id: environments.id })
      .from(environments)
      .where(and(eq(environments.id, environment.id), notDeleted))
      .for('no key update');
    await assertStillAdmin(tx, ctx);
    if (await findUnfinished(tx, environment.id)) {
      throw new AppError('CONFLICT', 'A deployment of this app is under way.', {
        nextStep: 'Wait until it has ended, or cancel it.',
      });
    }
    const [row] = await tx
      .insert(appDeployments)
      .values({ environmentId: environment.id, connectionId, startedBy: ctx.personId })
      .returning({ id: appDeployments.id });
    if (!row) throw new Error('The deployment was not stored.');
    await keepChoice(tx, environment.id, choice);
    const { developerName } = pack;
    await appendAudit(tx, ctx, {
      action: 'environment.app_deploy',
      subjectId: environment.id,
      details: { deploymentId: row.id, state: 'started', developerName, connectionId, orgId },
    });
    await enqueue(tx, { task: 'app_deployment', payload: { deploymentId: row.id } });
    return { deploymentId: row.id };
  });
}

/**
 * Stops the deployment that is under way: one that was not sent never is, and of another Salesforce is asked to cancel
 * it, which the next look tells. Throws FORBIDDEN, NOT_FOUND (none is under way), and what Salesforce says.
 */
export async function cancelDeployment(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const environment = await requireAppEnvironment(ctx, slug);
  const running = await withActor(ctx, async (tx) => {
    const [stopped] = await tx
      .update(appDeployments)
      .set({ state: 'cancelled', finishedAt: databaseNow })
      .where(and(eq(appDeployments.environmentId, environment.id), eq(appDeployments.state, 'waiting')))
      .returning();
    const row = stopped ?? (await findUnfinished(tx, environment.id));
    if (!row) throw nothingUnderWay();
    if (stopped) await auditCancel(tx, ctx, environment, stopped, 'cancelled');
    return row;
  });
  if (running.finishedAt !== null) return;
  if (running.deployRequestId === null || running.connectionId === null) {
    throw new AppError('CONFLICT', 'Salesforce has not said yet which deployment this is.', {
      nextStep: 'Try again in a moment.',
    });
  }
  const chosen = { connectionId: running.connectionId, runtimeConfirmed: true };
  const { client } = await requireSetUpClient(ctx, environment, chosen);
  await withActor(ctx, (tx) => auditCancel(tx, ctx, environment, running, 'cancelling'));
  await cancelDeploy(client, running.deployRequestId);
}

/** `cancelling`: Salesforce is asked to, and the job that follows the deployment writes down how it ended. */
async function auditCancel(
  tx: Tx,
  ctx: PersonContext,
  environment: { id: string; slug: string },
  { id: deploymentId, connectionId }: DeploymentRow,
  state: 'cancelling' | 'cancelled',
): Promise<void> {
  const developerName = developerNameOf(environment.slug);
  await appendAudit(tx, ctx, {
    action: 'environment.app_deploy',
    subjectId: environment.id,
    details: { deploymentId, state, developerName, connectionId },
  });
}

async function findUnfinished(tx: Tx, environmentId: string) {
  const [row] = await tx
    .select()
    .from(appDeployments)
    .where(and(eq(appDeployments.environmentId, environmentId), isNull(appDeployments.finishedAt)));
  return row;
}

function nothingUnderWay(): AppError {
  return new AppError('NOT_FOUND', 'No deployment of this app is under way.', {
    nextStep: 'Reload the page.',
  });
}

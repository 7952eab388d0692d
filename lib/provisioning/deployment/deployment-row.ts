import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { appDeployments, connections, environments, people } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { appendAudit } from '@/lib/audit/append';
import { tokenSource } from '@/lib/connections/token-source';
import type { ConnectionId, PersonId } from '@/lib/context';
import { AppError, type Problem, toProblem } from '@/lib/errors';
import { deployApiVersionOf } from '@/lib/provisioning/app-pack/app-pack';
import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import { enqueue } from '@/lib/queue/enqueue';
import type { SalesforceClient } from '@/lib/salesforce/types';

export type DeploymentRow = typeof appDeployments.$inferSelect;

/** A deployment that has not ended, with its age by the database's clock: since it was sent, or asked for before that. */
export interface Unfinished {
  row: DeploymentRow;
  slug: string;
  ageMs: number;
}

const ageMs = sql<number>`(extract(epoch FROM orgdock.now() - ${appDeployments.startedAt}) * 1000)::float8`;

export async function readUnfinished(id: string): Promise<Unfinished | null> {
  const [found] = await withSystem('app deployment', (tx) =>
    tx
      .select({ row: appDeployments, slug: environments.slug, ageMs })
      .from(appDeployments)
      .innerJoin(environments, eq(environments.id, appDeployments.environmentId))
      .where(and(eq(appDeployments.id, id), isNull(appDeployments.finishedAt))),
  );
  return found ?? null;
}

/**
 * The org, through the grant of the administrator who began. Throws CONFLICT when that grant is gone, or they are no
 * administrator any more.
 */
export async function clientFor({ row }: Unfinished): Promise<SalesforceClient> {
  const [found] = await withSystem('app deployment', (tx) =>
    tx
      .select({ id: connections.id, apiVersion: environments.apiVersion })
      .from(connections)
      .innerJoin(
        people,
        and(eq(people.id, connections.ownerId), eq(people.role, 'admin'), isNull(people.deactivatedAt)),
      )
      .innerJoin(environments, eq(environments.id, row.environmentId))
      .where(and(sql`${connections.id} = ${row.connectionId}`, eq(connections.ownerId, row.startedBy))),
  );
  if (!found) {
    throw new AppError('CONFLICT', 'The grant that this deployment was started with is gone.', {
      nextStep: 'Give set-up access anew and deploy again.',
    });
  }
  return {
    source: tokenSource({ id: found.id as ConnectionId }, row.startedBy as PersonId),
    apiVersion: deployApiVersionOf(found.apiVersion),
  };
}

/** Writes down where a deployment is and has the next step done after a while. */
export async function goOn(
  { row }: Pick<Unfinished, 'row'>,
  changes: Partial<DeploymentRow>,
  afterMs: number,
): Promise<void> {
  await withSystem('app deployment', async (tx) => {
    if (!(await update(tx, row.id, changes))) return;
    await enqueue(tx, { task: 'app_deployment', payload: { deploymentId: row.id } }, { afterMs });
  });
}

/** Ends a deployment, once, with its row in the audit log. */
export async function finish(
  { row, slug }: Pick<Unfinished, 'row' | 'slug'>,
  changes: Partial<DeploymentRow> & { state: 'succeeded' | 'failed' | 'cancelled' | 'unknown' },
): Promise<void> {
  await withSystem('app deployment', async (tx) => {
    if (!(await update(tx, row.id, { ...changes, finishedAt: databaseNow }))) return;
    const { error, errorDescription } = changes;
    await appendAudit(
      tx,
      { kind: 'system', reason: 'app deployment', request: null },
      {
        action: 'environment.app_deploy',
        subjectId: row.environmentId,
        outcome: changes.state === 'succeeded' ? 'done' : 'failed',
        details: {
          deploymentId: row.id,
          state: changes.state,
          developerName: developerNameOf(slug),
          connectionId: row.connectionId,
          ...(error ? { error, description: errorDescription ?? null } : {}),
        },
      },
    );
  });
}

type Changes = { [K in keyof DeploymentRow]?: DeploymentRow[K] | typeof databaseNow };

async function update(tx: Tx, id: string, changes: Changes): Promise<boolean> {
  const rows = await tx
    .update(appDeployments)
    .set({ id, ...changes })
    .where(and(eq(appDeployments.id, id), isNull(appDeployments.finishedAt)))
    .returning({ id: appDeployments.id });
  return rows.length === 1;
}

/** Why something failed, in Salesforce's words where there are any. */
export function wordsOf(error: unknown): { error: string; errorDescription: string | null } {
  const { code, message, nextStep, salesforce }: Problem = toProblem(error);
  if (salesforce) return { error: salesforce.error, errorDescription: salesforce.description };
  return { error: code, errorDescription: [message, nextStep].filter(Boolean).join(' ') };
}

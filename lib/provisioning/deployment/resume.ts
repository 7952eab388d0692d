import { and, isNull, lt, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { appDeployments } from '@/db/schema';
import { enqueue } from '@/lib/queue/enqueue';

/**
 * Has deployments gone on with whose process died: their job stays locked for hours. One that waits for its next look
 * anyway looks sooner, which does no harm.
 */
export async function resumeDeployments(): Promise<void> {
  await withSystem('app deployment', async (tx) => {
    const rows = await tx
      .select({ id: appDeployments.id })
      .from(appDeployments)
      .where(
        and(
          isNull(appDeployments.finishedAt),
          lt(appDeployments.startedAt, sql`orgdock.now() - interval '1 minute'`),
        ),
      );
    for (const { id } of rows) {
      await enqueue(tx, { task: 'app_deployment', payload: { deploymentId: id } });
    }
  });
}

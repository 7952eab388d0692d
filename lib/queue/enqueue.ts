import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { type Job, jobSchema } from '@/lib/queue/schema';

interface Sameness {
  key: string;
  /** `replace`: one that waits is replaced, beside one that runs. `unsafe_dedupe`: one that is there in any way stays. */
  mode: 'replace' | 'unsafe_dedupe';
  /** Jobs of one queue run one after the other. */
  queue?: string;
  /** Higher ones wait for lower ones. */
  priority?: number;
}

/**
 * Adds a job in the caller's transaction: it is there when, and only when, that commits. The same job waits once.
 * `afterMs`: it waits at least so long. Throws a ZodError for a payload that is none.
 */
export async function enqueue(tx: Tx, job: Job, { afterMs = 0 } = {}): Promise<void> {
  const { task, payload } = jobSchema.parse(job);
  const { key, mode, queue = null, priority = 0 } = samenessOf(job);
  await tx.execute(sql`
    SELECT 1 FROM graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::text::json, job_key => ${key}::text, job_key_mode => ${mode}::text,
      queue_name => ${queue}::text, priority => ${priority}::int,
      run_at => now() + ${afterMs} * interval '1 millisecond')`);
}

function samenessOf(job: Job): Sameness {
  switch (job.task) {
    case 'notice_mail':
      // One that failed keeps its waiting time.
      return { key: `${job.task}:${job.payload.notificationId}`, mode: 'unsafe_dedupe' };
    case 'app_deployment':
      return { key: `${job.task}:${job.payload.deploymentId}`, mode: 'replace' };
    case 'approval_mail':
      return { key: `${job.task}:${job.payload.requestId}`, mode: 'unsafe_dedupe' };
    case 'webhook_delivery': {
      // A receiver that hangs holds up its own events only, and nothing that the portal does for itself.
      const { deliveryId, endpointId } = job.payload;
      return {
        key: `${job.task}:${deliveryId}`,
        mode: 'replace',
        queue: `webhook:${endpointId}`,
        priority: 10,
      };
    }
    case 'budget_low':
      return { key: `${job.task}:${job.payload.orgId}:${job.payload.day}`, mode: 'unsafe_dedupe' };
    default:
      return { key: job.task, mode: 'replace' };
  }
}

import { type SQL, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

const AT_ONCE = 5_000;

const OLD_ATTEMPTS = sql`
  DELETE FROM orgdock.refresh_attempts
   WHERE id IN (
     SELECT a.id FROM orgdock.refresh_attempts a
      WHERE a.claimed_at < (SELECT orgdock.now()) - interval '90 days'
        AND NOT EXISTS (SELECT 1 FROM orgdock.connections c
                         WHERE c.id = a.connection_id AND c.grant_id = a.grant_id AND c.generation = a.generation)
        AND NOT EXISTS (SELECT 1 FROM orgdock.stray_grants s
                         WHERE s.grant_id = a.grant_id AND s.finished_at IS NULL)
      LIMIT ${AT_ONCE})`;

const OLD_USAGE = sql`
  DELETE FROM orgdock.connection_usage
   WHERE (connection_id, hour) IN (
     SELECT connection_id, hour FROM orgdock.connection_usage
      WHERE hour < (SELECT orgdock.now()) - interval '31 days' LIMIT ${AT_ONCE})`;

/** Address and browser of a session are in the audit log for as long as that is kept. */
const OLD_SESSIONS = sql`
  DELETE FROM orgdock.sessions
   WHERE id IN (
     SELECT id FROM orgdock.sessions
      WHERE coalesce(ended_at, expires_at) < (SELECT orgdock.now()) - interval '90 days' LIMIT ${AT_ONCE})`;

/**
 * Deletes refresh attempts after 90 days, sessions 90 days after their end, the rows read by hour after 31, and jobs that
 * failed for good after 7. An attempt of a token pair that is still stored stays, however old: whether that refresh token
 * may be spent is read from it.
 */
export async function sweepRetention(): Promise<void> {
  const attempts = await inBatches(OLD_ATTEMPTS);
  await inBatches(OLD_USAGE);
  await inBatches(OLD_SESSIONS);
  await withSystem('retention', (tx) =>
    tx.execute(sql`
      SELECT count(*) FROM graphile_worker.complete_jobs(ARRAY(
        SELECT id FROM graphile_worker.jobs
         WHERE attempts >= max_attempts AND locked_at IS NULL
           AND greatest(run_at, updated_at) < now() - interval '7 days'))`),
  );
  log().info({ attempts }, 'retention');
}

/** Small statements: a long one would be ended by its time limit, every day anew. How many rows went. */
async function inBatches(batch: SQL): Promise<number> {
  let total = 0;
  for (let deleted = AT_ONCE; deleted === AT_ONCE && !registry().draining; total += deleted) {
    const { rowCount } = await withSystem('retention', (tx) => tx.execute(batch));
    deleted = rowCount ?? 0;
  }
  return total;
}

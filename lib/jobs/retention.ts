import { lt, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connectionUsage } from '@/db/schema/custody';
import { sessions } from '@/db/schema/people';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

const AT_ONCE = 5_000;

/**
 * Deletes refresh attempts after 90 days, sessions 90 days after their end, the rows read by hour after 31, and jobs that
 * failed for good after 7. An attempt of a token pair that is still stored stays, however old: whether that refresh token
 * may be spent is read from it.
 */
export async function sweepRetention(): Promise<void> {
  let attempts = 0;
  for (let deleted = AT_ONCE; deleted === AT_ONCE && !registry().draining; attempts += deleted) {
    deleted = await deleteAttempts();
  }
  await withSystem('retention', (tx) =>
    tx
      .delete(connectionUsage)
      .where(lt(connectionUsage.hour, sql`(SELECT orgdock.now()) - interval '31 days'`)),
  );
  // Address and browser of a session are in the audit log for as long as that is kept.
  await withSystem('retention', (tx) =>
    tx
      .delete(sessions)
      .where(
        lt(
          sql`coalesce(${sessions.endedAt}, ${sessions.expiresAt})`,
          sql`(SELECT orgdock.now()) - interval '90 days'`,
        ),
      ),
  );
  await withSystem('retention', (tx) =>
    tx.execute(sql`
      SELECT count(*) FROM graphile_worker.complete_jobs(ARRAY(
        SELECT id FROM graphile_worker.jobs
         WHERE attempts >= max_attempts AND locked_at IS NULL
           AND greatest(run_at, updated_at) < now() - interval '7 days'))`),
  );
  log().info({ attempts }, 'retention');
}

async function deleteAttempts(): Promise<number> {
  const { rowCount } = await withSystem('retention', (tx) =>
    tx.execute(sql`
      DELETE FROM orgdock.refresh_attempts
       WHERE id IN (
         SELECT a.id FROM orgdock.refresh_attempts a
          WHERE a.claimed_at < (SELECT orgdock.now()) - interval '90 days'
            AND NOT EXISTS (SELECT 1 FROM orgdock.connections c
                             WHERE c.id = a.connection_id AND c.grant_id = a.grant_id AND c.generation = a.generation)
            AND NOT EXISTS (SELECT 1 FROM orgdock.stray_grants s
                             WHERE s.grant_id = a.grant_id AND s.finished_at IS NULL)
          LIMIT ${AT_ONCE})`),
  );
  return rowCount ?? 0;
}

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

const OLD_CHECKS = sql`
  DELETE FROM orgdock.environment_checks
   WHERE id IN (
     SELECT id FROM (
       SELECT id, row_number() OVER (PARTITION BY environment_id ORDER BY started_at DESC, id DESC) AS place
         FROM orgdock.environment_checks) AS checks
      WHERE place > 20 LIMIT ${AT_ONCE})`;

const OLD_APPROVALS = sql`
  DELETE FROM orgdock.approval_requests
   WHERE id IN (
     SELECT id FROM orgdock.approval_requests
      WHERE coalesce(ended_at, expires_at) < (SELECT orgdock.now()) - interval '90 days' LIMIT ${AT_ONCE})`;

/** The audit log tells who made a link and who used it for as long as that is kept. */
const OLD_LINKS = sql`
  DELETE FROM orgdock.connect_links
   WHERE id IN (
     SELECT id FROM orgdock.connect_links
      WHERE least(used_at, withdrawn_at, expires_at) < (SELECT orgdock.now()) - interval '90 days' LIMIT ${AT_ONCE})`;

const OLD_DELIVERIES = sql`
  DELETE FROM orgdock.webhook_deliveries
   WHERE id IN (
     SELECT id FROM orgdock.webhook_deliveries
      WHERE created_at < (SELECT orgdock.now()) - interval '30 days' LIMIT ${AT_ONCE})`;

const OLD_DEPLOYMENTS = sql`
  DELETE FROM orgdock.app_deployments
   WHERE id IN (
     SELECT d.id FROM orgdock.app_deployments d
      WHERE d.finished_at < (SELECT orgdock.now()) - interval '365 days'
        AND EXISTS (SELECT 1 FROM orgdock.app_deployments newer
                     WHERE newer.environment_id = d.environment_id AND newer.started_at > d.started_at)
      LIMIT ${AT_ONCE})`;

/** Of programs: their calls, the counters of their days, and the answers that they may be given again. */
const OLD_CALLS = sql`
  DELETE FROM orgdock.api_calls
   WHERE id IN (
     SELECT id FROM orgdock.api_calls
      WHERE at < (SELECT orgdock.now()) - interval '30 days' LIMIT ${AT_ONCE})`;

const OLD_DAYS = sql`
  DELETE FROM orgdock.api_key_days
   WHERE (key_id, day) IN (
     SELECT key_id, day FROM orgdock.api_key_days
      WHERE day < to_char((SELECT orgdock.now()) AT TIME ZONE 'UTC' - interval '400 days', 'YYYY-MM-DD')
      LIMIT ${AT_ONCE})`;

const OLD_LOCATORS = sql`
  DELETE FROM orgdock.api_key_locators
   WHERE (key_id, connection_id, locator_hash) IN (
     SELECT key_id, connection_id, locator_hash FROM orgdock.api_key_locators
      WHERE created_at < (SELECT orgdock.now()) - interval '2 days' LIMIT ${AT_ONCE})`;

const OLD_IDEMPOTENCY = sql`
  DELETE FROM orgdock.idempotency_keys
   WHERE (key_id, name_hash) IN (
     SELECT key_id, name_hash FROM orgdock.idempotency_keys
      WHERE started_at < (SELECT orgdock.now()) - interval '1 day' LIMIT ${AT_ONCE})`;

/**
 * Deletes refresh attempts after 90 days, sessions, requests for approval and connect links 90 days after their end, the rows
 * read by hour after 31, calls of programs after 30, the counters of their days after 400, answers that they may be given again
 * after one, their locators after two, jobs that failed for good after 7, deliveries of webhooks after 30, deployments
 * that ended a year ago, and all but the newest 20 checks of an environment. An attempt of a token pair that is still
 * stored stays, however old: whether that refresh token may be spent is read from it. So do the newest deployment of an
 * environment, and every rotation of a secret: what its org does to grants is known from it.
 */
export async function sweepRetention(): Promise<void> {
  const attempts = await inBatches(OLD_ATTEMPTS);
  await inBatches(OLD_USAGE);
  await inBatches(OLD_SESSIONS);
  await inBatches(OLD_CHECKS);
  await inBatches(OLD_APPROVALS);
  await inBatches(OLD_LINKS);
  await inBatches(OLD_DEPLOYMENTS);
  await inBatches(OLD_DELIVERIES);
  await inBatches(OLD_CALLS);
  await inBatches(OLD_DAYS);
  await inBatches(OLD_IDEMPOTENCY);
  await inBatches(OLD_LOCATORS);
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

import { sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { log } from '@/lib/log';
import { processWide } from '@/lib/registry';
import { BoundedCache } from '@/lib/salesforce/bounded-cache';

/** A person as whom a key acts. */
export type KeyContext = PersonContext & Required<Pick<PersonContext, 'apiKey'>>;

export interface Refusal {
  /** A rule of the policy, or the code of what else refused. */
  rule: string;
  reason: string;
  operation: string;
  connectionId: string | null;
}

/** For so long this process does not look again whether the hour has its row. */
const LOOKED_MS = 60_000;
const MAX_LOOKED = 10_000;

/**
 * Notes in the audit log that a program was refused: once for each key, rule and hour, over all replicas, with how often
 * it was since the row before. Never throws: the refusal stands all the same.
 */
export async function noteRefusal(ctx: KeyContext, refusal: Refusal): Promise<void> {
  const looked = processWide('broker.refusals', () => new BoundedCache<true>(MAX_LOOKED, LOOKED_MS));
  const place = `${ctx.apiKey.id} ${refusal.rule}`;
  if (looked.fresh(place)) return;
  looked.set(place, true);
  try {
    await withSystem('API key denials', (tx) => noteOnce(tx, ctx, refusal));
  } catch (err) {
    log().error({ err, apiKey: ctx.apiKey.prefix, rule: refusal.rule }, 'a refusal could not be audited');
  }
}

async function noteOnce(tx: Tx, ctx: KeyContext, { rule, reason, operation, connectionId }: Refusal) {
  const keyId = ctx.apiKey.id;
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`api_key.denied ${keyId} ${rule}`}, 0))`,
  );
  const { rows } = await tx.execute<{ noted: boolean; calls: number }>(sql`
    WITH before AS (
      SELECT max(at) AS at FROM orgdock.audit_log
       WHERE subject_type = 'api_key' AND subject_id = ${keyId} AND action = 'api_key.denied'
         AND details->>'rule' = ${rule})
    SELECT coalesce(before.at >= date_trunc('hour', orgdock.now(), 'UTC'), false) AS noted,
           (SELECT count(*)::int FROM orgdock.api_calls
             WHERE key_id = ${keyId}::uuid AND (rule = ${rule} OR code = ${rule})
               AND at > coalesce(before.at, '-infinity')) AS calls
      FROM before`);
  if (rows[0]?.noted) return;
  await appendAudit(tx, ctx, {
    action: 'api_key.denied',
    subjectId: keyId,
    outcome: 'denied',
    details: {
      rule,
      reason: withoutValues(rule, reason).slice(0, 500),
      operation,
      connectionId,
      count: (rows[0]?.calls ?? 0) + 1,
    },
  });
}

/** Of a request that nobody understood, the reason repeats a part, in which a value or a secret may stand. */
function withoutValues(rule: string, reason: string): string {
  return rule === 'not_understood' || rule === 'path' ? reason.replace(/“[^”]*”?/g, '“…”') : reason;
}

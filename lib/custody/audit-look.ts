import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';

/** What of others' grants was on a page: of an access review, or of a breach. */
interface Look {
  page: number;
  shown: number;
  review?: string;
  breach?: string;
}

/**
 * Audits that somebody looked at the grants of others, once an hour for as long as they see the same: such a page is read
 * again every few seconds while Salesforce is asked. In the custody read.
 */
export async function auditLook(tx: Tx, ctx: PersonContext, look: Look): Promise<void> {
  const lately = and(
    eq(auditLog.personId, ctx.personId),
    eq(auditLog.action, 'custody.list'),
    sql`${auditLog.at} > (SELECT orgdock.now()) - interval '1 hour'`,
    sql`${auditLog.details} @> ${JSON.stringify(look)}::jsonb`,
  );
  if ((await tx.$count(auditLog, lately)) > 0) return;
  const details = { environment: null, health: null, ...look };
  await appendAudit(tx, ctx, { action: 'custody.list', subjectId: 'connections', details });
}

import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { alerts } from '@/db/schema/custody';
import { appendAudit } from '@/lib/audit/append';
import type { SystemContext } from '@/lib/context';
import type { AlertFacts } from '@/lib/custody/usage/types';
import { enqueue } from '@/lib/queue/enqueue';

const BY: SystemContext = { kind: 'system', reason: 'guard of reading', request: null };

interface Raised {
  connectionId: string;
  personId: string | null;
  /** The same one is told once. */
  occasion: string;
  facts: AlertFacts;
}

/**
 * Raises an alert and has its people told, unless it was raised for this occasion before: then the rows that were read
 * outside the hours are added to it. In a system transaction.
 */
export async function raiseAlert(tx: Tx, { connectionId, personId, occasion, facts }: Raised): Promise<void> {
  const { kind, ...rest } = facts;
  const [alert] = await tx
    .insert(alerts)
    .values({ kind, connectionId, occasion, personId, facts: rest })
    .onConflictDoUpdate({
      target: [alerts.kind, alerts.connectionId, alerts.occasion],
      set: {
        facts: sql`${alerts.facts} || jsonb_build_object('rows', (${alerts.facts}->>'rows')::bigint + ${facts.rows}::bigint)`,
      },
      setWhere: eq(alerts.kind, 'outside_hours'),
    })
    // Of a new row alone: nobody has it as an earlier version.
    .returning({ id: alerts.id, isNew: sql<boolean>`xmax = 0` });
  if (!alert?.isNew) return;
  await appendAudit(tx, BY, {
    action: 'alert.raise',
    subjectId: connectionId,
    details: { alertId: alert.id, kind, occasion, readBy: personId, rows: facts.rows },
  });
  await enqueue(tx, { task: 'notices', payload: {} });
}

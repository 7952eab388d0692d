import { and, asc, eq, gt, max } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { auditLog, auditSeals } from '@/db/schema/audit';
import { webhookEndpoints } from '@/db/schema/broker/webhooks';
import { portal } from '@/db/schema/people';
import { addDeliveries } from '@/lib/notify/webhooks/delivery/add-deliveries';
import { eventsOfEntry } from '@/lib/notify/webhooks/events/event-of-entry';
import { dataOfConnection, dataOfEnvironment, type EventData } from '@/lib/notify/webhooks/events/payload';
import { enqueue } from '@/lib/queue/enqueue';
import { registry } from '@/lib/registry';

const AT_ONCE = 500;
/** Entries are sealed within two seconds; a receiver hears of one within about ten. */
const AGAIN_MS = 5_000;

type EntryRow = Pick<
  typeof auditLog.$inferSelect,
  'id' | 'at' | 'action' | 'outcome' | 'details' | 'subjectType' | 'subjectId'
>;

/**
 * Makes deliveries of what the audit log says since the last time, and comes again while anybody listens. The chain's
 * gapless positions are the place marker: entries are read once, in the order in which they were committed.
 */
export async function collectEvents(): Promise<void> {
  for (;;) {
    const read = await withSystem('webhook events', collectBatch);
    if (read === null) return;
    if (read === AT_ONCE && !registry().draining) continue;
    await withSystem('webhook events', (tx) =>
      enqueue(tx, { task: 'webhook_events', payload: {} }, { afterMs: AGAIN_MS }),
    );
    return;
  }
}

/** How many entries were read; null: nobody listens. */
async function collectBatch(tx: Tx): Promise<number | null> {
  // One process at a time: the others wait, and find nothing.
  const [place] = await tx.select({ position: portal.webhooksPosition }).from(portal).for('update');
  const position = place?.position ?? 0;
  const [listener] = await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.enabled, true))
    .limit(1);
  if (!listener) {
    const [head] = await tx.select({ position: max(auditSeals.position) }).from(auditSeals);
    await moveTo(tx, head?.position ?? position);
    return null;
  }
  const rows = await readEntries(tx, position);
  for (const { entry } of rows) await raise(tx, entry);
  await moveTo(tx, rows.at(-1)?.position ?? position);
  return rows.length;
}

function readEntries(tx: Tx, after: number) {
  return tx
    .select({
      position: auditSeals.position,
      entry: {
        id: auditLog.id,
        at: auditLog.at,
        action: auditLog.action,
        outcome: auditLog.outcome,
        details: auditLog.details,
        subjectType: auditLog.subjectType,
        subjectId: auditLog.subjectId,
      },
    })
    .from(auditSeals)
    .innerJoin(auditLog, eq(auditLog.id, auditSeals.auditId))
    .where(and(gt(auditSeals.position, after)))
    .orderBy(asc(auditSeals.position))
    .limit(AT_ONCE);
}

async function moveTo(tx: Tx, position: number): Promise<void> {
  await tx.update(portal).set({ webhooksPosition: position });
}

async function raise(tx: Tx, entry: EntryRow): Promise<void> {
  const events = eventsOfEntry(entry);
  if (events.length === 0) return;
  const about = await dataOf(tx, entry);
  if (about === null) return;
  for (const event of events) {
    await addDeliveries(tx, {
      event,
      eventId: `evt_${entry.id}_${event.replace('.', '_')}`,
      at: entry.at,
      ...about,
    });
  }
}

async function dataOf(
  tx: Tx,
  { action, subjectType, subjectId, details }: EntryRow,
): Promise<EventData | null> {
  if (subjectType === 'connection') {
    const about = await dataOfConnection(tx, subjectId);
    const salesforce = faultOf(details);
    return about && { ...about, data: { ...about.data, ...(salesforce ? { salesforce } : {}) } };
  }
  if (action === 'consent.refused') {
    const about = await dataOfEnvironment(tx, subjectId);
    const { orgId = null, username = null, code = null } = details;
    return (
      about && { ...about, data: { ...about.data, orgId, username, code, salesforce: faultOf(details) } }
    );
  }
  const { scope, scopeName, connections } = details;
  return { environmentId: null, data: { breach: { id: subjectId, scope, scopeName, connections } } };
}

/** Salesforce's own words at that moment. */
function faultOf({ error, description, status }: Record<string, unknown>): Record<string, unknown> | null {
  return typeof error === 'string'
    ? { error, description: description ?? null, status: status ?? null }
    : null;
}

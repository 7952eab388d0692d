import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { alerts } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { people } from '@/db/schema/people';
import { env } from '@/lib/env';
import { occasionOf } from '@/lib/notify/occasion';
import type { ConnectionNoticeKind } from '@/lib/notify/types';
import { mayBeTold, watchedColumns, withItsEnvironment } from '@/lib/notify/watched';
import { enqueue } from '@/lib/queue/enqueue';

const PAGE_SIZE = 200;
/** A mail server that is away for longer has made the mail old news. */
const MAIL_WITHIN = sql`interval '3 days'`;

interface Telling {
  connectionId: string;
  personIds: string[];
  kind: ConnectionNoticeKind;
  /** The same one is told once. */
  occasion: string;
}

/**
 * Writes down for one page of connections what their people should be told, once per occasion, and has it mailed where
 * mail is set up. In the caller's system transaction. Returns where the next page begins; null: this was the last.
 */
export async function raiseNotices(tx: Tx, after: string | null): Promise<string | null> {
  const rows = await tx
    .select(watchedColumns)
    .from(connections)
    .innerJoin(environments, withItsEnvironment)
    .where(and(mayBeTold(), after === null ? undefined : gt(connections.id, after)))
    .orderBy(asc(connections.id))
    .limit(PAGE_SIZE);
  const administrators = rows.some(({ ownerId }) => ownerId === null) ? await listAdministrators(tx) : [];
  const tellings = rows.flatMap(({ connectionId, ownerId, ...row }) => {
    const occasion = occasionOf(row, row.now);
    const personIds = ownerId === null ? administrators : [ownerId];
    return occasion ? [{ connectionId, personIds, kind: occasion.kind, occasion: occasion.key }] : [];
  });
  await tell(tx, tellings);
  return rows.length < PAGE_SIZE ? null : (rows.at(-1)?.connectionId ?? null);
}

/**
 * Writes down for every administrator and for the owner of the connection what reading was out of the ordinary, as long
 * as nobody has seen to it, and has it mailed. In the caller's system transaction.
 */
export async function raiseAlertNotices(tx: Tx): Promise<void> {
  const rows = await tx
    .select({
      kind: alerts.kind,
      connectionId: alerts.connectionId,
      occasion: alerts.occasion,
      ownerId: connections.ownerId,
    })
    .from(alerts)
    .innerJoin(connections, eq(connections.id, alerts.connectionId))
    .innerJoin(environments, withItsEnvironment)
    .where(and(isNull(alerts.settledAt), gt(alerts.createdAt, sql`(SELECT orgdock.now()) - ${MAIL_WITHIN}`)));
  if (rows.length === 0) return;
  const administrators = await listAdministrators(tx);
  const tellings = rows.map(({ ownerId, ...row }) => ({
    ...row,
    personIds: [...new Set([...administrators, ...(ownerId === null ? [] : [ownerId])])],
  }));
  await tell(tx, tellings);
}

async function tell(tx: Tx, tellings: Telling[]): Promise<void> {
  const rows = tellings.flatMap(({ personIds, ...telling }) =>
    personIds.map((personId) => ({ personId, ...telling })),
  );
  if (rows.length === 0) return;
  await tx.insert(notifications).values(rows).onConflictDoNothing();
  if (!env().ORGDOCK_SMTP_URL) return;
  const current = new Set(tellings.map(keyOf));
  for (const { id, ...told } of await listUnmailed(tx, tellings)) {
    if (!current.has(keyOf(told))) continue;
    await enqueue(tx, { task: 'notice_mail', payload: { notificationId: id } });
  }
}

function keyOf({ connectionId, kind, occasion }: Omit<Telling, 'personIds'>): string {
  return [connectionId, kind, occasion].join(' ');
}

/** The portal's own connections are theirs to look after, and so is reading that is out of the ordinary. */
async function listAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.role, 'admin'), isNull(people.deactivatedAt)));
  return rows.map(({ id }) => id);
}

function listUnmailed(tx: Tx, tellings: Telling[]) {
  return tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      connectionId: notifications.connectionId,
      occasion: notifications.occasion,
    })
    .from(notifications)
    .innerJoin(people, eq(people.id, notifications.personId))
    .where(
      and(
        inArray(
          notifications.connectionId,
          tellings.map(({ connectionId }) => connectionId),
        ),
        isNull(notifications.mailedAt),
        isNull(notifications.readAt),
        gt(notifications.createdAt, sql`(SELECT orgdock.now()) - ${MAIL_WITHIN}`),
        isNotNull(people.email),
        isNull(people.deactivatedAt),
      ),
    );
}

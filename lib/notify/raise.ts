import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { notifications } from '@/db/schema/notifications';
import { people } from '@/db/schema/people';
import { env } from '@/lib/env';
import { type Occasion, occasionOf } from '@/lib/notify/occasion';
import { mayBeTold, watchedColumns, withItsEnvironment } from '@/lib/notify/watched';
import { enqueue } from '@/lib/queue/enqueue';

const PAGE_SIZE = 200;
/** A mail server that is away for longer has made the mail old news. */
const MAIL_WITHIN = sql`interval '3 days'`;

interface Telling {
  connectionId: string;
  ownerId: string | null;
  occasion: Occasion;
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
  const tellings = rows.flatMap(({ connectionId, ownerId, ...row }) => {
    const occasion = occasionOf(row, row.now);
    return occasion ? [{ connectionId, ownerId, occasion }] : [];
  });
  if (tellings.length > 0) await tell(tx, tellings);
  return rows.length < PAGE_SIZE ? null : (rows.at(-1)?.connectionId ?? null);
}

async function tell(tx: Tx, tellings: Telling[]): Promise<void> {
  const administrators = tellings.some(({ ownerId }) => ownerId === null) ? await listAdministrators(tx) : [];
  const rows = tellings.flatMap(({ connectionId, ownerId, occasion }) =>
    (ownerId === null ? administrators : [ownerId]).map((personId) => ({
      personId,
      kind: occasion.kind,
      connectionId,
      occasion: occasion.key,
    })),
  );
  if (rows.length === 0) return;
  await tx.insert(notifications).values(rows).onConflictDoNothing();
  if (!env().ORGDOCK_SMTP_URL) return;
  const current = new Set(tellings.map(({ connectionId, occasion }) => `${connectionId} ${occasion.key}`));
  for (const { id, connectionId, occasion } of await listUnmailed(tx, tellings)) {
    if (!current.has(`${connectionId} ${occasion}`)) continue;
    await enqueue(tx, { task: 'notice_mail', payload: { notificationId: id } });
  }
}

/** The portal's own connections are theirs to look after. */
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

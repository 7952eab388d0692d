import { and, desc, eq, sql } from 'drizzle-orm';
import { type Tx, withActor, withCustody } from '@/db/client';
import { apiKeys, connections, connectLinks, environments, people } from '@/db/schema';
import { linkColumns } from '@/lib/consent/links/columns';
import type { AnyConnectLink, ConnectLink } from '@/lib/consent/links/types';
import type { PersonContext } from '@/lib/context';
import { assertCustodian } from '@/lib/environments/queries';
import { isId } from '@/lib/people/schema';

const MOST = 100;

/** Links of the last month; older ones are history, which the audit log tells. */
const recent = sql`${connectLinks.createdAt} > orgdock.now() - interval '30 days'`;

/** My connect links of the last month, the newest first. */
export async function listOwnConnectLinks(ctx: PersonContext): Promise<ConnectLink[]> {
  const rows = await withActor(ctx, (tx) =>
    select(tx)
      .where(and(eq(connectLinks.holderId, ctx.personId), recent))
      .orderBy(desc(connectLinks.createdAt), desc(connectLinks.id))
      .limit(MOST),
  );
  return rows.map(toLink);
}

/** A connect link that the key of this context made; null for any other one. */
export async function findConnectLinkOfKey(ctx: PersonContext, id: string): Promise<ConnectLink | null> {
  const { apiKey } = ctx;
  if (!apiKey || !isId(id)) return null;
  const [row] = await withActor(ctx, (tx) =>
    select(tx).where(
      and(
        eq(connectLinks.id, id),
        eq(connectLinks.holderId, ctx.personId),
        eq(connectLinks.keyId, apiKey.id),
      ),
    ),
  );
  return row ? toLink(row) : null;
}

/** Everybody's connect links of the last month, the newest first, with their holders. Throws FORBIDDEN. */
export async function listAllConnectLinks(ctx: PersonContext): Promise<AnyConnectLink[]> {
  assertCustodian(ctx);
  const rows = await withCustody(ctx, (tx) =>
    select(tx).where(recent).orderBy(desc(connectLinks.createdAt), desc(connectLinks.id)).limit(MOST),
  );
  return rows.map((row) => ({ ...toLink(row), holder: row.holder }));
}

function select(tx: Tx) {
  return tx
    .select({ ...linkColumns, holder: people.displayName })
    .from(connectLinks)
    .innerJoin(environments, eq(environments.id, connectLinks.environmentId))
    .innerJoin(people, eq(people.id, connectLinks.holderId))
    .leftJoin(apiKeys, eq(apiKeys.id, connectLinks.keyId))
    .leftJoin(connections, eq(connections.id, connectLinks.connectionId))
    .$dynamic();
}

function toLink({ holder: _, ...row }: Awaited<ReturnType<typeof select>>[number]): ConnectLink {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    usedAt: row.usedAt?.toISOString() ?? null,
  };
}

import { and, asc, eq, isNull, not } from 'drizzle-orm';
import { withActor, withCustody, withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { appChanged } from '@/lib/connections/app-change';
import { listConnections, requireReadable, selectDetail, toDetail } from '@/lib/connections/queries';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { isOpen } from '@/lib/people/access/is-open';
import type { SalesforceClient } from '@/lib/salesforce/types';

/** A live connection through which somebody may ask an org about itself. */
export interface Witness {
  /** `your connection as <username>`, or the service connection’s name. */
  name: string;
  connection: ReadableConnection;
  client: SalesforceClient;
  /** Its grant belongs to the app that the environment in question has now. */
  isOfApp: boolean;
  /** It leads to the org that the environment in question is pinned to. */
  isInPinnedOrg: boolean;
}

export interface WitnessQuestion {
  environmentId: string;
  /** 18-character id; null: whatever org the environment leads to. */
  orgId: string | null;
}

const MOST_WITNESSES = 3;

/**
 * Connections of an org that this person may ask through: their own, and for an administrator every service
 * connection. Never another person’s grant. Being asked is audited.
 */
export async function listWitnesses(ctx: PersonContext, question: WitnessQuestion): Promise<Witness[]> {
  const own = await listOwn(ctx, question);
  const others = ctx.role === 'admin' && own.length < MOST_WITNESSES ? await listService(ctx, question) : [];
  const asked = [...own, ...others].slice(0, MOST_WITNESSES);
  const [first] = asked;
  if (!first) return [];
  const { environmentId } = question;
  const pinnedOrgId = await readPinnedOrgId(ctx, environmentId);
  await withSystem('org evidence', (tx) =>
    appendAudit(tx, ctx, {
      action: 'connection.ask_org',
      subjectId: first.id,
      details: { environmentId, through: asked.map(({ id }) => id) },
    }),
  );
  return asked.map((connection) => ({
    name: connection.service
      ? `the service connection ${connection.service.name}`
      : `your connection as ${connection.username}`,
    connection,
    client: salesforceClient(connection, ctx.personId),
    // A healthy grant is never one of an app that the environment had before.
    isOfApp: connection.environment.id === environmentId,
    isInPinnedOrg: connection.orgId === pinnedOrgId,
  }));
}

async function readPinnedOrgId(ctx: PersonContext, environmentId: string): Promise<string | null> {
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ orgId: environments.expectedOrgId })
      .from(environments)
      .where(eq(environments.id, environmentId)),
  );
  return row?.orgId ?? null;
}

async function listOwn(
  ctx: PersonContext,
  { environmentId, orgId }: WitnessQuestion,
): Promise<ReadableConnection[]> {
  if (ctx.role === 'auditor') return [];
  const fits = (await listConnections(ctx)).filter(
    (one) =>
      one.service === null &&
      one.health === 'healthy' &&
      (orgId === null ? one.environment.id === environmentId : one.orgId === orgId),
  );
  const found: ReadableConnection[] = [];
  for (const { id } of fits.slice(0, MOST_WITNESSES)) {
    const connection = await requireReadable(ctx, id).catch(() => null);
    if (connection) found.push(connection);
  }
  return found;
}

/** Administrators share service connections out, so they may read through each of them. */
async function listService(
  ctx: PersonContext,
  { environmentId, orgId }: WitnessQuestion,
): Promise<ReadableConnection[]> {
  const rows = await withCustody(ctx, (tx) =>
    selectDetail(tx)
      .where(
        and(
          isNull(connections.ownerId),
          eq(connections.state, 'idle'),
          isNull(connections.problemCode),
          not(appChanged),
          isOpen,
          orgId === null ? eq(connections.environmentId, environmentId) : eq(connections.orgId, orgId),
        ),
      )
      .orderBy(asc(connections.name))
      .limit(MOST_WITNESSES),
  );
  return rows.map((row) => toDetail(row) as ReadableConnection);
}

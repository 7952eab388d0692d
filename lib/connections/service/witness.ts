import { and, asc, eq, isNull } from 'drizzle-orm';
import { withCustody, withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { listConnections, requireReadable, selectDetail } from '@/lib/connections/queries';
import { tokenSource } from '@/lib/connections/token-source';
import type { ConnectionId, PersonContext } from '@/lib/context';
import type { SalesforceClient } from '@/lib/salesforce/types';

/** A live connection through which somebody may ask an org about itself. */
export interface Witness {
  /** `your connection as <username>`, or the service connection’s name. */
  name: string;
  username: string;
  client: SalesforceClient;
}

export interface WitnessQuestion {
  environmentId: string;
  /** 18-character id; null: whatever org the environment leads to. */
  orgId: string | null;
}

const MOST_WITNESSES = 3;

/**
 * Connections of an org that this person may ask through: their own and service connections shared with them, and for
 * an administrator every service connection. Never another person’s grant. Being asked is audited.
 */
export async function listWitnesses(ctx: PersonContext, question: WitnessQuestion): Promise<Witness[]> {
  const own = await listOwn(ctx, question);
  const others = ctx.role === 'admin' && own.length < MOST_WITNESSES ? await listService(ctx, question) : [];
  const witnesses = [...own, ...others.filter(({ id }) => !own.some((one) => one.id === id))];
  const asked = witnesses.slice(0, MOST_WITNESSES);
  if (asked.length > 0) {
    await withSystem('org evidence', (tx) =>
      appendAudit(tx, ctx, {
        action: 'connection.ask_org',
        subjectId: asked[0]?.id ?? '',
        details: { environmentId: question.environmentId, through: asked.map(({ id }) => id) },
      }),
    );
  }
  return asked.map(({ id: _, ...witness }) => witness);
}

type Found = Witness & { id: string };

async function listOwn(ctx: PersonContext, { environmentId, orgId }: WitnessQuestion): Promise<Found[]> {
  if (ctx.role === 'auditor') return [];
  const fits = (await listConnections(ctx)).filter(
    (one) =>
      one.health === 'healthy' &&
      (orgId === null ? one.environment.id === environmentId : one.orgId === orgId),
  );
  const found: Found[] = [];
  for (const { id, service, username } of fits.slice(0, MOST_WITNESSES)) {
    const connection = await requireReadable(ctx, id).catch(() => null);
    if (!connection) continue;
    const source = tokenSource(connection, ctx.personId);
    const name = service ? `the service connection ${service.name}` : `your connection as ${username}`;
    found.push({ id, name, username, client: { source, apiVersion: connection.apiVersion } });
  }
  return found;
}

async function listService(ctx: PersonContext, { environmentId, orgId }: WitnessQuestion): Promise<Found[]> {
  const rows = await withCustody(ctx, (tx) =>
    selectDetail(tx)
      .where(
        and(
          isNull(connections.ownerId),
          eq(connections.state, 'idle'),
          isNull(connections.problemCode),
          isNull(environments.deletedAt),
          orgId === null ? eq(connections.environmentId, environmentId) : eq(connections.orgId, orgId),
        ),
      )
      .orderBy(asc(connections.name))
      .limit(MOST_WITNESSES),
  );
  return rows.map(({ connection: { id, name, username, flow }, apiVersion }) => {
    const service = flow === 'authorization_code' ? null : { name: name ?? '', flow };
    const source = tokenSource({ id: id as ConnectionId, service }, ctx.personId);
    return { id, name: `the service connection ${name}`, username, client: { source, apiVersion } };
  });
}

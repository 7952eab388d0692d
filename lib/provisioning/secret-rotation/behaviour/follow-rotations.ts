import { and, desc, eq, gt, isNotNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { lookAtGrants } from '@/lib/connections/breaker/look-at-grants';
import { writeBehaviour } from '@/lib/provisioning/secret-rotation/behaviour/observe-grants';

/** After this nobody takes the end of a grant for the work of a rotation. */
const FOLLOWED = sql`interval '1 day'`;

/** Salesforce applies a secret within ten minutes, and ends what it ends together. */
const TOGETHER = sql`interval '15 minutes'`;

const MOST_GRANTS = 3;

/**
 * Looks for orgs that revoked the grants of an app after its secret was applied, unseen at that moment: two users or
 * more were refused within minutes, nobody of before was refreshed since, and none of the access tokens that are left
 * works. Then the others are not sent one by one to hear the same. A sweep; reads, and asks with access tokens only.
 */
export async function followRotations(): Promise<void> {
  const open = await withSystem('rotations', (tx) =>
    tx
      .select({
        id: secretRotations.id,
        appliedAt: secretRotations.appliedAt,
        origin: environments.origin,
        clientId: environments.clientId,
      })
      .from(secretRotations)
      .innerJoin(environments, eq(environments.id, secretRotations.environmentId))
      .where(
        and(
          isNotNull(secretRotations.appliedAt),
          gt(secretRotations.appliedAt, sql`orgdock.now() - ${FOLLOWED}`),
          ne(secretRotations.behaviour, 'revokes_all'),
        ),
      ),
  );
  for (const { id, appliedAt, ...app } of open) {
    if (appliedAt !== null) await follow(id, appliedAt, app);
  }
}

async function follow(
  rotationId: string,
  appliedAt: Date,
  app: { origin: string; clientId: string },
): Promise<void> {
  const users = await countRefusedTogether(appliedAt, app);
  if (users < 2) return;
  const left = await withSystem('rotations', (tx) =>
    tx
      .select({ id: connections.id, tokenHost: connections.tokenHost })
      .from(connections)
      .where(and(ofBefore(appliedAt, app), eq(connections.state, 'idle')))
      .orderBy(desc(connections.retrievedAt))
      .limit(MOST_GRANTS),
  );
  const looks = await lookAtGrants(left);
  if (looks.some(({ standing }) => standing !== 'dead')) return;
  const evidence = `After the new secret was applied, the grants of ${users} users were refused within minutes, and nobody who had one of before was let in.`;
  await writeBehaviour(rotationId, { behaviour: 'revokes_all', evidence });
}

/** 0 when somebody of before was refreshed after the first refusal. */
async function countRefusedTogether(
  appliedAt: Date,
  app: { origin: string; clientId: string },
): Promise<number> {
  const refused = sql`${connections.state} = 'needs_reconnect' AND ${connections.problemCode} = 'GRANT_ENDED'
    AND ${connections.problemAt} > ${appliedAt}`;
  const [row] = await withSystem('rotations', (tx) =>
    tx
      .select({
        users: sql`count(DISTINCT ${connections.salesforceUserId}) FILTER (WHERE ${refused})`.mapWith(Number),
        together: sql<boolean>`coalesce(max(${connections.problemAt}) FILTER (WHERE ${refused})
          - min(${connections.problemAt}) FILTER (WHERE ${refused}) < ${TOGETHER}, false)`,
        survived: sql<boolean>`coalesce(max(${connections.retrievedAt}) FILTER (WHERE NOT (${refused}))
          > min(${connections.problemAt}) FILTER (WHERE ${refused}), false)`,
      })
      .from(connections)
      .where(ofBefore(appliedAt, app)),
  );
  return row?.together && !row.survived ? row.users : 0;
}

function ofBefore(
  appliedAt: Date,
  { origin, clientId }: { origin: string; clientId: string },
): SQL | undefined {
  return and(
    eq(connections.tokenHost, origin),
    eq(connections.clientId, clientId),
    eq(connections.flow, 'authorization_code'),
    lt(connections.consentedAt, appliedAt),
  );
}

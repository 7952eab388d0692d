import { and, asc, desc, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { appendAudit } from '@/lib/audit/append';
import { endGrantsOfApp } from '@/lib/connections/breaker/end-grants';
import { type GrantLook, lookAtGrants } from '@/lib/connections/breaker/look-at-grants';
import type { PersonContext } from '@/lib/context';
import { notDeleted } from '@/lib/environments/queries';

/** A grant whose access token worked just before a secret was applied. */
interface SeenGrant {
  id: string;
  tokenHost: string;
  generation: number | null;
}

const MOST_USERS = 3;

/** One user's grant may end for a reason of its own in the same seconds. */
const FEWEST_USERS = 2;

/**
 * Grants of an environment's app whose access tokens work now, each of another Salesforce user, to look at again
 * afterwards: set-up grants first, which nobody reads through, then the administrator's own. No refresh token is
 * touched. Whose tokens are asked about is in the audit log before they are.
 */
export async function pickGrants(ctx: PersonContext, slug: string): Promise<SeenGrant[]> {
  const grants = await readGrants(ctx, slug);
  const [first] = grants;
  if (!first) return [];
  await withActor(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'environment.secret_look_at_grants',
      subjectId: first.environmentId,
      details: { connectionIds: grants.map(({ id }) => id) },
    }),
  );
  const looks = await lookAtGrants(grants);
  return grants.flatMap(({ id, tokenHost }, index) => {
    const look = looks[index];
    return look?.standing === 'alive' ? [{ id, tokenHost, generation: look.generation }] : [];
  });
}

function readGrants(ctx: PersonContext, slug: string) {
  const rank = sql<number>`CASE WHEN ${connections.purpose} = 'bootstrap' THEN 0
                                WHEN ${connections.ownerId} = ${ctx.personId} THEN 1 ELSE 2 END`.as('rank');
  return withSystem('secret rotation', (tx) => {
    const ofUsers = tx
      .selectDistinctOn([connections.salesforceUserId], {
        id: connections.id,
        environmentId: connections.environmentId,
        tokenHost: connections.tokenHost,
        retrievedAt: connections.retrievedAt,
        rank,
      })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(
        and(
          eq(environments.slug, slug),
          notDeleted,
          eq(connections.flow, 'authorization_code'),
          eq(connections.state, 'idle'),
          eq(connections.tokenHost, environments.origin),
          eq(connections.clientId, environments.clientId),
        ),
      )
      .orderBy(connections.salesforceUserId, asc(rank), desc(connections.retrievedAt))
      .as('of_users');
    return tx.select().from(ofUsers).orderBy(asc(ofUsers.rank), desc(ofUsers.retrievedAt)).limit(MOST_USERS);
  });
}

/**
 * Looks at the same grants once the org has rotated, and writes down what it does to grants. Those of two users or more,
 * all dead within seconds: it revokes them, so nobody sends their tokens one by one to hear it. One that lives says that
 * it keeps them. While the org may not have rotated yet, neither says anything.
 */
export async function observeGrants(rotationId: string, before: SeenGrant[]): Promise<void> {
  if (before.length === 0) return;
  const looks = await lookAtGrants(before);
  // A pair that came meanwhile is another one: it says nothing about those of before.
  const same = looks.filter(({ generation }, index) => generation === before[index]?.generation);
  const standings = same.map(({ standing }: GrantLook) => standing);
  const rotated = eq(secretRotations.orgRotated, true);
  if (standings.length === before.length && standings.every((standing) => standing === 'dead')) {
    if (before.length < FEWEST_USERS) return;
    const evidence = `The access tokens of ${before.length} users worked until the new secret was applied and were refused seconds later.`;
    const provided = or(eq(secretRotations.source, 'pasted'), rotated);
    await writeBehaviour(rotationId, { behaviour: 'revokes_all', evidence }, provided);
  } else if (standings.length > 0 && standings.every((standing) => standing === 'alive')) {
    const whose = before.length === 1 ? 'one user' : `${before.length} users`;
    const evidence = `The access tokens of ${whose} from before still worked after the org had rotated.`;
    await writeBehaviour(rotationId, { behaviour: 'keeps_old', evidence }, rotated);
  }
}

/**
 * Keeps what an org did to grants, if the rotation is still as `provided`; where it revoked them, they ask for a new
 * consent from now on.
 */
export async function writeBehaviour(
  rotationId: string,
  { behaviour, evidence }: { behaviour: 'keeps_old' | 'revokes_all'; evidence: string },
  provided?: SQL,
): Promise<void> {
  await withSystem('secret rotation', async (tx) => {
    const [rotation] = await tx
      .update(secretRotations)
      .set({ behaviour, behaviourEvidence: evidence })
      .where(and(eq(secretRotations.id, rotationId), isNotNull(secretRotations.appliedAt), provided))
      .returning({ environmentId: secretRotations.environmentId, appliedAt: secretRotations.appliedAt });
    if (!rotation?.appliedAt) return;
    const ended = behaviour === 'revokes_all' ? await endGrants(tx, rotation, evidence) : 0;
    await appendAudit(
      tx,
      { kind: 'system', reason: 'secret rotation', request: null },
      {
        action: 'environment.secret_behaviour',
        subjectId: rotation.environmentId,
        details: { rotationId, behaviour, evidence, ended },
      },
    );
  });
}

async function endGrants(
  tx: Tx,
  { environmentId, appliedAt }: { environmentId: string; appliedAt: Date | null },
  evidence: string,
): Promise<number> {
  if (appliedAt === null) return 0;
  const applied = `An administrator of Orgdock applied a new consumer secret, and the org revoked the grants of before.`;
  return await endGrantsOfApp(tx, { environmentId, since: appliedAt, evidence: [applied, evidence] });
}

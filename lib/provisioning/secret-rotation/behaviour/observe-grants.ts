import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
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

const MOST_GRANTS = 3;

/**
 * Some grants of an environment's app whose access tokens work now, to look at again afterwards: set-up grants first,
 * which nobody reads through, then the administrator's own. No refresh token is touched.
 */
export async function pickGrants(ctx: PersonContext, slug: string): Promise<SeenGrant[]> {
  const grants = await withSystem('secret rotation', (tx) =>
    tx
      .select({ id: connections.id, tokenHost: connections.tokenHost })
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
      .orderBy(
        asc(sql`CASE WHEN ${connections.purpose} = 'bootstrap' THEN 0
                     WHEN ${connections.ownerId} = ${ctx.personId} THEN 1 ELSE 2 END`),
        desc(connections.retrievedAt),
      )
      .limit(MOST_GRANTS),
  );
  const looks = await lookAtGrants(grants);
  return grants.flatMap((grant, index) => {
    const look = looks[index];
    return look?.standing === 'alive' ? [{ ...grant, generation: look.generation }] : [];
  });
}

/**
 * Looks at the same grants once the org has rotated, and writes down what it does to grants. All dead within seconds:
 * it revokes them, so nobody sends their tokens one by one to hear it. While the org may not have rotated yet, a grant
 * that lives says nothing.
 */
export async function observeGrants(rotationId: string, before: SeenGrant[]): Promise<void> {
  if (before.length === 0) return;
  const looks = await lookAtGrants(before);
  // A pair that came meanwhile is another one: it says nothing about those of before.
  const same = looks.filter(({ generation }, index) => generation === before[index]?.generation);
  const standings = same.map(({ standing }: GrantLook) => standing);
  const count = before.length === 1 ? 'One access token' : `${before.length} access tokens`;
  if (standings.length === before.length && standings.every((standing) => standing === 'dead')) {
    const evidence = `${count} of before worked until the new secret was applied and ${before.length === 1 ? 'was' : 'were'} refused seconds later.`;
    await writeBehaviour(rotationId, { behaviour: 'revokes_all', evidence });
  } else if (standings.length > 0 && standings.every((standing) => standing === 'alive')) {
    const evidence = `${count} of before still worked after the org had rotated.`;
    await writeBehaviour(rotationId, { behaviour: 'keeps_old', evidence });
  }
}

/** Keeps what an org did to grants; where it revoked them, they ask for a new consent from now on. */
export async function writeBehaviour(
  rotationId: string,
  { behaviour, evidence }: { behaviour: 'keeps_old' | 'revokes_all'; evidence: string },
): Promise<void> {
  await withSystem('secret rotation', async (tx) => {
    const [rotation] = await tx
      .update(secretRotations)
      .set({ behaviour, behaviourEvidence: evidence })
      .where(
        and(
          eq(secretRotations.id, rotationId),
          isNotNull(secretRotations.appliedAt),
          behaviour === 'keeps_old' ? eq(secretRotations.orgRotated, true) : undefined,
        ),
      )
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

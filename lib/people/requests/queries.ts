import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { accessRequests, environments, people } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { ProvenIdentity } from '@/lib/people/queries';
import type { AccessRequest, OwnRequest } from '@/lib/people/types';

const MOST = 200;

/** Requests that nobody has answered, the oldest first; for administrators and auditors. Throws FORBIDDEN. */
export async function listOpenRequests(ctx: PersonContext): Promise<AccessRequest[]> {
  assertRole(ctx, CUSTODIANS, 'see who asks for access');
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({
        request: accessRequests,
        personEmail: people.email,
        environment: { name: environments.name, kind: environments.kind },
      })
      .from(accessRequests)
      .leftJoin(people, eq(people.id, accessRequests.personId))
      .leftJoin(environments, eq(environments.id, accessRequests.environmentId))
      .where(isNull(accessRequests.decidedAt))
      .orderBy(asc(accessRequests.createdAt), asc(accessRequests.id))
      .limit(MOST),
  );
  return rows.map(({ request, personEmail, environment }) => ({
    id: request.id,
    personId: request.personId,
    displayName: request.displayName,
    username: request.username,
    email: request.email ?? personEmail,
    environment,
    message: request.message,
    createdAt: request.createdAt.toISOString(),
  }));
}

/** How many requests wait for an administrator; nobody else is asked to look. */
export async function countOpenRequests(ctx: PersonContext): Promise<number> {
  if (ctx.role !== 'admin') return 0;
  return await withActor(ctx, (tx) => tx.$count(accessRequests, isNull(accessRequests.decidedAt)));
}

/** What became of the last request of an identity that was proven and that nobody knows; null: it never asked. */
export async function findOwnRequest(
  systemTx: Tx,
  { issuer, subject }: Pick<ProvenIdentity, 'issuer' | 'subject'>,
): Promise<OwnRequest | null> {
  const [row] = await systemTx
    .select({
      createdAt: accessRequests.createdAt,
      decidedAt: accessRequests.decidedAt,
      decision: accessRequests.decision,
    })
    .from(accessRequests)
    .where(and(eq(accessRequests.issuer, issuer), eq(accessRequests.subject, subject)))
    .orderBy(desc(accessRequests.createdAt))
    .limit(1);
  if (!row || row.decision === 'granted') return null;
  return { requestedAt: row.createdAt.toISOString(), refusedAt: row.decidedAt?.toISOString() ?? null };
}

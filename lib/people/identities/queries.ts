import { asc, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { identities } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import type { OwnIdentity } from '@/lib/people/identities/types';

/** My identities, the oldest first. */
export async function listOwnIdentities(ctx: PersonContext): Promise<OwnIdentity[]> {
  const rows = await withActor(ctx, (tx) =>
    tx
      .select()
      .from(identities)
      .where(eq(identities.personId, ctx.personId))
      .orderBy(asc(identities.createdAt), asc(identities.id)),
  );
  return rows.map(({ id, issuer, username, createdAt }) => ({
    id,
    issuer,
    username,
    createdAt: createdAt.toISOString(),
  }));
}

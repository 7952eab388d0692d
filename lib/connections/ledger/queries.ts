import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { identities } from '@/db/schema/people';
import { newlyEvicted } from '@/lib/connections/ledger/eviction';
import {
  isSameUser,
  type LiveGrant,
  listLiveGrants,
  type UserOfApp,
} from '@/lib/connections/ledger/live-grants';
import type { EvictionWarning } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { notDeleted } from '@/lib/environments/queries';

/** A Salesforce user as whom a person may come back from a consent to an environment. */
interface Candidate extends UserOfApp {
  environmentId: string;
  username: string;
  orgName: string | null;
}

/**
 * The consents of this person that would make Salesforce end somebody's grant, as far as can be said before: the
 * Salesforce user is known for connections that may be renewed, and for the person's identities in the expected org
 * of an environment. Other owners are named to administrators only.
 */
export async function listEvictionWarnings(ctx: PersonContext): Promise<EvictionWarning[]> {
  return await withSystem('grant ledger', async (tx) => {
    const candidates = [...(await listIdentities(tx, ctx)), ...(await listRenewable(tx, ctx))];
    const first = candidates.filter(
      (one, index) =>
        index ===
        candidates.findIndex((other) => other.environmentId === one.environmentId && isSameUser(one, other)),
    );
    return await forecast(tx, ctx, first);
  });
}

async function forecast(tx: Tx, ctx: PersonContext, candidates: Candidate[]): Promise<EvictionWarning[]> {
  const grants = await listLiveGrants(tx, candidates);
  return candidates.flatMap((candidate) => {
    const live = grants.filter((grant) => isSameUser(grant, candidate));
    const oldest = newlyEvicted(live);
    if (!oldest || !isMissed(oldest, ctx, candidate)) return [];
    const { environmentId, username, orgName, orgId } = candidate;
    return [
      {
        environmentId,
        userName:
          live.findLast(({ userDisplayName }) => userDisplayName !== null)?.userDisplayName ?? username,
        username,
        orgName: orgName ?? orgId,
        liveGrants: live.length,
        oldest: {
          holder: holderInWords(oldest, ctx),
          environmentName: oldest.environmentName,
          since: oldest.consentedAt.toISOString(),
        },
      },
    ];
  });
}

/** Not one that Orgdock is ending anyway, and not the one that this very consent renews. */
function isMissed(grant: LiveGrant, { personId }: PersonContext, { environmentId }: Candidate): boolean {
  return !grant.ending && !(grant.ownerId === personId && grant.environmentId === environmentId);
}

function holderInWords({ ownerId, ownerName, serviceName }: LiveGrant, ctx: PersonContext): string {
  if (ownerId === ctx.personId) return 'you';
  const named = ctx.role === 'admin';
  if (ownerId === null) {
    return named && serviceName
      ? `the service connection “${serviceName}”`
      : 'a service connection of this portal';
  }
  return (named ? ownerName : null) ?? 'another person of this portal';
}

const app = {
  environmentId: environments.id,
  clientId: environments.clientId,
  orgName: environments.expectedOrgName,
};

function listIdentities(tx: Tx, { personId }: PersonContext): Promise<Candidate[]> {
  return tx
    .select({
      ...app,
      orgId: sql<string>`${environments.expectedOrgId}`,
      salesforceUserId: identities.subject,
      username: identities.username,
    })
    .from(environments)
    .innerJoin(identities, sql`${identities.issuer} = 'salesforce:' || ${environments.expectedOrgId}`)
    .where(and(eq(identities.personId, personId), isNotNull(environments.expectedOrgId), notDeleted));
}

function listRenewable(tx: Tx, { personId }: PersonContext): Promise<Candidate[]> {
  return tx
    .select({
      ...app,
      orgName: sql<string | null>`coalesce(${environments.expectedOrgName}, ${connections.orgName})`,
      orgId: connections.orgId,
      salesforceUserId: connections.salesforceUserId,
      username: connections.username,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .where(and(eq(connections.ownerId, personId), notDeleted));
}

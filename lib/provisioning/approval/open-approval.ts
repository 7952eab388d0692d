import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import {
  appObservations,
  approvalRequests,
  connections,
  databaseNow,
  environments,
  identities,
  people,
} from '@/db/schema';
import type { RequestFacts } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import { notDeleted } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import type { EnvironmentColor } from '@/lib/environments/types';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { findHoldingRefusal } from '@/lib/people/access/assert-may-hold';
import { linkWorks } from '@/lib/provisioning/approval/columns';
import { setupLinksOf } from '@/lib/provisioning/approval/setup-links';
import type { OpenedApproval } from '@/lib/provisioning/approval/types';
import { approvalCaseOf } from '@/lib/salesforce/oauth/refusals/needs-approval';
import { hashToken, matchesHash } from '@/lib/session/secret-hash';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Counts a look at a link or an answer to it. Throws RATE_LIMITED. */
export function countLink({ ip }: Pick<RequestFacts, 'ip'>): Promise<void> {
  return countAgainst('approval_link', addressKey(ip));
}

/**
 * The request of a link that works, of somebody who may connect there still. A link that nobody made, that has expired
 * and that has ended are the same to whoever tries it. In a system transaction.
 */
export async function findByToken(systemTx: Tx, token: string) {
  if (!TOKEN.test(token)) return null;
  const [row] = await systemTx
    .select({ request: approvalRequests, environment: environments, askedBy: people.displayName })
    .from(approvalRequests)
    .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
    .innerJoin(people, eq(people.id, approvalRequests.personId))
    .where(
      and(
        eq(approvalRequests.tokenHash, hashToken(token)),
        linkWorks,
        notDeleted,
        isNull(people.deactivatedAt),
      ),
    );
  if (!row || !matchesHash(token, row.request.tokenHash)) return null;
  return (await findHoldingRefusal(systemTx, row.request)) ? null : row;
}

/**
 * What a Salesforce administrator sees behind a link; null for one that nobody made, that has expired or ended. Public:
 * the token is the proof. Notes the first look. Throws RATE_LIMITED.
 */
export async function openApproval(token: string, from: RequestFacts): Promise<OpenedApproval | null> {
  await countLink(from);
  return await withSystem('approval link', async (tx) => {
    const found = await findByToken(tx, token);
    if (!found) return null;
    const { request, environment, askedBy } = found;
    await tx
      .update(approvalRequests)
      .set({ openedAt: databaseNow })
      .where(and(eq(approvalRequests.id, request.id), isNull(approvalRequests.openedAt)));
    const { salesforceError: error, salesforceDescription: description } = request;
    return {
      askedBy,
      username: await findUsername(tx, request.personId, environment),
      portal: new URL(portalOrigin()).host,
      environment: {
        name: environment.name,
        kind: environment.kind,
        color: environment.color as EnvironmentColor | null,
      },
      org: { name: environment.expectedOrgName, host: new URL(environment.origin).host },
      app: {
        name: await findAppName(tx, environment.id),
        type: environment.appType,
        consumerKey: environment.clientId,
        redirectUri: redirectUriOf(environment.slug),
        scopes: environment.scopes,
      },
      egressAddress: environment.egressAddress,
      refused: error === null ? null : { error, description },
      case: error === null ? null : approvalCaseOf(error, description),
      setup: setupLinksOf(environment.origin),
      expiresAt: request.expiresAt.toISOString(),
      doneAt: request.doneAt?.toISOString() ?? null,
    };
  });
}

/** As whom the person connects: by their last connection there, else by their identity in the org. */
async function findUsername(
  tx: Tx,
  personId: string,
  environment: typeof environments.$inferSelect,
): Promise<string | null> {
  const [connection] = await tx
    .select({ username: connections.username })
    .from(connections)
    .where(and(eq(connections.ownerId, personId), eq(connections.environmentId, environment.id)))
    .orderBy(desc(connections.consentedAt))
    .limit(1);
  if (connection) return connection.username;
  const [identity] = await tx
    .select({ username: identities.username })
    .from(identities)
    .where(
      and(
        eq(identities.personId, personId),
        eq(identities.issuer, `salesforce:${environment.expectedOrgId ?? ''}`),
      ),
    )
    .orderBy(desc(identities.createdAt))
    .limit(1);
  return identity?.username ?? null;
}

async function findAppName(tx: Tx, environmentId: string): Promise<string | null> {
  const [row] = await tx
    .select({ name: appObservations.developerName })
    .from(appObservations)
    .where(eq(appObservations.environmentId, environmentId));
  return row?.name ?? null;
}

import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connectLinks, databaseNow } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { type GrantedConnection, storeGrant } from '@/lib/connections/store-grant';
import type { ConsumedAttempt } from '@/lib/consent/attempts';
import { linkIsOpen } from '@/lib/consent/links/columns';
import { findLink, linkClosed, whyClosed } from '@/lib/consent/links/find-link';
import type { PersonId, RequestFacts, SystemContext } from '@/lib/context';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { OAuthApp, TokenAnswer, UserInfo } from '@/lib/salesforce/types';
import { matchesHash } from '@/lib/session/secret-hash';

/** The connect link that a consent came back for, looked at before its code is exchanged. */
export interface LinkUnderWay {
  id: string;
  /** Who will hold the connection. */
  holderId: PersonId;
  alias: string | null;
  browserHash: string;
}

/**
 * The link of an attempt whose browser was checked, if it may still be used by that browser. Throws CONNECT_LINK_INVALID.
 * In a system transaction.
 */
export async function requireLinkUnderWay(
  systemTx: Tx,
  { connectLinkId, browserHash }: Pick<ConsumedAttempt, 'connectLinkId' | 'browserHash'>,
  browser: string | null,
): Promise<LinkUnderWay> {
  const found = connectLinkId ? await findLink(systemTx, eq(connectLinks.id, connectLinkId)) : null;
  if (!found) throw linkClosed('unusable');
  const closed = await whyClosed(systemTx, found, browser);
  if (closed !== null) throw linkClosed(closed);
  const { link } = found;
  if (!matchesHash(browser, link.browserHash)) throw linkClosed('other_browser');
  return { id: link.id, holderId: link.holderId as PersonId, alias: link.alias, browserHash };
}

interface HandOver {
  environmentId: string;
  app: OAuthApp;
  answer: TokenAnswer;
  user: UserInfo;
  request: RequestFacts;
}

/** Stores what a stranger granted for the holder of the link, and uses the link up in the same transaction. */
export async function grantToHolder(link: LinkUnderWay, grant: HandOver): Promise<void> {
  const { request, ...granted } = grant;
  const ctx: SystemContext = { kind: 'system', reason: 'connect link', request };
  try {
    await storeGrant(ctx, {
      ...granted,
      ownerId: link.holderId,
      // Whoever opens a link never decides to which org an environment belongs.
      mayPinOrg: false,
      reconnects: null,
      alias: link.alias,
      alongside: (tx, connection) => markUsed(tx, ctx, link, grant.environmentId, connection),
    });
  } catch (error) {
    // Why the holder may not is no business of the visitor's.
    if (error instanceof AppError && OF_THE_HOLDER.has(error.code)) throw linkClosed('unusable');
    throw error;
  }
}

const OF_THE_HOLDER = new Set<ErrorCode>([
  'PERSON_DEACTIVATED',
  'RECORDS_NOT_FOR_AUDITORS',
  'ENVIRONMENT_NOT_OPEN',
]);

/** Of two consents by one link, the second one waits here and is refused, and its grant is given back. */
async function markUsed(
  tx: Tx,
  ctx: SystemContext,
  { id, browserHash }: LinkUnderWay,
  environmentId: string,
  connection: GrantedConnection,
): Promise<void> {
  const [row] = await tx
    .update(connectLinks)
    .set({ usedAt: databaseNow, connectionId: connection.id })
    .where(and(eq(connectLinks.id, id), eq(connectLinks.browserHash, browserHash), linkIsOpen))
    .returning({ id: connectLinks.id });
  if (!row) {
    const now = await findLink(tx, eq(connectLinks.id, id));
    throw linkClosed(now && now.state !== 'open' ? now.state : 'unusable');
  }
  const { id: connectionId, orgId, username } = connection;
  await appendAudit(tx, ctx, {
    action: 'connect_link.use',
    subjectId: id,
    details: { connectionId, environmentId, orgId, username },
  });
}

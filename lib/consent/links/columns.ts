import { type SQL, sql } from 'drizzle-orm';
import { apiKeys, connections, connectLinks } from '@/db/schema';
import type { ConnectLinkState } from '@/lib/consent/links/types';
import { summaryColumns } from '@/lib/environments/queries';

/** SQL: what became of a link. Whatever was first counts: a used one cannot be withdrawn, and none comes back. */
export const linkState: SQL<ConnectLinkState> = sql<ConnectLinkState>`CASE
  WHEN ${connectLinks.usedAt} IS NOT NULL THEN 'used'
  WHEN ${connectLinks.withdrawnAt} IS NOT NULL THEN 'withdrawn'
  WHEN ${connectLinks.expiresAt} <= orgdock.now() THEN 'expired'
  ELSE 'open' END`;

/** SQL: the link can be used still, as far as its own row says. */
export const linkIsOpen = sql<boolean>`(${connectLinks.usedAt} IS NULL AND ${connectLinks.withdrawnAt} IS NULL
  AND ${connectLinks.expiresAt} > orgdock.now())`;

export const linkColumns = {
  id: connectLinks.id,
  environment: summaryColumns,
  purpose: connectLinks.purpose,
  alias: connectLinks.alias,
  state: linkState,
  madeBy: apiKeys.name,
  createdAt: connectLinks.createdAt,
  expiresAt: connectLinks.expiresAt,
  openedAt: connectLinks.openedAt,
  usedAt: connectLinks.usedAt,
  connection: { id: connections.id, alias: connections.alias, username: connections.username },
};

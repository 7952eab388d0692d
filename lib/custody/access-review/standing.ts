import { sql } from 'drizzle-orm';
import { connections } from '@/db/schema/connections';
import { accessReviewItems } from '@/db/schema/custody';
import { CONNECTED } from '@/lib/connections/revocation/mark-disconnecting';
import type { Standing } from '@/lib/custody/access-review/types';

/** SQL: a connection that serves calls, or may do so again. */
export const isConnected = sql<boolean>`${connections.state} IN ${[...CONNECTED]}`;

/** SQL over items with their connections (left join): what became of the grant since the review began. */
export const standing = sql<Standing>`CASE
  WHEN ${connections.id} IS NULL OR NOT ${isConnected} THEN 'ended'
  WHEN ${connections.grantId} <> ${accessReviewItems.grantId} THEN 'replaced'
  ELSE 'unchanged' END`;

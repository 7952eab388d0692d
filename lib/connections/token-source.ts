import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connections } from '@/db/schema/connections';
import { assertNotEnded, openAccess, readGrantRow } from '@/lib/connections/grant-row';
import { clocks } from '@/lib/connections/refresh/clock';
import { callerWaitOf } from '@/lib/connections/refresh/policy';
import { renewAccess } from '@/lib/connections/refresh/renew';
import { serviceSource } from '@/lib/connections/service/words/service-source';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonId } from '@/lib/context';
import { processWide } from '@/lib/registry';
import type { TokenSource } from '@/lib/salesforce/types';

/** How exact "last used" is; writing it down for every call would cost more than the call. */
const USE_PRECISION_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** When this process last wrote down the use of a connection, on the monotonic clock. */
const uses = () => processWide('connections.uses', () => new Map<string, number>());

/**
 * The tokens of a connection that `requireConnection` authorised. The access token goes on being handed out while
 * a refresh runs or its outcome is unknown: it may work still, and when it does not, `renew` says why. `by` is the
 * person whose calls these are; null: the portal's own.
 */
export function tokenSource(
  connection: Pick<AuthorisedConnection, 'id'> & Partial<Pick<AuthorisedConnection, 'service'>>,
  by: PersonId | null = null,
): TokenSource {
  const { id, service = null } = connection;
  let waitMs: number | undefined;
  const source: TokenSource = {
    async current() {
      const row = await readGrantRow(id);
      waitMs = callerWaitOf(row.authenticationTimeoutSeconds);
      assertNotEnded(row);
      return await openAccess(row);
    },
    renew: (generation) => renewAccess(id, generation, 'expired', waitMs),
    async used() {
      const now = clocks().monotonic();
      if (now - (uses().get(id) ?? Number.NEGATIVE_INFINITY) < USE_PRECISION_MS) return;
      await withSystem('connection used', (tx) =>
        tx
          .update(connections)
          .set({ lastUsedAt: databaseNow, lastUsedBy: by })
          .where(
            and(
              eq(connections.id, id),
              or(
                isNull(connections.lastUsedAt),
                lt(
                  connections.lastUsedAt,
                  sql`${databaseNow} - ${USE_PRECISION_MS} * interval '1 millisecond'`,
                ),
              ),
            ),
          ),
      );
      if (uses().size >= MOST_REMEMBERED) uses().clear();
      uses().set(id, now);
    },
  };
  return service ? serviceSource(source) : source;
}

import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { apiKeyLocators } from '@/db/schema/broker/keys';
import type { BrokerCall } from '@/lib/broker/call/types';
import type { Touch } from '@/lib/broker/types';
import type { ReadableConnection } from '@/lib/connections/types';

type Caller = Pick<BrokerCall, 'ctx' | 'key'>;

/**
 * Remembers what the queries behind locators touch, so that a key whose policy limits objects may read on in its own lists, at
 * any replica. Of other keys nothing need be known.
 */
export async function rememberLocators(
  { ctx, key }: Caller,
  connection: ReadableConnection,
  { locators, touches }: { locators: readonly string[]; touches: readonly Touch[] },
): Promise<void> {
  if (key.policy.objects === null || locators.length === 0) return;
  const rows = [...new Set(locators.map(hashOf))].map((locatorHash) => ({
    keyId: key.id,
    connectionId: connection.id,
    locatorHash,
    touches: [...touches],
  }));
  await withActor(ctx, (tx) => tx.insert(apiKeyLocators).values(rows).onConflictDoNothing());
}

/** What the query behind a locator touches; null: it was not given to this key. */
export async function touchesOfLocator(
  { ctx, key }: Caller,
  connection: ReadableConnection,
  locator: string,
): Promise<Touch[] | null> {
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ touches: apiKeyLocators.touches })
      .from(apiKeyLocators)
      .where(
        and(
          eq(apiKeyLocators.keyId, key.id),
          eq(apiKeyLocators.connectionId, connection.id),
          eq(apiKeyLocators.locatorHash, hashOf(locator)),
        ),
      ),
  );
  return row ? (row.touches as Touch[]) : null;
}

/** Without the row at which a page begins. */
function hashOf(locator: string): string {
  return createHash('sha256').update(locator.replace(/-\d+$/, '')).digest('base64url');
}

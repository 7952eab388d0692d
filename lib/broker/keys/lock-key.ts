import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { apiKeys } from '@/db/schema/broker/keys';
import { invalid } from '@/lib/broker/keys/schema';
import type { KeyPolicy } from '@/lib/broker/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { isId } from '@/lib/people/schema';

/** Keys that work, of one person. */
const MAX_LIVE_KEYS = 50;

type LockedKey = Omit<typeof apiKeys.$inferSelect, 'policy'> & { policy: KeyPolicy };

/** Refuses auditors, who read no records, and programs: a key never makes or changes keys. Throws FORBIDDEN. */
export function assertMayHaveKeys({ role, apiKey }: PersonContext): void {
  if (apiKey) throw new AppError('FORBIDDEN', 'A program cannot manage API keys.');
  if (role !== 'auditor') return;
  throw new AppError('FORBIDDEN', 'Auditors have no API keys: they read no records.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}

/**
 * The row of a key that may be changed, locked until the end of the transaction: one's own, or for administrators
 * anybody's where `whose` says so. Throws FORBIDDEN, NOT_FOUND, CONFLICT when it is revoked.
 */
export async function lockKey(
  tx: Tx,
  ctx: PersonContext,
  id: string,
  whose: 'own' | 'anyone' = 'own',
): Promise<LockedKey> {
  assertMayHaveKeys(ctx);
  const own = whose === 'anyone' && ctx.role === 'admin' ? undefined : eq(apiKeys.ownerId, ctx.personId);
  const [key] = isId(id)
    ? await tx
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.id, id), own))
        .for('update')
    : [];
  if (!key) throw new AppError('NOT_FOUND', 'There is no such API key.');
  if (key.revokedAt === null) return { ...key, policy: key.policy as KeyPolicy };
  throw new AppError('CONFLICT', 'This key is revoked.', { nextStep: 'Make a new one.' });
}

/** One after another: the names and the number of a person's keys are looked at before they change. */
export async function lockKeysOf(tx: Tx, ownerId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`orgdock api keys ${ownerId}`}, 0))`);
}

/** Refuses a name that another key of the owner has which is not revoked. After `lockKeysOf`. Throws INVALID_INPUT. */
export async function assertNameIsFree(
  tx: Tx,
  owner: { ownerId: string; name: string; exceptId?: string },
): Promise<void> {
  const { ownerId, name, exceptId } = owner;
  const taken = await tx.$count(
    apiKeys,
    and(
      eq(apiKeys.ownerId, ownerId),
      isNull(apiKeys.revokedAt),
      sql`lower(${apiKeys.name}) = lower(${name})`,
      exceptId === undefined ? undefined : ne(apiKeys.id, exceptId),
    ),
  );
  if (taken > 0) throw invalid('The name was not taken', { name: 'Another key of yours has this name.' });
}

/** Refuses one more key than a person may have. After `lockKeysOf`. Throws CONFLICT. */
export async function assertRoomForKey(tx: Tx, ownerId: string): Promise<void> {
  const live = await tx.$count(
    apiKeys,
    and(
      eq(apiKeys.ownerId, ownerId),
      isNull(apiKeys.revokedAt),
      or(isNull(apiKeys.expiresAt), sql`${apiKeys.expiresAt} > orgdock.now()`),
    ),
  );
  if (live < MAX_LIVE_KEYS) return;
  throw new AppError(
    'CONFLICT',
    `You have ${MAX_LIVE_KEYS} API keys that work, which is as many as one person may have.`,
    {
      nextStep: 'Revoke one that nobody needs any more.',
    },
  );
}

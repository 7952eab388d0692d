import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { apiKeyDays, apiKeySecrets, apiKeys, people } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { type ReadBy, singleRead } from '@/db/single-read';
import { TODAY } from '@/lib/broker/call/day-counters';
import { hashSecret } from '@/lib/broker/keys/secret';
import type { RequestFacts } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { matchesHash } from '@/lib/session/secret-hash';

/** What an unknown secret is compared with, so that it takes as long as a known one. */
const NO_HASH = hashSecret('');

export type FoundKey = Row & {
  /** Why it is no good although it is genuine. */
  refusal: AppError | null;
};

/** The key of a genuine secret with its owner, and whether it is good. Notes a good one's use, at most once a minute. */
export async function findKey({
  secret,
  prefix,
  request,
}: {
  secret: string;
  prefix: string;
  request: RequestFacts;
}): Promise<FoundKey | null> {
  const [row] = await withSystem('API key lookup', readKey({ prefix }));
  const genuine = matchesHash(secret, row?.secretHash ?? NO_HASH);
  if (!row || !genuine) return null;
  const refusal = refusalOf(row);
  if (!refusal && row.isStale) await withSystem('API key use', (tx) => noteUse(tx, row, request));
  return { ...row, refusal };
}

const readKey = singleRead((tx) =>
  tx
    .select({
      prefix: apiKeySecrets.prefix,
      secretHash: apiKeySecrets.secretHash,
      key: apiKeys,
      person: people,
      rows: apiKeyDays.rows,
      calls: apiKeyDays.calls,
      at: sql`orgdock.now()`.mapWith(apiKeys.createdAt),
      isRetired: sql<boolean>`coalesce(${apiKeySecrets.retiresAt} <= orgdock.now(), false)`,
      isExpired: sql<boolean>`coalesce(${apiKeys.expiresAt} <= orgdock.now(), false)`,
      isStale: sql<boolean>`coalesce(${apiKeySecrets.lastUsedAt} < orgdock.now() - interval '1 minute', true)`,
    })
    .from(apiKeySecrets)
    .innerJoin(apiKeys, eq(apiKeys.id, apiKeySecrets.keyId))
    .innerJoin(people, eq(people.id, apiKeys.ownerId))
    .leftJoin(apiKeyDays, and(eq(apiKeyDays.keyId, apiKeys.id), eq(apiKeyDays.day, TODAY)))
    .where(eq(apiKeySecrets.prefix, sql.placeholder('prefix'))),
);

type Row = ReadBy<typeof readKey>;

function refusalOf({ key, person, isRetired, isExpired }: Row): AppError | null {
  if (key.revokedAt) {
    return new AppError('API_KEY_REVOKED', 'This API key was revoked.', { nextStep: 'Use another key.' });
  }
  if (person.deactivatedAt || person.role === 'auditor') {
    const nextStep = 'Use a key of somebody who works with this portal.';
    return new AppError('API_KEY_REVOKED', 'The owner of this API key may not use it any more.', {
      nextStep,
    });
  }
  if (isRetired) {
    const nextStep = 'Use the newer secret of the same key.';
    return new AppError('API_KEY_EXPIRED', 'This secret was replaced by a newer one.', { nextStep });
  }
  if (isExpired) {
    return new AppError('API_KEY_EXPIRED', 'This API key has expired.', { nextStep: 'Use another key.' });
  }
  return null;
}

/** Exempt from the audit rule: a last-used mark, not an act. The key first, as whoever revokes it locks. */
async function noteUse(tx: Tx, { key, prefix }: Row, { ip }: RequestFacts): Promise<void> {
  await tx.update(apiKeys).set({ lastUsedAt: databaseNow, lastUsedFrom: ip }).where(eq(apiKeys.id, key.id));
  await tx.update(apiKeySecrets).set({ lastUsedAt: databaseNow }).where(eq(apiKeySecrets.prefix, prefix));
}

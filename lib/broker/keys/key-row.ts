import type { apiKeySecrets, apiKeys } from '@/db/schema/broker/keys';
import type { ApiKey, KeyPolicy } from '@/lib/broker/types';

interface Row {
  key: typeof apiKeys.$inferSelect;
  state: ApiKey['state'];
  owner: string;
}

/** A key as pages show it. Never a hash. */
export function toKey({ key, state, owner }: Row, secrets: Array<typeof apiKeySecrets.$inferSelect>): ApiKey {
  return {
    id: key.id,
    name: key.name,
    owner: { id: key.ownerId, name: owner },
    // Written by the commands of this folder only, which check it.
    policy: key.policy as KeyPolicy,
    secrets: secrets.map(({ prefix, createdAt, retiresAt, lastUsedAt }) => ({
      prefix,
      createdAt: createdAt.toISOString(),
      retiresAt: retiresAt?.toISOString() ?? null,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    state,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: key.lastUsedFrom,
  };
}

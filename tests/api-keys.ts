import { withSystem } from '@/db/client';
import { apiKeySecrets, apiKeys } from '@/db/schema';
import { makeSecret } from '@/lib/broker/keys/secret';
import type { KeyPolicy } from '@/lib/broker/types';
import type { ApiKeyId } from '@/lib/context';

/** A policy that refuses nothing but raw tokens. */
export const OPEN_POLICY: KeyPolicy = {
  access: 'write',
  environments: null,
  connections: null,
  operations: ['query', 'search', 'read', 'create', 'update', 'delete', 'describe'],
  objects: null,
  namedQueries: null,
  families: [],
  rowsPerCall: null,
  rowsPerDay: null,
  callsPerDay: null,
  hours: null,
  addresses: null,
  rawToken: false,
};

export interface MadeKey {
  id: ApiKeyId;
  secret: string;
  prefix: string;
}

/** A key of a person, and the secret that is shown once. */
export async function makeApiKey(
  ownerId: string,
  policy: Partial<KeyPolicy> = {},
  values: Partial<typeof apiKeys.$inferInsert> & { retiresAt?: Date } = {},
): Promise<MadeKey> {
  const { retiresAt, ...columns } = values;
  const { secret, prefix, hash } = makeSecret();
  return await withSystem('test data', async (tx) => {
    const [key] = await tx
      .insert(apiKeys)
      .values({
        ownerId,
        createdBy: ownerId,
        name: 'Nightly',
        policy: { ...OPEN_POLICY, ...policy },
        ...columns,
      })
      .returning();
    const keyId = key?.id ?? '';
    await tx.insert(apiKeySecrets).values({ prefix, keyId, secretHash: hash, retiresAt: retiresAt ?? null });
    return { id: keyId as ApiKeyId, secret, prefix };
  });
}

/** A request of a program to the broker. */
export function keyRequest(
  secret: string | null,
  path = '/api/v1/connections',
  { headers = {}, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Request {
  const authorization = secret === null ? {} : { authorization: `Bearer ${secret}` };
  const address = { 'x-forwarded-for': '192.0.2.1' };
  return new Request(`http://localhost:3000${path}`, {
    ...init,
    headers: { ...address, ...authorization, ...headers },
  });
}

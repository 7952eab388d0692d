import { makeSecret } from '@/lib/broker/keys/secret';
import type { KeyPolicy } from '@/lib/broker/types';
import type { DemoUser } from '@/simulator/seed/facts';
import { OPEN_POLICY } from '@/tests/api-keys';
import { usernameOf } from './fixtures';
import type { Stack } from './stack';

/** Why a key is no good, though it was once. */
type SpentKey = 'expired' | 'revoked';

/**
 * Makes a key of somebody who has signed in before, by SQL: its secret, for which the watch looks from now on. The policy
 * refuses nothing but raw tokens, unless told otherwise.
 */
export async function makeKey(
  { sql, apiKeys }: Stack,
  person: DemoUser,
  policy: Partial<KeyPolicy> = {},
  spent: SpentKey | null = null,
): Promise<string> {
  const { secret, prefix, hash } = makeSecret();
  const [owner] =
    await sql`SELECT person_id AS id FROM orgdock.identities WHERE username = ${usernameOf(person)}`;
  const id = owner?.id as string;
  const [key] = await sql`
    INSERT INTO orgdock.api_keys (owner_id, created_by, name, policy, expires_at, revoked_at)
    VALUES (${id}, ${id}, 'Nightly', ${JSON.stringify({ ...OPEN_POLICY, ...policy })}::jsonb,
      ${spent === 'expired' ? new Date(0) : null}, ${spent === 'revoked' ? new Date() : null}) RETURNING id`;
  await sql`INSERT INTO orgdock.api_key_secrets (prefix, key_id, secret_hash)
    VALUES (${prefix}, ${key?.id as string}, ${hash})`;
  apiKeys.push({ kind: 'API key', value: secret });
  return secret;
}

/** What a program sends with a key; null: none. */
export function withKey(secret: string | null): Record<string, string> {
  return secret === null ? {} : { authorization: `Bearer ${secret}` };
}

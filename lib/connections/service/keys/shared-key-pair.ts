import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { type JwtCredentials, openKeys, storeCredentials } from '@/lib/connections/service/credentials';
import type { KeyPair } from '@/lib/connections/service/keys/key-pair';

/**
 * The key pair that the app of an environment has already, from its newest JWT bearer connection; null: there is none.
 * An app in Salesforce holds one certificate, so all of them sign with one key.
 */
export async function findSharedKeyPair(
  systemTx: Tx,
  at: { environmentId: string; except: string | null },
): Promise<KeyPair | null> {
  for (const { credentials } of await openJwtCredentials(systemTx, at)) {
    if (credentials.current) return credentials.current;
  }
  return null;
}

/** Gives every other connection that signs with `before` the key `now`: its certificate has taken the other's place. */
export async function shareNewKeyPair(
  systemTx: Tx,
  at: { environmentId: string; except: string },
  before: KeyPair,
  now: KeyPair,
): Promise<void> {
  for (const { id, credentials } of await openJwtCredentials(systemTx, at)) {
    if (credentials.current?.privateKey !== before.privateKey) continue;
    await storeCredentials(systemTx, id, { ...credentials, current: now });
  }
}

async function openJwtCredentials(
  tx: Tx,
  { environmentId, except }: { environmentId: string; except: string | null },
): Promise<Array<{ id: string; credentials: JwtCredentials }>> {
  const rows = await tx
    .select({ id: connections.id, username: connections.username })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, environmentId),
        eq(connections.flow, 'jwt_bearer'),
        isNull(connections.ownerId),
        isNull(connections.disconnectedAt),
        except === null ? undefined : ne(connections.id, except),
      ),
    )
    .orderBy(desc(connections.consentedAt));
  const opened = [];
  for (const { id, username } of rows) {
    opened.push({ id, credentials: await openKeys(tx, { id, username }) });
  }
  return opened;
}

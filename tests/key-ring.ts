import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, connections } from '@/db/schema';
import { registry } from '@/lib/registry';
import { type SealBinding, seal } from '@/lib/vault/seal';
import { makeContext, makeEnvironment } from './factories';

type TestKid = 'test' | 'k1' | 'k2' | 'k3';

const { keys: testKey } = JSON.parse(process.env.ORGDOCK_KEYRING ?? '{}') as {
  keys: { test: { value: string } };
};
const random = () => ({ value: randomBytes(32).toString('base64url') });
const keys = { ...testKey, k1: random(), k2: random(), k3: random() };

/**
 * The JSON of a ring with these keys, the same ones throughout a test file. The first is always the one of all tests:
 * the password of the database role, which every file shares, is derived from it.
 */
export function ringJson(active: TestKid, held: TestKid[] = ['k1', 'k2']): string {
  const kids: TestKid[] = ['test', ...held.filter((kid) => kid !== 'test')];
  return JSON.stringify({ active, keys: Object.fromEntries(kids.map((kid) => [kid, keys[kid]])) });
}

/** Makes this process read its ring anew from `ORGDOCK_KEYRING`: JSON or a path. Undone at the end of the test. */
export function useKeyring(setting: string): void {
  vi.stubEnv('ORGDOCK_KEYRING', setting);
  registry().slots.delete('env');
  registry().slots.delete('keyring');
}

export function useRing(active: TestKid, held?: TestKid[]): void {
  useKeyring(ringJson(active, held));
}

/** A ring in a file, as `useRing` has it in the setting. */
export function useRingFile(path: string, active: TestKid, held?: TestKid[]): void {
  writeFileSync(path, ringJson(active, held));
  useKeyring(path);
}

/** Connections with a sealed pair `access <id>` and `refresh <id>`; their ids, in order of id. */
export async function makeSecrets(count: number): Promise<string[]> {
  const { personId: ownerId } = await makeContext();
  const { id: environmentId } = await makeEnvironment();
  const ids = Array.from({ length: count }, () => randomUUID()).sort();
  const rows = ids.map((id) => ({
    id,
    ownerId,
    environmentId,
    orgId: '00D000000000001EAA',
    salesforceUserId: id,
    username: 'ada@acme.example',
    userDisplayName: 'Ada',
    instanceUrl: 'https://acme.my.salesforce.com',
    tokenHost: 'https://acme.my.salesforce.com',
    clientId: 'key',
    scopes: ['api'],
    grantId: randomUUID(),
  }));
  const secrets = await Promise.all(
    ids.map(async (id) => ({
      connectionId: id,
      accessToken: await seal(`access ${id}`, secretPlace('access_token', id)),
      refreshToken: await seal(`refresh ${id}`, secretPlace('refresh_token', id)),
    })),
  );
  await withSystem('test data', async (tx) => {
    await tx.insert(connections).values(rows);
    await tx.insert(connectionSecrets).values(secrets);
  });
  return ids;
}

export function secretPlace(column: 'access_token' | 'refresh_token', rowId: string): SealBinding {
  return { table: 'connection_secrets', column, rowId };
}

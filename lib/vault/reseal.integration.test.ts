import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import {
  connectionSecrets,
  consentAttempts,
  identityProviderSecrets,
  identityProviders,
  providerAttempts,
  serviceCredentials,
  strayGrants,
  webhookEndpoints,
  webhookSecrets,
} from '@/db/schema';
import { readKeyUsage } from '@/lib/vault/key-usage';
import { type ColumnProgress, resealColumn } from '@/lib/vault/reseal';
import { kidOf, open, type SealBinding, seal } from '@/lib/vault/seal';
import { SEALED_COLUMNS } from '@/lib/vault/sealed-columns';
import type { RunInSystem } from '@/lib/vault/sealed-values';
import { makeEnvironment } from '@/tests/factories';
import { makeSecrets, secretPlace, useRing } from '@/tests/key-ring';

const [ACCESS, REFRESH] = SEALED_COLUMNS;
const run: RunInSystem = (work) => withSystem('test', work);
const quiet = () => undefined;

const refreshPlace = (rowId: string) => secretPlace('refresh_token', rowId);

async function readSecrets(connectionId: string) {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(connectionSecrets).where(eq(connectionSecrets.connectionId, connectionId)),
  );
  return row;
}

async function storeRefreshToken(connectionId: string, refreshToken: string): Promise<void> {
  await withSystem('test', (tx) =>
    tx
      .update(connectionSecrets)
      .set({ refreshToken })
      .where(eq(connectionSecrets.connectionId, connectionId)),
  );
}

beforeEach(async () => {
  useRing('k1');
  await withSystem('test', (tx) => tx.delete(connectionSecrets));
});

describe('re-sealing a column', () => {
  it('walks over every page, and skips what the active key seals', async () => {
    const [before] = await makeSecrets(450);
    useRing('k2');
    const after = await makeSecrets(5);
    const seen: ColumnProgress[] = [];
    const counts = await resealColumn(run, REFRESH, (progress) => seen.push(progress));
    expect(counts).toEqual({ resealed: 450, already: 5, overtaken: 0, damaged: [] });
    const column = 'connection_secrets.refresh_token';
    expect(seen.map((progress) => progress.seen)).toEqual([0, 200, 400, 455]);
    expect(seen[0]).toEqual({ column, total: 455, seen: 0 });
    const kids = await withSystem('test', (tx) => tx.select().from(connectionSecrets));
    expect(new Set(kids.map((row) => kidOf(row.refreshToken ?? '')))).toEqual(new Set(['k2']));
    // The other column is another walk.
    expect(kids.filter((row) => kidOf(row.accessToken) === 'k1')).toHaveLength(450);
    expect(after).toHaveLength(5);
    expect(
      await open((await readSecrets(before ?? ''))?.refreshToken ?? '', refreshPlace(before ?? '')),
    ).toBe(`refresh ${before}`);
    expect(await resealColumn(run, REFRESH, quiet)).toMatchObject({ resealed: 0, already: 455 });
  });

  it('leaves the value that a refresh has stored in the moment of re-sealing', async () => {
    const [id = ''] = await makeSecrets(1);
    useRing('k2');
    const stored = await seal('from a refresh', refreshPlace(id));
    // Count, page, then the replacement: before that one, the refresh lands.
    let transactions = 0;
    const interrupted: RunInSystem = async (work) => {
      transactions += 1;
      if (transactions === 3) await storeRefreshToken(id, stored);
      return await withSystem('test', work);
    };
    expect(await resealColumn(interrupted, REFRESH, quiet)).toMatchObject({ resealed: 0, overtaken: 1 });
    expect((await readSecrets(id))?.refreshToken).toBe(stored);
  });

  it('does not bring back a row that was deleted meanwhile', async () => {
    const [id = ''] = await makeSecrets(1);
    useRing('k2');
    let transactions = 0;
    const interrupted: RunInSystem = async (work) => {
      transactions += 1;
      if (transactions === 3) await withSystem('test', (tx) => tx.delete(connectionSecrets));
      return await withSystem('test', work);
    };
    expect(await resealColumn(interrupted, REFRESH, quiet)).toMatchObject({ resealed: 0, overtaken: 1 });
    expect(await readSecrets(id)).toBeUndefined();
  });

  it('holds one row at a time, so that it takes part in no deadlock', async () => {
    await makeSecrets(3);
    useRing('k2');
    const written: number[] = [];
    const counting: RunInSystem = (work) =>
      withSystem('test', async (tx) => {
        const result = await work(tx);
        const { rows: locks } = await tx.execute<{ rows: number }>(
          sql`SELECT count(*)::int AS rows FROM orgdock.connection_secrets WHERE xmin = pg_current_xact_id()::xid`,
        );
        written.push(locks[0]?.rows ?? 0);
        return result;
      });
    expect((await resealColumn(counting, REFRESH, quiet)).resealed).toBe(3);
    expect(Math.max(...written)).toBe(1);
  });

  it('reports what does not open, each with its row, and goes on behind it', async () => {
    const [flipped = '', moved = '', unknown = '', whole = ''] = await makeSecrets(4);
    const sealed = (await readSecrets(flipped))?.refreshToken ?? '';
    await storeRefreshToken(flipped, `${sealed.slice(0, -4)}AAAA`);
    await storeRefreshToken(moved, await seal('of another row', refreshPlace(whole)));
    useRing('k3', ['k3']);
    await storeRefreshToken(unknown, await seal('under a key that is lost', refreshPlace(unknown)));
    useRing('k2', ['k1', 'k2']);

    const { resealed, damaged } = await resealColumn(run, REFRESH, quiet);
    expect(resealed).toBe(1);
    const found = damaged.map(({ binding, error }) => [binding.rowId, error.code]).sort();
    expect(found).toEqual(
      [
        [flipped, 'VAULT_VALUE_DAMAGED'],
        [moved, 'VAULT_BINDING_MISMATCH'],
        [unknown, 'VAULT_KEY_UNKNOWN'],
      ].sort(),
    );
    expect((await readSecrets(flipped))?.refreshToken).toBe(`${sealed.slice(0, -4)}AAAA`);
  });

  it('counts the values of each key, those that the ring does not hold and those that name none', async () => {
    const [nameless = '', unknown = ''] = await makeSecrets(3);
    await storeRefreshToken(nameless, 'not sealed at all');
    useRing('k3', ['k3']);
    await storeRefreshToken(unknown, await seal('under a key that is lost', refreshPlace(unknown)));
    useRing('k2');
    const usage = await readKeyUsage(run);
    expect(Object.fromEntries(usage.values)).toEqual({ k1: 4, k3: 1 });
    expect(usage.nameless).toEqual([refreshPlace(nameless)]);
  });

  it('does not take a failing database for a damaged value', async () => {
    await makeSecrets(1);
    useRing('k2');
    let transactions = 0;
    const failing: RunInSystem = (work) => {
      transactions += 1;
      if (transactions === 3) throw new Error('the database went away');
      return withSystem('test', work);
    };
    await expect(resealColumn(failing, ACCESS, quiet)).rejects.toThrow('went away');
  });

  it.each(SEALED_COLUMNS)('finds a value of $table.$column', async (listed) => {
    const { table, column, rowIdColumn } = listed;
    const rows = await makeRows();
    const rowId = rows[table];
    const place = { table, column, rowId } as SealBinding;
    const where = sql`WHERE ${sql.identifier(rowIdColumn)} = ${rowId}`;
    const [name, value] = [sql`orgdock.${sql.identifier(table)}`, sql.identifier(column)];
    const sealed = await seal('the secret', place);
    await withSystem('test', (tx) => tx.execute(sql`UPDATE ${name} SET ${value} = ${sealed} ${where}`));
    useRing('k2');
    await resealColumn(run, listed, quiet);
    const {
      rows: [row],
    } = await withSystem('test', (tx) =>
      tx.execute<{ value: string }>(sql`SELECT ${value} AS value FROM ${name} ${where}`),
    );
    expect(kidOf(row?.value ?? '')).toBe('k2');
    expect(await open(row?.value ?? '', place)).toBe('the secret');
  });
});

/** A row in each table with sealed columns; their ids. */
async function makeRows(): Promise<Record<(typeof SEALED_COLUMNS)[number]['table'], string>> {
  const { id: environmentId } = await makeEnvironment({ sealedConsumerSecret: 'x' });
  const [connectionId = ''] = await makeSecrets(1);
  const app = { tokenHost: 'https://acme.my.salesforce.com', clientId: 'key' };
  const [attemptId, strayId, identityProviderId] = [randomUUID(), randomUUID(), randomUUID()];
  const endpointId = randomUUID();
  await withSystem('test', async (tx) => {
    await tx.insert(serviceCredentials).values({ connectionId, username: 'x', secret: 'x' });
    await tx.insert(consentAttempts).values({
      ...app,
      id: attemptId,
      stateHash: attemptId,
      browserHash: 'x',
      environmentId,
      intent: 'connect',
      codeVerifier: 'x',
      callbackPath: '/',
      expiresAt: new Date(),
    });
    const provider = {
      id: identityProviderId,
      slug: identityProviderId,
      name: 'x',
      issuer: 'x',
      clientId: 'x',
    };
    await tx.insert(identityProviders).values({ ...provider, scopes: [] });
    await tx.insert(identityProviderSecrets).values({ identityProviderId, clientSecret: 'x' });
    await tx.insert(providerAttempts).values({
      id: attemptId,
      stateHash: attemptId,
      browserHash: 'x',
      identityProviderId,
      codeVerifier: 'x',
      nonce: 'x',
      callbackPath: '/',
      expiresAt: new Date(),
    });
    const endpoint = { id: endpointId, url: 'https://hooks.example', events: [], createdBy: randomUUID() };
    await tx.insert(webhookEndpoints).values(endpoint);
    await tx.insert(webhookSecrets).values({ endpointId, secret: 'x' });
    await tx.insert(strayGrants).values({
      ...app,
      id: strayId,
      connectionId,
      environmentId,
      grantId: randomUUID(),
      generation: 1,
      why: 'test',
    });
  });
  return {
    connection_secrets: connectionId,
    service_credentials: connectionId,
    environment_secrets: environmentId,
    consent_attempts: attemptId,
    identity_provider_secrets: identityProviderId,
    provider_attempts: attemptId,
    stray_grants: strayId,
    webhook_secrets: endpointId,
  };
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { migrate } from '@/db/migrate';
import { openOwnerConnection } from '@/db/pool';
import type { Sql, TransactionSql } from '@/db/sql';

let dataDir: string;
let server: EmbeddedServer;
let owner: Sql;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'orgdock-migration-0003-'));
  server = await startEmbedded(dataDir);
  const admin = openOwnerConnection(server.url);
  // Not a superuser: the rows are behind their wall for the owner too.
  await admin.unsafe("CREATE ROLE structure_owner LOGIN PASSWORD 'x'");
  await admin.unsafe('CREATE DATABASE older OWNER structure_owner');
  await admin.end();
  const url = new URL(server.url);
  Object.assign(url, { username: 'structure_owner', password: 'x', pathname: '/older' });
  owner = openOwnerConnection(url.href);
});

afterAll(async () => {
  await owner.end();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const asSystem = <T>(work: (tx: TransactionSql) => Promise<T>) =>
  owner.begin(async (tx) => {
    await tx`SELECT set_config('orgdock.system_reason', 'test', true)`;
    return await work(tx);
  });

/** A database as the version before left it. */
async function applyOlder(): Promise<void> {
  const older = readMigrationFiles({ migrationsFolder: 'db/migrations' }).slice(0, 3);
  await owner.begin(async (tx) => {
    await tx`CREATE SCHEMA orgdock`;
    await tx`CREATE TABLE orgdock.migrations (
      id integer PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;
    for (const [id, { sql, hash }] of older.entries()) {
      for (const statement of sql) await tx.unsafe(statement);
      await tx`INSERT INTO orgdock.migrations (id, hash) VALUES (${id}, ${hash})`;
    }
  });
}

it('gives every connection the app of its environment, and ends the consents under way', async () => {
  await applyOlder();
  const host = 'https://acme.my.salesforce.com';
  await asSystem(async (tx) => {
    const [person] = await tx`
      INSERT INTO orgdock.people (display_name) VALUES ('Ada') RETURNING id`;
    for (const key of ['one', 'two']) {
      const [environment] = await tx`
        INSERT INTO orgdock.environments (slug, name, kind, origin, client_id, api_version, scopes, updated_at)
        VALUES (${key}, ${key}, 'sandbox', ${host}, ${`key-${key}`}, '66.0', '{api}', '2026-01-02T03:04:05Z')
        RETURNING id`;
      const [owns, at] = [person?.id ?? '', environment?.id ?? ''];
      await tx`
        INSERT INTO orgdock.connections (environment_id, owner_id, org_id, salesforce_user_id, username,
          user_display_name, instance_url, token_host, scopes, grant_id)
        VALUES (${at}, ${owns}, '00D', '005', ${key}, 'Ada', ${host}, ${host}, '{api}', ${randomUUID()})`;
      await tx`
        INSERT INTO orgdock.consent_attempts (state_hash, browser_hash, environment_id, intent, code_verifier,
          callback_path, expires_at)
        VALUES (${key}, 'b', ${at}, 'connect', 'sealed', '', now())`;
    }
  });

  await migrate(owner);

  const [grants, attempts, environments] = await asSystem(async (tx) => [
    await tx`SELECT username, client_id FROM orgdock.connections ORDER BY username`,
    await tx`SELECT id FROM orgdock.consent_attempts`,
    await tx`SELECT app_changed_at = updated_at AS same FROM orgdock.environments`,
  ]);
  expect(grants).toEqual([
    { username: 'one', client_id: 'key-one' },
    { username: 'two', client_id: 'key-two' },
  ]);
  expect(attempts).toHaveLength(0);
  expect(environments).toEqual([{ same: true }, { same: true }]);
});

import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { asOwner } from '@/tests/database-owner';
import { migrate } from './migrate';
import { openOwnerConnection, openPool } from './pool';
import { assertPoolRole, PORTAL_ROLE, preparePoolRole } from './roles';
import type { Sql } from './sql';

const ownerUrl = () => process.env.DATABASE_URL ?? '';
const madeRoles: string[] = [];

/** A login role of this test, and the URL that logs in as it. */
async function makeRole(attributes = ''): Promise<{ role: string; url: string }> {
  const role = `orgdock_test_${randomBytes(4).toString('hex')}`;
  await asOwner((sql) => sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'pw' ${attributes}`));
  madeRoles.push(role);
  const url = new URL(ownerUrl());
  url.username = role;
  url.password = 'pw';
  return { role, url: url.href };
}

async function withConnection<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = openOwnerConnection(url);
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

afterEach(async () => {
  for (const role of madeRoles.splice(0)) {
    await asOwner((sql) => sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`));
  }
});

describe('the role of the pool', () => {
  it('is orgdock_portal when the configured one is the owner or a superuser', async () => {
    const url = await withConnection(ownerUrl(), (owner) => preparePoolRole(owner, ownerUrl()));
    expect(new URL(url).username).toBe(PORTAL_ROLE);
    await withConnection(url, assertPoolRole);
    const [facts] = await asOwner(
      (sql) => sql`
        SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin
          FROM pg_roles WHERE rolname = ${PORTAL_ROLE}`,
    );
    expect(facts).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: true,
    });
  });

  it('is the configured one, with its rights granted, when that is a plain login', async () => {
    const { url } = await makeRole();
    expect(await withConnection(ownerUrl(), (owner) => preparePoolRole(owner, url))).toBe(url);
    await withConnection(url, async (sql) => {
      await assertPoolRole(sql);
      expect(await sql`SELECT * FROM orgdock.people`).toHaveLength(0);
      await expect(sql`DELETE FROM orgdock.audit_log`).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('is refused when it may bypass row-level security', async () => {
    const { url, role } = await makeRole('BYPASSRLS');
    await asOwner((sql) => sql.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${role}`));
    const pool = openPool(url);
    await expect(assertPoolRole(pool)).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('BYPASSRLS'),
    });
    await pool.end();
  });

  it('is refused when it may change the audit log', async () => {
    const { url, role } = await makeRole();
    await asOwner((sql) =>
      sql.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${role}; GRANT UPDATE ON orgdock.audit_log TO ${role}`),
    );
    await withConnection(url, (sql) =>
      expect(assertPoolRole(sql)).rejects.toMatchObject({
        message: expect.stringContaining('it may change the audit log'),
      }),
    );
  });

  it('loses a right on the audit log that somebody gave it', async () => {
    const { url, role } = await makeRole();
    await asOwner((sql) =>
      sql.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${role}; GRANT UPDATE ON orgdock.audit_log TO ${role}`),
    );
    await withConnection(ownerUrl(), (owner) => preparePoolRole(owner, url));
    await withConnection(url, assertPoolRole);
  });

  it('explains what to do when the owner may not equip it', async () => {
    const { url, role } = await makeRole();
    await asOwner((sql) =>
      sql.unsafe(
        `ALTER SCHEMA orgdock OWNER TO ${role}; REVOKE INSERT ON orgdock.people FROM ${PORTAL_ROLE}`,
      ),
    );
    await withConnection(url, (owner) =>
      expect(preparePoolRole(owner, url)).rejects.toMatchObject({
        code: 'MISCONFIGURED',
        nextStep: expect.stringContaining('CREATEROLE'),
      }),
    );
    await asOwner((sql) => sql.unsafe('ALTER SCHEMA orgdock OWNER TO CURRENT_USER'));
    await withConnection(ownerUrl(), (owner) => preparePoolRole(owner, ownerUrl()));
  });
});

describe('migrate', () => {
  it('does nothing, and needs no right, when the database is up to date', async () => {
    const { url, role } = await makeRole();
    await asOwner((sql) =>
      sql.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${role}; GRANT SELECT ON orgdock.migrations TO ${role}`),
    );
    await withConnection(url, migrate);
  });

  it('explains what to do when the role may not migrate', async () => {
    const { url } = await makeRole();
    const name = `orgdock_empty_${randomBytes(4).toString('hex')}`;
    await asOwner((sql) => sql.unsafe(`CREATE DATABASE ${name}`));
    const empty = new URL(url);
    empty.pathname = `/${name}`;
    await withConnection(empty.href, (sql) =>
      expect(migrate(sql)).rejects.toMatchObject({
        code: 'MISCONFIGURED',
        nextStep: expect.stringContaining('DATABASE_OWNER_URL'),
      }),
    );
    await asOwner((sql) => sql.unsafe(`DROP DATABASE ${name}`));
  });

  it('refuses a database that is newer than the code', async () => {
    await asOwner((sql) => sql`INSERT INTO orgdock.migrations (id, hash) VALUES (900, 'later')`);
    await withConnection(ownerUrl(), (sql) =>
      expect(migrate(sql)).rejects.toMatchObject({
        code: 'MISCONFIGURED',
        message: expect.stringContaining('newer than this version'),
      }),
    );
    await asOwner((sql) => sql`DELETE FROM orgdock.migrations WHERE id = 900`);
  });

  it('refuses a database with another history', async () => {
    await asOwner((sql) => sql`UPDATE orgdock.migrations SET hash = 'x' || hash WHERE id = 1`);
    await withConnection(ownerUrl(), (sql) =>
      expect(migrate(sql)).rejects.toMatchObject({ message: expect.stringContaining('Migration 1') }),
    );
    await asOwner((sql) => sql`UPDATE orgdock.migrations SET hash = substr(hash, 2) WHERE id = 1`);
  });
});

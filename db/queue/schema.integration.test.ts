import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate } from '@/db/migrate';
import { openOwnerConnection, openPool } from '@/db/pool';
import { installQueue } from '@/db/queue/schema';
import { assertPoolRole, PORTAL_ROLE, preparePoolRole } from '@/db/roles';
import type { Sql } from '@/db/sql';
import { asOwner } from '@/tests/database-owner';

const ownerUrl = () => process.env.DATABASE_URL ?? '';
const roles: string[] = [];

afterEach(async () => {
  // The next test finds the queue as every start but the first does.
  await install(ownerUrl());
  for (const role of roles.splice(0)) {
    await asOwner((sql) => sql.unsafe(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`));
  }
});

async function makeRole(attributes = ''): Promise<string> {
  const role = `orgdock_test_${randomBytes(4).toString('hex')}`;
  await asOwner((sql) => sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'pw' ${attributes}`));
  roles.push(role);
  return urlOf(role);
}

function urlOf(role: string): string {
  return Object.assign(new URL(ownerUrl()), { username: role, password: 'pw' }).href;
}

/** What a start does with the owner and the pool's address, and then `work` as the pool's role. */
async function install<T>(
  url: string,
  options: { owner?: string; queueUrl?: string } = {},
  work?: (pool: Sql) => Promise<T>,
): Promise<T | undefined> {
  const owner = openOwnerConnection(options.owner ?? ownerUrl());
  try {
    await migrate(owner);
    const poolUrl = await preparePoolRole(owner, url);
    const pool = openPool(poolUrl);
    try {
      await assertPoolRole(pool);
      await installQueue(owner, pool, options.queueUrl ?? poolUrl);
      await assertPoolRole(pool);
      return await work?.(pool);
    } finally {
      await pool.end();
    }
  } finally {
    await owner.end();
  }
}

const addJob = async (pool: Sql) =>
  (await pool<[{ id: string }]>`SELECT id FROM graphile_worker.add_job('health')`)[0].id;

const ownersOf = () =>
  asOwner(
    (sql) => sql<Array<{ owner: string }>>`
      SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class
       WHERE relnamespace = 'graphile_worker'::regnamespace AND relkind = 'r'`,
  );

const drop = () => asOwner((sql) => sql`DROP SCHEMA graphile_worker CASCADE`);

describe('the schema of the job queue', () => {
  it('is filled and owned by the pool’s role, which may make no other schema', async () => {
    await drop();
    await install(ownerUrl(), {}, async (pool) => {
      expect(await addJob(pool)).toBe('1');
      await expect(pool`CREATE SCHEMA mine`).rejects.toMatchObject({ code: '42501' });
    });
    expect(await ownersOf()).toEqual([{ owner: PORTAL_ROLE }]);
  });

  it('is made once by several processes that start together', async () => {
    await drop();
    await Promise.all([1, 2, 3, 4].map(() => install(ownerUrl())));
    const [row] = await asOwner(
      (sql) => sql`SELECT count(*)::int AS count, max(id) AS last FROM graphile_worker.migrations`,
    );
    expect(row?.['count']).toBe(row?.['last']);
  });

  it('keeps its jobs at the next start', async () => {
    await install(ownerUrl(), {}, addJob);
    await install(ownerUrl());
    expect(await asOwner((sql) => sql`SELECT 1 FROM graphile_worker.jobs`)).not.toHaveLength(0);
  });

  it('is made for a pool role that an operator provides, by an owner who is no superuser', async () => {
    await drop();
    const plain = await makeRole();
    const owner = await makeRole();
    const ownerRole = roles.at(-1) ?? '';
    await asOwner(async (sql) => {
      const [row] = await sql`SELECT current_database() AS name`;
      await sql.unsafe(`GRANT CREATE ON DATABASE ${row?.['name']} TO ${ownerRole};
        GRANT USAGE ON SCHEMA orgdock TO ${ownerRole}; GRANT SELECT ON orgdock.migrations TO ${ownerRole}`);
    });
    await install(plain);
    await drop();
    expect(await install(plain, { owner }, addJob)).toBe('1');
    expect(await ownersOf()).toEqual([{ owner: roles[0] }]);
    await drop();
  });

  it('is made anew when its tables belong to another role, as after a restore', async () => {
    await install(ownerUrl());
    const plain = await makeRole();
    expect(await install(plain, {}, addJob)).toBe('1');
    expect(await ownersOf()).toEqual([{ owner: roles[0] }]);
  });

  it('is left alone when it is another application’s', async () => {
    await drop();
    await asOwner((sql) => sql.unsafe('CREATE SCHEMA graphile_worker; CREATE TABLE graphile_worker.jobs ()'));
    await expect(install(ownerUrl())).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('another application'),
    });
    expect(await asOwner((sql) => sql`SELECT 1 FROM graphile_worker.jobs`)).toEqual([]);
    await drop();
  });

  it('cannot be made by a role that may make no schema, and says who must', async () => {
    const plain = await makeRole();
    await install(plain);
    await drop();
    await expect(install(plain, { owner: plain })).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      nextStep: expect.stringContaining('DATABASE_OWNER_URL'),
    });
  });

  it('is not made by way of a direct address that is somebody else’s', async () => {
    const queueUrl = await makeRole();
    await expect(install(ownerUrl(), { queueUrl })).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('DATABASE_DIRECT_URL logs in as'),
    });
  });
});

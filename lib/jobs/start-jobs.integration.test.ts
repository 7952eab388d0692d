import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import { sweepNotices } from '@/lib/jobs/notices';
import { type Jobs, startJobs } from '@/lib/jobs/start-jobs';
import { enqueue } from '@/lib/queue/enqueue';
import type { Job } from '@/lib/queue/schema';
import { registry } from '@/lib/registry';
import { asOwner } from '@/tests/database-owner';
import { type ConnectionRow, makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { startMailServer, useMailServer } from '@/tests/mail-server';

const HEALTH: Job = { task: 'health', payload: {} };
let jobs: Jobs | null = null;

afterEach(async () => {
  await jobs?.stop();
  registry().slots.delete('jobs');
  registry().drains.splice(0);
});

function start(): void {
  jobs = startJobs();
}

/** A refresh whose holder died: the health sweep will call it unknown. */
async function makeLost(): Promise<ConnectionRow> {
  const ctx = await makeContext();
  const environment = await makeEnvironment();
  const owner = { ownerId: ctx.personId, environmentId: environment.id };
  return await makeConnection(owner, { state: 'refreshing', leaseUntil: new Date(Date.now() - 1_000) });
}

async function stateOf({ id }: ConnectionRow): Promise<string | undefined> {
  const [row] = await withSystem('test', (tx) =>
    tx.select({ state: connections.state }).from(connections).where(eq(connections.id, id)),
  );
  return row?.state;
}

const becomesUncertain = (connection: ConnectionRow) =>
  expect.poll(() => stateOf(connection).catch(() => null), { timeout: 20_000 }).toBe('uncertain');

const waitingJobs = async () =>
  (
    await withSystem('test', (tx) =>
      tx.execute(sql`SELECT task_identifier, attempts FROM graphile_worker.jobs`),
    )
  ).rows;

const sessions = () =>
  asOwner(
    (sql) => sql<Array<{ query: string }>>`
      SELECT query FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'orgdock jobs'`,
  );

const listens = async () => (await sessions()).some(({ query }) => query.startsWith('LISTEN'));

/** Ends every connection of the portal and lets none in until `setAway(false)`. */
async function setAway(away: boolean): Promise<void> {
  await asOwner(async (sql) => {
    const [row] = await sql`SELECT current_database() AS name`;
    await sql.unsafe(`ALTER DATABASE ${row?.name} CONNECTION LIMIT ${away ? 0 : -1}`);
    if (!away) return;
    await sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name IN ('orgdock portal', 'orgdock jobs')`;
  });
}

describe('a job', () => {
  it('is there when its transaction has committed, and only then, once', async () => {
    const ctx = await makeContext();
    await withActor(ctx, async (tx) => {
      await enqueue(tx, HEALTH);
      throw new RangeError('rolled back');
    }).catch(() => undefined);
    expect(await waitingJobs()).toEqual([]);
    // A person's own transaction may add jobs as well: row-level security is about people's rows.
    await withActor(ctx, (tx) => enqueue(tx, HEALTH));
    await withSystem('test', (tx) => enqueue(tx, HEALTH));
    expect(await waitingJobs()).toEqual([{ task_identifier: 'health', attempts: 0 }]);
  });

  it('with a payload that is none is refused, and nothing of its transaction stays', async () => {
    const payload = { notificationId: 'no id' };
    await expect(
      withSystem('test', (tx) => enqueue(tx, { task: 'notice_mail', payload })),
    ).rejects.toMatchObject({ name: 'ZodError' });
  });
});

describe('the job worker', () => {
  it('runs a job as soon as it is told of it', async () => {
    const lost = await makeLost();
    start();
    await expect.poll(listens, { timeout: 20_000 }).toBe(true);
    await withSystem('test', (tx) => enqueue(tx, HEALTH));
    await becomesUncertain(lost);
    await expect.poll(waitingJobs).toEqual([]);
  });

  it('is one in a process, however often it is started', async () => {
    start();
    expect(startJobs()).toBe(jobs);
    expect(registry().drains).toHaveLength(1);
  });

  it('looks by itself, and subscribes to nothing, where connections keep no session', async () => {
    await stopDatabase();
    vi.stubEnv('DATABASE_PREPARE', 'false');
    registry().slots.delete('env');
    const lost = await makeLost();
    await withSystem('test', (tx) => enqueue(tx, HEALTH));
    start();
    await becomesUncertain(lost);
    expect(await listens()).toBe(false);
    await jobs?.stop();
    await stopDatabase();
    registry().slots.delete('env');
  });

  it('waits at a stop for the job that runs, and takes no other', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    server.beforeMail = () => held;
    await makeMailDue();
    start();
    await expect.poll(() => server.connections, { timeout: 20_000 }).toBe(1);
    const lost = await makeLost();
    const stopped = jobs?.stop();
    await withSystem('test', (tx) => enqueue(tx, HEALTH));
    letGo();
    await stopped;
    expect(server.mails).toHaveLength(1);
    expect(await stateOf(lost)).toBe('refreshing');
    // PostgreSQL ends a session a moment after its client has closed it.
    await expect.poll(sessions).toEqual([]);
  });

  it('goes on after the database was away, and so does the job that ran meanwhile', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    await makeMailDue();
    let failures = 0;
    server.beforeMail = async () => {
      failures += 1;
      if (failures === 1) await setAway(true);
    };
    start();
    // The mail is out, but that cannot be written down: the job fails, and so does failing it.
    await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(1);
    await setAway(false);
    await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(2);
    await expect.poll(() => waitingJobs().catch(() => null), { timeout: 20_000 }).toEqual([]);
    const lost = await makeLost();
    await withSystem('test', (tx) => enqueue(tx, HEALTH));
    await becomesUncertain(lost);
  });

  it('tries a mail again that the mail server did not take', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    server.inTrouble = true;
    await makeMailDue();
    start();
    await expect.poll(() => server.connections, { timeout: 20_000 }).toBe(1);
    server.inTrouble = false;
    await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(waitingJobs).toEqual([]);
  });
});

/** Somebody's connection has ended, and the mail about it waits. */
async function makeMailDue(): Promise<void> {
  const ctx = await makeContext();
  const environment = await makeEnvironment();
  const owner = { ownerId: ctx.personId, environmentId: environment.id };
  await withSystem('test', (tx) => tx.delete(connections));
  await makeConnection(owner, { state: 'needs_reconnect', problemAt: new Date() });
  await sweepNotices();
}

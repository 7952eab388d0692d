import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments, notifications, people } from '@/db/schema';
import { mailNotice } from '@/lib/jobs/mail-notice';
import { sweepNotices } from '@/lib/jobs/notices';
import { dismissNotice } from '@/lib/notify/commands';
import { listNotices } from '@/lib/notify/queries';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { startMailServer, useMailServer } from '@/tests/mail-server';

const DAY = 24 * 3_600_000;
type ConnectionChanges = Parameters<typeof makeConnection>[1];

beforeEach(async () => {
  await withSystem('test', async (tx) => {
    await tx.delete(connections);
    await tx.update(people).set({ deactivatedAt: sql`orgdock.now()` });
    await tx.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });
});

/** A connection of somebody whose keep-alive is off, with 6 days left of its 30. */
async function makeEndingSoon(changes: ConnectionChanges = {}) {
  const ctx = await makeContext();
  const environment = await makeEnvironment({ name: 'Production' });
  const connection = await makeConnection(
    { ownerId: ctx.personId, environmentId: environment.id },
    {
      username: 'ada@acme.example',
      keepAlive: false,
      retrievedAt: new Date(Date.now() - 24 * DAY),
      timeZone: 'UTC',
      ...changes,
    },
  );
  return { ctx, environment, connection };
}

const change = (id: string, values: Partial<typeof connections.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(connections).set(values).where(eq(connections.id, id)));

const stored = () => withSystem('test', (tx) => tx.select().from(notifications));

const jobs = async () =>
  (
    await withSystem('test', (tx) =>
      tx.execute<{ task: string; key: string; attempts: number }>(sql`
        SELECT task_identifier AS task, key, attempts FROM graphile_worker.jobs ORDER BY id`),
    )
  ).rows;

describe('the notices of a person', () => {
  it('tell once that a connection ends soon, until it is dismissed', async () => {
    const { ctx, connection } = await makeEndingSoon();
    await sweepNotices();
    await sweepNotices();
    const [notice, ...others] = await listNotices(ctx);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      kind: 'connection_ends_soon',
      href: `/connections/${connection.id}`,
      text: expect.stringMatching(
        /^The connection to Production \(ada@acme\.example\) ends on .+ unless refreshed\./,
      ),
    });
    await dismissNotice(ctx, notice?.id ?? '');
    await dismissNotice(ctx, notice?.id ?? '');
    await sweepNotices();
    expect(await listNotices(ctx)).toEqual([]);
    expect(await stored()).toHaveLength(1);
  });

  it('tell again when a day is left', async () => {
    const { ctx } = await makeEndingSoon();
    await sweepNotices();
    await dismissNotice(ctx, (await listNotices(ctx))[0]?.id ?? '');
    await shiftDatabaseClock(5.5 * DAY);
    await sweepNotices();
    expect(await listNotices(ctx)).toHaveLength(1);
    expect((await stored()).map(({ occasion }) => occasion.split('/').at(-1)).sort()).toEqual([
      'day',
      'week',
    ]);
  });

  it('are silent while keep-alive works', async () => {
    const { ctx } = await makeEndingSoon({ keepAlive: true, retrievedAt: new Date(Date.now() - 21 * DAY) });
    await sweepNotices();
    expect(await stored()).toEqual([]);
    await shiftDatabaseClock(3 * DAY);
    await sweepNotices();
    expect((await listNotices(ctx))[0]?.text).toContain('Keep-alive has not been able to refresh it');
  });

  it('vanish when the connection is refreshed or connected anew', async () => {
    const { ctx, connection } = await makeEndingSoon();
    await sweepNotices();
    await change(connection.id, { generation: 2, retrievedAt: new Date() });
    expect(await listNotices(ctx)).toEqual([]);
    await change(connection.id, {
      state: 'needs_reconnect',
      problemCode: 'GRANT_ENDED',
      problemError: 'invalid_grant',
      problemAt: new Date(),
    });
    await sweepNotices();
    expect(await listNotices(ctx)).toMatchObject([
      {
        kind: 'connection_ended',
        text: expect.stringMatching(/^Salesforce ended the connection to Production/),
      },
    ]);
    await change(connection.id, { state: 'idle', grantId: randomUUID(), generation: 3 });
    expect(await listNotices(ctx)).toEqual([]);
  });

  it('are theirs alone', async () => {
    const { ctx } = await makeEndingSoon();
    await sweepNotices();
    const [notice] = await listNotices(ctx);
    for (const role of ['member', 'admin'] as const) {
      const stranger = await makeContext(role);
      expect(await listNotices(stranger)).toEqual([]);
      await expect(dismissNotice(stranger, notice?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(dismissNotice(ctx, 'no id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listNotices(ctx)).toHaveLength(1);
  });

  it('about the portal’s own connections go to its administrators', async () => {
    const { environment } = await makeEndingSoon({ keepAlive: true, retrievedAt: new Date() });
    const [admin, member] = [await makeContext('admin'), await makeContext()];
    await makeConnection(
      { ownerId: null, environmentId: environment.id },
      { name: 'Nightly reports', state: 'needs_reconnect', problemAt: new Date() },
    );
    await sweepNotices();
    expect(await listNotices(admin)).toMatchObject([
      { href: '/admin/connections', text: expect.stringContaining('Nightly reports') },
    ]);
    expect(await listNotices(member)).toEqual([]);
  });

  it('say nothing about a deleted environment', async () => {
    const { ctx, environment } = await makeEndingSoon();
    await sweepNotices();
    await withSystem('test', (tx) =>
      tx
        .update(environments)
        .set({ deletedAt: sql`orgdock.now()` })
        .where(eq(environments.id, environment.id)),
    );
    expect(await listNotices(ctx)).toEqual([]);
  });

  it('are raised for more connections than one page holds', async () => {
    const { ctx, environment } = await makeEndingSoon();
    const row = { ownerId: ctx.personId, environmentId: environment.id };
    for (let count = 0; count < 205; count += 1) await makeConnection(row, { state: 'needs_reconnect' });
    await sweepNotices();
    expect(await stored()).toHaveLength(206);
  });
});

describe('the mail of a notice', () => {
  it('is not even queued without a mail server', async () => {
    await makeEndingSoon();
    await sweepNotices();
    expect(await jobs()).toEqual([]);
  });

  it('goes to its person with the words, a link, and no secret, once', async () => {
    const server = await startMailServer();
    useMailServer(`${server.url}?from=Orgdock%20%3Corgdock@acme.example%3E`);
    const { ctx, connection } = await makeEndingSoon();
    await sweepNotices();
    await sweepNotices();
    const [row] = await stored();
    expect(await jobs()).toMatchObject([{ task: 'notice_mail', key: `notice_mail:${row?.id}` }]);
    await mailNotice(row?.id ?? '');
    await mailNotice(row?.id ?? '');
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    const [person] = await withSystem('test', (tx) =>
      tx.select().from(people).where(eq(people.id, ctx.personId)),
    );
    expect(mail).toMatchObject({ from: 'orgdock@acme.example', to: [person?.email] });
    expect(mail?.content).toMatch(/^Subject: Orgdock: Production ends on /m);
    expect(mail?.content).toContain(`http://localhost:3000/connections/${connection.id}`);
    expect(mail?.content.replace(/=\n/g, '')).toContain('ends on');
    expect((await stored())[0]?.mailedAt).toBeInstanceOf(Date);
    await withSystem('test', (tx) =>
      tx.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`),
    );
    await sweepNotices();
    expect(await jobs()).toEqual([]);
  });

  it('comes from the portal’s host when nobody says otherwise', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    await makeEndingSoon();
    await sweepNotices();
    await mailNotice((await stored())[0]?.id ?? '');
    expect(server.mails).toMatchObject([{ from: 'orgdock@localhost' }]);
  });

  it('fails, and is told of in codes only, while the server takes none', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    server.inTrouble = true;
    await makeEndingSoon();
    await sweepNotices();
    const id = (await stored())[0]?.id ?? '';
    const failure = await mailNotice(id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('451') });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('ada@acme.example');
    expect((await stored())[0]?.mailedAt).toBeNull();
    server.inTrouble = false;
    await mailNotice(id);
    expect(server.mails).toHaveLength(1);
  });

  it.each<[string, (ids: { notice: string; connection: string; person: string }) => Promise<unknown>]>([
    ['was dismissed', ({ notice }) => setRead(notice)],
    [
      'is not so any more',
      ({ connection }) => change(connection, { retrievedAt: new Date(), generation: 2 }),
    ],
    ['has a person who was deactivated', ({ person }) => setPerson(person, { deactivatedAt: new Date() })],
    ['has a person without an address', ({ person }) => setPerson(person, { email: null })],
  ])('is not sent when the notice %s', async (_, happen) => {
    const server = await startMailServer();
    useMailServer(server.url);
    const { ctx, connection } = await makeEndingSoon();
    await sweepNotices();
    const notice = (await stored())[0]?.id ?? '';
    await happen({ notice, connection: connection.id, person: ctx.personId });
    await mailNotice(notice);
    expect(server.connections).toBe(0);
  });

  it('is not begun any more after three days', async () => {
    await makeEndingSoon({ retrievedAt: new Date(Date.now() - 23.1 * DAY) });
    await sweepNotices();
    useMailServer('smtp://127.0.0.1:1');
    await shiftDatabaseClock(3.1 * DAY);
    await sweepNotices();
    expect(await jobs()).toEqual([]);
  });
});

const setRead = (id: string) =>
  withSystem('test', (tx) =>
    tx.update(notifications).set({ readAt: sql`orgdock.now()` }).where(eq(notifications.id, id)),
  );

const setPerson = (id: string, values: Partial<typeof people.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(people).set(values).where(eq(people.id, id)));

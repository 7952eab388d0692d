import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { alerts, connections, connectionUsage, environments, people } from '@/db/schema';
import type { ReadingHours } from '@/db/schema/environments';
import { requireReadable } from '@/lib/connections/queries';
import type { ConnectionId, PersonContext } from '@/lib/context';
import { assertReadingHours } from '@/lib/custody/usage/assert-reading-hours';
import { settleAlert } from '@/lib/custody/usage/commands';
import { countRows } from '@/lib/custody/usage/count-rows';
import { listAlertsOf, listOpenAlerts, readUsage } from '@/lib/custody/usage/queries';
import { updateEnvironment } from '@/lib/environments/commands';
import { mailNotice } from '@/lib/jobs/mail-notice';
import { sweepNotices } from '@/lib/jobs/notices';
import { sweepRetention } from '@/lib/jobs/retention';
import { log } from '@/lib/log';
import { dismissNotice } from '@/lib/notify/commands';
import { listNotices } from '@/lib/notify/queries';
import { auditOf } from '@/tests/consent';
import { asOwner } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { startMailServer, useMailServer } from '@/tests/mail-server';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const NOON = new Date('2026-03-02T12:20:00.000Z');
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', timeZone: 'UTC' };

beforeEach(async () => {
  await withSystem('test', async (tx) => {
    await tx.delete(connections);
    await tx.update(people).set({ deactivatedAt: sql`orgdock.now()` });
    await tx.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });
});

/** Sets the database's clock for the test; it stands still. */
async function setClock(at: Date): Promise<void> {
  const replace = async (expression: string) => {
    await asOwner((owner) =>
      owner.unsafe(`CREATE OR REPLACE FUNCTION orgdock.now() RETURNS timestamptz
        LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT ${expression} $$`),
    );
  };
  await replace(`'${at.toISOString()}'::timestamptz`);
  onTestFinished(() => replace('pg_catalog.clock_timestamp()'));
}

async function make(readingHours: ReadingHours | null = null) {
  const ctx = await makeContext();
  const environment = await makeEnvironment({ name: 'Production', readingHours });
  const connection = await makeConnection(
    { ownerId: ctx.personId, environmentId: environment.id },
    { username: 'ada@acme.example', timeZone: 'UTC', locale: 'en_GB' },
  );
  return {
    ctx,
    environment,
    id: connection.id,
    read: (rows: number) => countRows(connection.id, ctx.personId, rows),
  };
}

const readBefore = (connectionId: string, hours: Array<[at: Date, rows: number]>) =>
  withSystem('test', (tx) =>
    tx.insert(connectionUsage).values(hours.map(([hour, rows]) => ({ connectionId, hour, rows }))),
  );

const usageOf = (connectionId: string) =>
  withSystem('test', (tx) =>
    tx
      .select({ hour: connectionUsage.hour, rows: connectionUsage.rows })
      .from(connectionUsage)
      .where(eq(connectionUsage.connectionId, connectionId))
      .orderBy(connectionUsage.hour),
  );

const alertsOf = (connectionId: string) =>
  withSystem('test', (tx) =>
    tx.select().from(alerts).where(eq(alerts.connectionId, connectionId)).orderBy(alerts.createdAt),
  );

const hoursAgo = (count: number) => new Date(Math.floor(NOON.getTime() / HOUR) * HOUR - count * HOUR);

describe('counting the rows that were read', () => {
  it('adds them up by the hour', async () => {
    const { id, read } = await make();
    await setClock(NOON);
    await read(200);
    await read(0);
    await setClock(new Date('2026-03-02T12:59:59.999Z'));
    await read(17);
    await setClock(new Date('2026-03-02T13:00:00.000Z'));
    await read(5);
    expect(await usageOf(id)).toEqual([
      { hour: new Date('2026-03-02T12:00:00Z'), rows: 217 },
      { hour: new Date('2026-03-02T13:00:00Z'), rows: 5 },
    ]);
  });

  it('loses none when two processes count at once, and raises an alert', async () => {
    const { id, ctx } = await make();
    const script = path.join(process.cwd(), 'tests/processes/fixtures/counting-process.ts');
    const children = [1, 2].map(() =>
      fork(script, [id, ctx.personId, '60', '19'], {
        execArgv: ['--import', 'tsx'],
        env: { ...process.env, LOG_LEVEL: 'silent' },
      }),
    );
    await Promise.all(children.map((child) => once(child, 'message')));
    const ends = children.map((child) => once(child, 'exit'));
    for (const child of children) child.send('go');
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    const total = (await usageOf(id)).reduce((sum, { rows }) => sum + rows, 0);
    expect(total).toBe(2 * 60 * 19);
    expect((await alertsOf(id)).length).toBeGreaterThanOrEqual(1);
  });

  it('never breaks what was read: what cannot be counted is logged', async () => {
    const { ctx } = await make();
    const error = vi.spyOn(log(), 'error');
    await expect(countRows(crypto.randomUUID() as never, ctx.personId, 3)).resolves.toBeUndefined();
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ rows: 3 }), 'rows read were not counted');
  });
});

describe('unusual reading', () => {
  it('is told once an hour, although 20 count at once', async () => {
    const { id, ctx, read } = await make();
    await setClock(NOON);
    await Promise.all(Array.from({ length: 20 }, () => read(100)));
    expect(await usageOf(id)).toMatchObject([{ rows: 2_000 }]);
    const [alert, ...others] = await alertsOf(id);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      kind: 'unusual_reading',
      personId: ctx.personId,
      facts: { rows: 1_000, median: 0, hour: '2026-03-02T12:00:00.000Z' },
    });
    expect(
      await auditOf('alert.raise').then((rows) => rows.filter((row) => row.subjectId === id)),
    ).toMatchObject([
      {
        actorKind: 'system',
        details: { alertId: alert?.id, kind: 'unusual_reading', rows: 1_000, readBy: ctx.personId },
      },
    ]);
    await setClock(new Date(NOON.getTime() + HOUR));
    await read(10_001);
    expect(await alertsOf(id)).toHaveLength(2);
  });

  it('compares with the hours of the last 30 days in which rows were read, and not with this one', async () => {
    const { id, read } = await make();
    await setClock(NOON);
    await readBefore(id, [
      [hoursAgo(1), 200],
      [hoursAgo(2), 300],
      [hoursAgo(720), 400],
      // Neither of these counts: nothing was read, or it is too long ago.
      [hoursAgo(3), 0],
      [hoursAgo(721), 1],
      [hoursAgo(800), 1],
    ]);
    await read(1_500);
    expect(await alertsOf(id)).toEqual([]);
    await read(1);
    expect(await alertsOf(id)).toMatchObject([{ facts: { rows: 1_501, median: 300 } }]);
  });

  it('is never one of fewer than 1,000 rows', async () => {
    const { id, read } = await make();
    await setClock(NOON);
    await read(999);
    expect(await alertsOf(id)).toEqual([]);
    await read(1);
    expect(await alertsOf(id)).toHaveLength(1);
  });
});

describe('reading outside the hours of an environment', () => {
  const office = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };

  it('is told once a day of its zone, although 20 read at once', async () => {
    const { id, ctx, read } = await make(office);
    await setClock(new Date('2026-03-02T16:59:59Z'));
    await read(10);
    expect(await alertsOf(id)).toEqual([]);
    await setClock(new Date('2026-03-02T17:00:00Z'));
    await Promise.all(Array.from({ length: 20 }, () => read(10)));
    expect(await alertsOf(id)).toMatchObject([
      {
        kind: 'outside_hours',
        occasion: `2026-03-02 ${ctx.personId}`,
        personId: ctx.personId,
        facts: { rows: 200, at: '2026-03-02T17:00:00.000Z', hours: office },
      },
    ]);
    await setClock(new Date('2026-03-02T23:10:00Z'));
    // A search that finds nothing is no reading, and hides none.
    await read(0);
    expect(await alertsOf(id)).toHaveLength(1);
    await read(1);
    expect((await alertsOf(id)).map(({ occasion }) => occasion.slice(0, 10)).sort()).toEqual([
      '2026-03-02',
      '2026-03-03',
    ]);
  });

  it('of one person hides nobody else’s', async () => {
    const { id, read } = await make(office);
    await setClock(new Date('2026-03-02T20:00:00Z'));
    await read(10);
    const other = await makeContext();
    await countRows(id as ConnectionId, other.personId, 10);
    await countRows(id as ConnectionId, null, 10);
    expect(await alertsOf(id)).toHaveLength(3);
  });

  it('is no matter where no hours are set, or all are', async () => {
    for (const hours of [null, ALWAYS]) {
      const { id, read } = await make(hours);
      await setClock(new Date('2026-03-01T03:00:00Z'));
      await read(10);
      expect(await alertsOf(id)).toEqual([]);
    }
  });

  it('follows the form of the environment, whose change says before and after', async () => {
    const admin = await makeContext('admin');
    const { environment, id, read } = await make();
    const form = { ...formOf(environment), readingHours: JSON.stringify(office) };
    await updateEnvironment(admin, { slug: environment.slug, form });
    expect((await auditOf('environment.update')).at(-1)?.details).toMatchObject({
      before: { readingHours: null },
      after: { readingHours: office },
    });
    await setClock(new Date('2026-03-01T12:00:00Z'));
    await read(1);
    expect(await alertsOf(id)).toHaveLength(1);
    await updateEnvironment(admin, { slug: environment.slug, form: { ...form, readingHours: '' } });
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, environment.id)),
    );
    expect(row?.readingHours).toBeNull();
  });
});

function formOf({
  name,
  kind,
  origin,
  clientId,
}: {
  name: string;
  kind: string;
  origin: string;
  clientId: string;
}) {
  return { name, kind, origin, clientId };
}

async function raise() {
  const made = await make();
  await made.read(1_200);
  const [alert] = await alertsOf(made.id);
  return { ...made, alertId: alert?.id ?? '' };
}

describe('an alert', () => {
  it('is told to every administrator and to the owner, until it is seen to', async () => {
    const [one, other, member] = [
      await makeContext('admin'),
      await makeContext('admin'),
      await makeContext(),
    ];
    const { ctx, id, alertId } = await raise();
    await sweepNotices();
    await sweepNotices();
    for (const admin of [one, other]) {
      expect(await listNotices(admin)).toMatchObject([
        {
          kind: 'unusual_reading',
          href: `/admin/connections/${id}`,
          text: expect.stringContaining('unusually many'),
        },
      ]);
    }
    const [own] = await listNotices(ctx);
    expect(own).toMatchObject({
      href: `/connections/${id}`,
      text: expect.stringContaining('tell an administrator'),
    });
    expect(await listNotices(member)).toEqual([]);
    await settleAlert(one, alertId, 'A planned export.');
    expect(await listNotices(other)).toEqual([]);
    await dismissNotice(ctx, own?.id ?? '');
    expect(await listNotices(ctx)).toEqual([]);
  });

  it('tells an owner who is an administrator once, and of a service connection the administrators', async () => {
    const admin = await makeContext('admin');
    const environment = await makeEnvironment();
    const own = await makeConnection({ ownerId: admin.personId, environmentId: environment.id });
    const service = await makeConnection(
      { ownerId: null, environmentId: environment.id },
      { name: 'Nightly' },
    );
    await countRows(own.id, admin.personId, 1_000);
    await countRows(service.id, null, 1_000);
    await sweepNotices();
    const notices = await listNotices(admin);
    expect(notices.map(({ href }) => href).sort()).toEqual(
      [own.id, service.id].map((id) => `/admin/connections/${id}`).sort(),
    );
  });

  it('goes out by mail where that is set up, and not once it is settled', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    const admin = await makeContext('admin');
    const { alertId, id } = await raise();
    await sweepNotices();
    const queued = async () =>
      (
        await withSystem('test', (tx) =>
          tx.execute<{ key: string }>(
            sql`SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'notice_mail'`,
          ),
        )
      ).rows.map(({ key }) => key.split(':')[1] ?? '');
    const [first, second, ...others] = await queued();
    expect(others).toEqual([]);
    await mailNotice(first ?? '');
    expect(server.mails).toHaveLength(1);
    const content = server.mails[0]?.content.replace(/=\n/g, '');
    expect(content).toMatch(/^Subject: Orgdock: Unusually many rows were read through Production/m);
    expect(content).toContain(`connections/${id}`);
    await settleAlert(admin, alertId, '');
    await mailNotice(second ?? '');
    expect(server.mails).toHaveLength(1);
  });

  it('is settled once, by an administrator, with a note', async () => {
    const [admin, auditor] = [await makeContext('admin'), await makeContext('auditor')];
    const { id, alertId, ctx } = await raise();
    expect(await listOpenAlerts(auditor)).toMatchObject({
      total: 1,
      alerts: [
        { id: alertId, connectionId: id, reader: ctx.displayName, holder: ctx.displayName, settled: null },
      ],
    });
    for (const who of [auditor, ctx]) {
      await expect(settleAlert(who, alertId, 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(settleAlert(admin, alertId, 'x'.repeat(501))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await settleAlert(admin, alertId, '  A planned export. ');
    await expect(settleAlert(admin, alertId, 'again')).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const unknown of ['x', crypto.randomUUID()]) {
      await expect(settleAlert(admin, unknown, '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await listOpenAlerts(auditor)).toEqual({ total: 0, alerts: [] });
    expect(await listAlertsOf(auditor, id)).toMatchObject([
      { settled: { by: admin.displayName, note: 'A planned export.' } },
    ]);
    expect((await auditOf('alert.settle')).at(-1)).toMatchObject({
      personId: admin.personId,
      subjectId: id,
      details: { alertId, note: 'A planned export.' },
    });
  });

  it('is nothing that the database lets an auditor or its owner write or a member read', async () => {
    const auditor = await makeContext('auditor');
    const { alertId, ctx } = await raise();
    for (const who of [auditor, ctx]) {
      const written = await withActor(who, (tx) =>
        tx
          .update(alerts)
          .set({ settledNote: 'x' })
          .where(eq(alerts.id, alertId))
          .returning({ id: alerts.id }),
      );
      expect(written).toEqual([]);
    }
    expect(await withActor(ctx, (tx) => tx.select().from(alerts))).toEqual([]);
    for (const look of [listOpenAlerts, (who: PersonContext) => listAlertsOf(who, alertId)]) {
      await expect(look(ctx)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('usage', () => {
  it('is shown by the day of the viewer’s zone, for 30 days', async () => {
    const auditor = await makeContext('auditor');
    const { id, ctx } = await make();
    await setClock(NOON);
    await readBefore(id, [
      [new Date('2026-03-01T22:00:00Z'), 5],
      [new Date('2026-03-01T23:00:00Z'), 7],
      [new Date('2026-03-02T12:00:00Z'), 100],
      [new Date(NOON.getTime() - 31 * DAY), 9],
    ]);
    const days = await readUsage(auditor, id, 'Europe/Berlin');
    expect(days).toHaveLength(30);
    expect(days.slice(-2)).toEqual([
      { day: '2026-03-01', rows: 5 },
      { day: '2026-03-02', rows: 107 },
    ]);
    expect(days[0]).toEqual({ day: '2026-02-01', rows: 0 });
    await expect(readUsage(ctx, id, 'UTC')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is deleted after 31 days', async () => {
    const { id } = await make();
    const hour = (days: number) => new Date(Date.now() - days * DAY);
    await readBefore(id, [
      [hour(30.9), 1],
      [hour(31.1), 2],
    ]);
    await sweepRetention();
    expect((await usageOf(id)).map(({ rows }) => rows)).toEqual([1]);
  });
});

describe('an environment that refuses reading outside of its hours', () => {
  const office = { days: [1, 2, 3, 4, 5], from: '08:00', to: '12:00', timeZone: 'Europe/Berlin' };

  it('says when it opens again, in the reader’s zone', async () => {
    const { ctx, environment, id } = await make(office);
    const readable = await requireReadable(ctx, id);
    await setClock(NOON);
    await assertReadingHours(ctx, readable);
    await withSystem('test', (tx) =>
      tx.update(environments).set({ outsideHours: 'refuse' }).where(eq(environments.id, environment.id)),
    );
    const reader = { ...ctx, locale: 'en-GB', timeZone: 'Asia/Tokyo' };
    await expect(assertReadingHours(reader, readable)).rejects.toMatchObject({
      code: 'ENVIRONMENT_CLOSED',
      nextStep: expect.stringMatching(/opens again on .*3 .*2026.*16:00.*Asia\/Tokyo/),
      details: { opensAt: '2026-03-03T07:00:00.000Z' },
    });
    await setClock(new Date('2026-03-03T07:00:00.000Z'));
    await assertReadingHours(reader, readable);
  });
});

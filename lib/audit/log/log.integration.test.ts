import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { auditLog, people, portal } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { setAuditRetention, verifyAuditLog } from '@/lib/audit/log/commands';
import { exportAudit } from '@/lib/audit/log/export';
import { parseAuditFilter } from '@/lib/audit/log/filter';
import { getAuditHistogram, getAuditState, listAuditPeople, listAuditRows } from '@/lib/audit/log/queries';
import { updatePreferences } from '@/lib/people/commands';
import { emptyAuditLog, sealAll } from '@/tests/audit-chain';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment, systemContext } from '@/tests/factories';

beforeEach(emptyAuditLog);

const filter = (search: Record<string, string> = {}) => parseAuditFilter({ period: 'all', ...search });

async function someEntries() {
  const [admin, member] = [await makeContext('admin'), await makeContext()];
  const environment = await makeEnvironment({ name: 'UAT' });
  const connection = await makeConnection({ ownerId: member.personId, environmentId: environment.id });
  await updatePreferences(member, { locale: 'de-DE', timeZone: '' });
  await withActor(member, async (tx) => {
    await appendAudit(tx, member, {
      action: 'access.denied',
      subjectId: '/admin',
      outcome: 'denied',
      details: {},
    });
  });
  await withSystem('test', (tx) =>
    appendAudit(tx, systemContext(), {
      action: 'custody.view',
      subjectId: connection.id,
      details: { ownerId: member.personId },
    }),
  );
  return { admin, member, environment, connection };
}

const actions = (rows: Array<{ action: string }>) => rows.map(({ action }) => action);

describe('the list of entries', () => {
  it('says who did what, to what, from where, the newest first', async () => {
    const { admin, member, connection } = await someEntries();
    await sealAll();
    const { rows, next } = await listAuditRows(admin, filter());
    expect(next).toBeNull();
    expect(rows).toMatchObject([
      {
        who: { kind: 'system', id: null, name: 'Orgdock' },
        words: `looked at the custody facts of ${connection.username}`,
        subject: { name: connection.username, href: `/admin/connections/${connection.id}` },
        ip: null,
        position: 3,
      },
      { who: { name: member.displayName }, outcome: 'denied', words: 'was refused /admin' },
      {
        action: 'person.preferences',
        ip: '192.0.2.1',
        userAgent: 'vitest',
        requestId: member.request.requestId,
      },
    ]);
  });

  it('is for administrators and auditors, and RLS holds it too', async () => {
    const { member } = await someEntries();
    const auditor = await makeContext('auditor');
    expect((await listAuditRows(auditor, filter())).rows).toHaveLength(3);
    for (const ask of [
      () => listAuditRows(member, filter()),
      () => getAuditHistogram(member, filter(), 'UTC'),
      () => getAuditState(member),
      () => listAuditPeople(member),
      () => exportAudit(member, filter(), 'csv'),
      () => verifyAuditLog(member, () => {}),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await withActor(member, (tx) => tx.select().from(auditLog))).toEqual([]);
  });

  it('outlives the people in it', async () => {
    const { admin } = await someEntries();
    const gone = await makeContext();
    await updatePreferences(gone, { locale: 'fr-FR', timeZone: '' });
    await withSystem('test', (tx) => tx.delete(people).where(eq(people.id, gone.personId)));
    const { rows } = await listAuditRows(admin, filter({ person: gone.personId }));
    expect(rows).toMatchObject([
      { who: { id: gone.personId, name: gone.personId }, subject: { name: null } },
    ]);
  });

  it.each([
    [{ group: 'denied' }, ['access.denied']],
    [{ outcome: 'denied' }, ['access.denied']],
    [{ group: 'custody' }, ['custody.view']],
    [{ group: 'people' }, ['person.preferences']],
    [{ q: 'de-de' }, ['person.preferences']],
    [{ q: '192.0.2' }, ['access.denied', 'person.preferences']],
    [{ q: '100%' }, []],
    [{ q: "'; --" }, []],
    [{ subject: '/admin' }, ['access.denied']],
    [{ to: '2020-01-01T00:00:00Z' }, []],
    [{ from: '2020-01-01T00:00:00Z', group: 'custody' }, ['custody.view']],
    [
      { group: 'no such', outcome: 'x', person: 'y', from: 'z' },
      ['custody.view', 'access.denied', 'person.preferences'],
    ],
  ] as const)('is narrowed by %j', async (search, expected) => {
    const { admin } = await someEntries();
    const { rows } = await listAuditRows(admin, filter(search as unknown as Record<string, string>));
    expect(actions(rows)).toEqual(expected);
  });

  it('is narrowed by person, also to what was done to them, by name, request and age', async () => {
    const { admin, member } = await someEntries();
    expect(actions((await listAuditRows(admin, filter({ person: member.personId }))).rows)).toHaveLength(2);
    expect(actions((await listAuditRows(admin, filter({ q: member.displayName }))).rows)).toHaveLength(2);
    expect(actions((await listAuditRows(admin, filter({ q: member.request.requestId }))).rows)).toHaveLength(
      2,
    );
    await shiftDatabaseClock(-8 * 24 * 3_600_000);
    await updatePreferences(member, { locale: 'es-ES', timeZone: '' });
    expect((await listAuditRows(admin, parseAuditFilter({ period: '7d' }))).rows).toHaveLength(3);
    expect((await listAuditRows(admin, filter())).rows).toHaveLength(4);
  });

  it('pages by place, also among entries of one instant, and misses none', async () => {
    const admin = await makeContext('admin');
    const at = new Date('2026-03-01T10:00:00.123Z');
    await withSystem('test', (tx) =>
      tx.insert(auditLog).values(
        Array.from({ length: 120 }, (_, n) => ({
          at,
          action: 'session.sign_out',
          actorKind: 'system' as const,
          subjectType: 'session',
          subjectId: String(n),
          outcome: 'done' as const,
        })),
      ),
    );
    // Between two instants that JavaScript holds for one.
    await withSystem('test', (tx) =>
      tx.execute(sql`INSERT INTO orgdock.audit_log (at, action, actor_kind, subject_type, subject_id, outcome)
        VALUES (${at.toISOString()}::timestamptz + interval '7 microseconds', 'session.sign_out', 'system', 'session', '120', 'done')`),
    );
    const seen: string[] = [];
    for (let before: string | null = null, pages = 0; pages < 3; pages += 1) {
      const page = await listAuditRows(admin, { ...filter(), before });
      seen.push(...page.rows.map(({ subject }) => subject.id));
      before = page.next;
      expect(before === null).toBe(pages === 2);
    }
    expect(seen).toEqual(['120', ...Array.from({ length: 120 }, (_, n) => String(119 - n))]);
  });
});

describe('the histogram', () => {
  it('counts every entry of the filter, in bars that begin at the reader’s midnight', async () => {
    const { admin } = await someEntries();
    const { bars, total } = await getAuditHistogram(
      admin,
      parseAuditFilter({ period: '30d' }),
      'Asia/Kolkata',
    );
    expect(total).toBe(3);
    expect(bars.length).toBeGreaterThan(29);
    for (const { from, to } of bars) {
      expect(from).toMatch(/T(?:18:30|06:30):00.000Z$/);
      expect(Date.parse(to)).toBeGreaterThan(Date.parse(from));
    }
    expect(bars.reduce((sum, { refused }) => sum + refused, 0)).toBe(1);
    const all = await getAuditHistogram(admin, filter({ group: 'custody' }), 'UTC');
    expect(all.total).toBe(1);
  });

  it('narrows to what its bars say', async () => {
    const { admin } = await someEntries();
    const { bars } = await getAuditHistogram(admin, filter(), 'UTC');
    const counted = await Promise.all(
      bars.map(async ({ from, to }) => (await listAuditRows(admin, filter({ from, to }))).rows.length),
    );
    expect(counted).toEqual(bars.map(({ done, refused }) => done + refused));
  });

  it('is empty where nothing fits', async () => {
    const admin = await makeContext('admin');
    expect(await getAuditHistogram(admin, filter(), 'UTC')).toEqual({ bars: [], total: 0 });
    const { total } = await getAuditHistogram(admin, filter({ from: '2020-01-01T00:00:00Z' }), 'UTC');
    expect(total).toBe(0);
  });
});

describe('an export', () => {
  const text = async (stream: ReadableStream<Uint8Array>) => await new Response(stream).text();
  const exports = () =>
    withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'audit.export')).orderBy(auditLog.id),
    );

  it('holds the filtered entries, and its own are in the log with the number of rows', async () => {
    const { admin, member } = await someEntries();
    const csv = await text(await exportAudit(admin, filter({ person: member.personId }), 'csv'));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^at,who,what,outcome,action,/);
    expect(lines[1]).toContain(`,${member.displayName},was refused /admin,denied,access.denied,`);
    expect(await exports()).toMatchObject([
      {
        personId: admin.personId,
        details: { state: 'started', format: 'csv', filter: { person: member.personId } },
      },
      { details: { state: 'finished', rows: 2 } },
    ]);
  });

  it('is JSON, a line for each entry, over several batches', async () => {
    const admin = await makeContext('admin');
    await withSystem('test', (tx) =>
      tx.execute(sql`INSERT INTO orgdock.audit_log (action, actor_kind, subject_type, subject_id, outcome)
        SELECT 'session.sign_out', 'system', 'session', n::text, 'done' FROM generate_series(1, 2500) n`),
    );
    const lines = (await text(await exportAudit(admin, filter(), 'jsonl'))).trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { subject: { id: string }; words: string });
    expect(new Set(rows.map(({ subject }) => subject.id)).size).toBe(2500);
    expect(rows[0]).toMatchObject({ words: 'signed out', who: { name: 'Orgdock' }, position: null });
    expect((await exports()).at(-1)).toMatchObject({ details: { rows: 2500 } });
  });

  it('lets no spreadsheet run what somebody has written', async () => {
    const admin = await makeContext('admin');
    await withSystem('test', async (tx) => {
      await tx.update(people).set({ displayName: '=HYPERLINK("x")' }).where(eq(people.id, admin.personId));
    });
    await updatePreferences(admin, { locale: 'de-DE', timeZone: '' });
    const csv = await text(await exportAudit(admin, filter(), 'csv'));
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('that the reader breaks off says how many rows have gone', async () => {
    const { admin } = await someEntries();
    const reader = (await exportAudit(admin, filter(), 'csv')).getReader();
    await reader.read();
    await reader.cancel();
    expect((await exports()).at(-1)).toMatchObject({
      details: { state: 'finished', rows: expect.any(Number) },
    });
  });

  it('does not begin when its row cannot be written', async () => {
    const { admin } = await someEntries();
    const broken = { ...admin, request: { ...admin.request, requestId: 'a\u0000b' } };
    await expect(exportAudit(broken, filter(), 'csv')).rejects.toThrow();
  });
});

describe('retention', () => {
  it('is set by administrators, audited with before and after', async () => {
    const admin = await makeContext('admin');
    await setAuditRetention(admin, { days: '90' });
    await setAuditRetention(admin, { days: '90' });
    await setAuditRetention(admin, { days: '' });
    expect(await getAuditState(admin)).toMatchObject({ retentionDays: null });
    const rows = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'audit.retention')).orderBy(auditLog.id),
    );
    expect(rows.map(({ details }) => details)).toEqual([
      { before: null, after: 90 },
      { before: 90, after: null },
    ]);
  });

  it.each(['29', '-1', '1.5', 'x', '99999999'])('refuses %j', async (days) => {
    const admin = await makeContext('admin');
    await expect(setAuditRetention(admin, { days })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { days: expect.any(String) },
    });
    const [row] = await withSystem('test', (tx) => tx.select().from(portal));
    expect(row?.auditRetentionDays ?? null).toBeNull();
  });

  it('is not for auditors', async () => {
    await expect(setAuditRetention(await makeContext('auditor'), { days: '90' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('a verification by a person', () => {
  it('is in the log with what it found', async () => {
    const { admin } = await someEntries();
    await sealAll();
    expect(await verifyAuditLog(admin, () => {})).toMatchObject({ verified: 3, fault: null });
    const { rows } = await listAuditRows(admin, filter({ q: 'audit.verify' }));
    expect(rows).toMatchObject([
      { words: 'verified the audit log: 3 rows as they were written', outcome: 'done' },
    ]);
  });
});

describe('an id that is made up', () => {
  it('finds nothing and breaks nothing', async () => {
    const { admin } = await someEntries();
    expect((await listAuditRows(admin, filter({ person: randomUUID() }))).rows).toEqual([]);
    expect((await listAuditRows(admin, filter({ before: '9'.repeat(18).concat('_1') }))).rows).toHaveLength(
      3,
    );
  });
});

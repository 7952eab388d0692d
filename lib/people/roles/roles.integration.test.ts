import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Tx, withActor, withSystem } from '@/db/client';
import { people } from '@/db/schema';
import { grantAdmin } from '@/lib/people/commands';
import { getPerson, listPeople } from '@/lib/people/directory/queries';
import { parsePersonList } from '@/lib/people/directory/schema';
import { requirePersonNamed } from '@/lib/people/queries';
import { changeRole, reactivate, reactivatePerson } from '@/lib/people/roles/commands';
import { findSession } from '@/lib/session/queries';
import { auditOf } from '@/tests/consent';
import {
  contextOf,
  makeConnection,
  makeContext,
  makeEnvironment,
  makePerson,
  systemContext,
} from '@/tests/factories';

const rolesOf = async (...ids: string[]) => {
  const rows = await withSystem('test', (tx) => tx.select().from(people));
  return ids.map((id) => rows.find((row) => row.id === id)?.role);
};

beforeEach(async () => {
  // Who counts as the last administrator is a matter of the whole portal.
  await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
});

describe('a role', () => {
  it('holds at once in the sessions that the person has, and is audited', async () => {
    const admin = await makeContext('admin');
    const member = await makeContext();
    await changeRole(admin, { personId: member.personId, role: 'auditor' });
    expect(await findSession(member.sessionId, member.request)).toMatchObject({ role: 'auditor' });
    expect((await auditOf('person.change_role')).at(-1)).toMatchObject({
      personId: admin.personId,
      subjectId: member.personId,
      details: { before: 'member', after: 'auditor' },
    });
  });

  it('is changed by administrators only', async () => {
    const member = await makeContext();
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      await expect(changeRole(ctx, { personId: ctx.personId, role: 'admin' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      const changed = await withActor(ctx, (tx) =>
        tx.update(people).set({ displayName: 'x' }).where(eq(people.id, member.personId)).returning(),
      );
      expect(changed).toEqual([]);
    }
  });

  it('is one of the three', async () => {
    const admin = await makeContext('admin');
    const { personId } = await makeContext();
    await expect(changeRole(admin, { personId, role: 'root' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    for (const nobody of ['made-up', crypto.randomUUID()]) {
      await expect(changeRole(admin, { personId: nobody, role: 'admin' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  it('of the last administrator stays', async () => {
    const admin = await makeContext('admin');
    await makePerson({ role: 'admin', deactivatedAt: new Date() });
    const refused = changeRole(admin, { personId: admin.personId, role: 'member' });
    await expect(refused).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect(await rolesOf(admin.personId)).toEqual(['admin']);
    expect(await getPerson(admin, admin.personId)).toMatchObject({ lastAdmin: true });
  });

  it('of two administrators who take it from each other at once stays with one', async () => {
    for (let round = 0; round < 10; round += 1) {
      await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
      const [one, two] = [await makeContext('admin'), await makeContext('admin')];
      const outcomes = await Promise.allSettled([
        changeRole(one, { personId: two.personId, role: 'member' }),
        changeRole(two, { personId: one.personId, role: 'member' }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await rolesOf(one.personId, two.personId)).sort()).toEqual(['admin', 'member']);
    }
  });

  it('of two administrators who lay it down at once stays with one', async () => {
    for (let round = 0; round < 10; round += 1) {
      await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
      const [one, two] = [await makeContext('admin'), await makeContext('admin')];
      await Promise.allSettled(
        [one, two].map((ctx) => changeRole(ctx, { personId: ctx.personId, role: 'member' })),
      );
      expect((await rolesOf(one.personId, two.personId)).sort()).toEqual(['admin', 'member']);
    }
  });

  it('that a page still shows is not what an administrator acts with who lost it', async () => {
    const stale = await makeContext('admin');
    await makeContext('admin');
    const member = await makeContext();
    await withSystem('test', (tx) =>
      tx.update(people).set({ role: 'member' }).where(eq(people.id, stale.personId)),
    );
    await expect(changeRole(stale, { personId: member.personId, role: 'admin' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('a portal without an administrator', () => {
  it('gets one from the command line, who can then do everything', async () => {
    const member = await makePerson();
    await makePerson({ role: 'admin', deactivatedAt: new Date() });
    await withSystem('test', async (tx) => {
      await grantAdmin(tx, systemContext(), await requirePersonNamed(tx, member.id));
    });
    const ctx = contextOf({ ...member, role: 'admin' });
    await changeRole(ctx, { personId: (await makePerson()).id, role: 'admin' });
    await changeRole(ctx, { personId: ctx.personId, role: 'member' });
  });

  it('is told how to make one of somebody who is deactivated', async () => {
    const { id } = await makePerson({ deactivatedAt: new Date() });
    const name = async (tx: Tx) => requirePersonNamed(tx, id);
    const refused = withSystem('test', async (tx) => grantAdmin(tx, systemContext(), await name(tx)));
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      nextStep: `Let the person in again first: npm run admin -- reactivate ${id}`,
    });
    await withSystem('test', async (tx) => {
      await reactivate(tx, systemContext(), id);
      await grantAdmin(tx, systemContext(), await name(tx));
    });
    expect(await rolesOf(id)).toEqual(['admin']);
  });
});

describe('a deactivated person', () => {
  it('is reactivated with the role from before, once, audited', async () => {
    const admin = await makeContext('admin');
    const person = await makePerson({ deactivatedAt: new Date() });
    await expect(changeRole(admin, { personId: person.id, role: 'auditor' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await reactivatePerson(admin, person.id);
    expect(await getPerson(admin, person.id)).toMatchObject({ role: 'member', deactivatedAt: null });
    expect((await auditOf('person.reactivate')).at(-1)).toMatchObject({ subjectId: person.id });
    await expect(reactivatePerson(admin, person.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const member = contextOf(await makePerson());
    await expect(reactivatePerson(member, person.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the list of people', () => {
  it('is for administrators and auditors, with what each holds', async () => {
    const environment = await makeEnvironment();
    const holder = await makePerson({ displayName: 'Zora Holder' });
    await makeConnection({ ownerId: holder.id, environmentId: environment.id });
    for (const role of ['admin', 'auditor'] as const) {
      const list = await listPeople(await makeContext(role), parsePersonList({ q: 'zora' }));
      expect(list).toMatchObject({
        total: 1,
        next: null,
        people: [{ id: holder.id, connections: 1, usernames: [] }],
      });
    }
    await expect(listPeople(await makeContext(), parsePersonList({}))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('finds by role and state, and takes wrong parameters as not given', async () => {
    const admin = await makeContext('admin');
    const gone = await makePerson({ displayName: 'Gone Person', deactivatedAt: new Date() });
    const found = await listPeople(admin, parsePersonList({ state: 'deactivated', q: 'gone' }));
    expect(found.people.map(({ id }) => id)).toEqual([gone.id]);
    expect((await listPeople(admin, parsePersonList({ state: 'active', q: 'gone per' }))).total).toBe(0);
    const admins = await listPeople(admin, parsePersonList({ role: 'admin' }));
    expect(admins.people.map(({ id }) => id)).toEqual([admin.personId]);
    expect(parsePersonList({ role: 'root', state: 'x', after: "'", q: ['%', 'y'] })).toEqual({
      q: '%',
      role: null,
      state: null,
      after: null,
    });
    expect((await listPeople(admin, parsePersonList({ q: '%' }))).total).toBe(0);
  });

  it('is read page by page without a gap', async () => {
    const admin = await makeContext('admin');
    const names = Array.from({ length: 55 }, (_, index) => `Paged ${String(index).padStart(2, '0')}`);
    for (const displayName of [...names].reverse()) await makePerson({ displayName });
    const first = await listPeople(admin, parsePersonList({ q: 'paged' }));
    expect(first).toMatchObject({ total: 55, next: first.people[49]?.id });
    const second = await listPeople(admin, parsePersonList({ q: 'paged', after: first.next ?? '' }));
    expect([...first.people, ...second.people].map(({ displayName }) => displayName)).toEqual(names);
    expect(second.next).toBeNull();
  });
});

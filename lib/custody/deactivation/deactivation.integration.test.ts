import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, people, sessions } from '@/db/schema';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { deactivatePerson } from '@/lib/custody/deactivation/commands';
import { previewDeactivation } from '@/lib/custody/deactivation/queries';
import { changeRole } from '@/lib/people/roles/commands';
import { registry } from '@/lib/registry';
import { requireApiContext } from '@/lib/session/api';
import { createSession, endSessionsOf } from '@/lib/session/commands';
import { consumeSignInLink, createSignInLink } from '@/lib/session/sign-in-links';
import { Browser } from '@/tests/browser';
import { readStored } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { contextOf, makeContext, makePerson, makeSession, systemContext } from '@/tests/factories';
import { useSimulatedOrgs } from '@/tests/simulated';

beforeEach(async () => {
  await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
});

const isActive = async (id: string) => {
  const [row] = await withSystem('test', (tx) => tx.select().from(people).where(eq(people.id, id)));
  return row?.deactivatedAt === null;
};

describe('deactivating a person', () => {
  const orgs = useSimulatedOrgs();

  async function liveAtSalesforce() {
    const grants = [
      ...(await orgs.control.listGrants('production')),
      ...(await orgs.control.listGrants('uat')),
    ];
    return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null).length;
  }

  it('ends sessions at once, revokes what they hold at Salesforce, and keeps the history', async () => {
    const admin = await makeContext('admin');
    const person = await makePerson();
    const browser = new Browser();
    const ctx = contextOf(person, (await browser.signIn(person)) as never);
    await makeSession(person.id);
    const connected = [
      await orgs.connect(await orgs.makeEnvironment('production'), 'grace', ctx),
      await orgs.connect(await orgs.makeEnvironment('uat'), 'grace', ctx),
    ];
    const other = await orgs.connect(await orgs.makeEnvironment('production'), 'franz');
    expect(await liveAtSalesforce()).toBe(3);
    expect(await previewDeactivation(admin, person.id)).toMatchObject({ sessions: 2, connections: 2 });
    expect(await requireApiContext(browser.get('/api'))).toMatchObject({ personId: person.id });

    await deactivatePerson(admin, person.id);

    await expect(requireApiContext(browser.get('/api'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await liveAtSalesforce()).toBe(1);
    for (const { id } of connected) {
      expect((await readStored(id)).row).toMatchObject({ state: 'disconnected', revocation: 'confirmed' });
    }
    expect((await readStored(other.id)).row).toMatchObject({ state: 'idle' });
    const rows = await withSystem('test', (tx) =>
      tx.select().from(sessions).where(eq(sessions.personId, person.id)),
    );
    expect(rows.map(({ endedReason }) => endedReason)).toEqual(['person deactivated', 'person deactivated']);
    expect((await auditOf('person.deactivate')).at(-1)).toMatchObject({
      personId: admin.personId,
      subjectId: person.id,
      details: { sessions: 2, connections: 2, strayGrants: 0 },
    });
    expect(await orgs.control.counts()).toMatchObject({ violations: 0 });
    await expect(deactivatePerson(admin, person.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('leaves no grant that a consent brings back meanwhile', async () => {
    const environment = await orgs.makeEnvironment('production');
    for (let round = 0; round < 5; round += 1) {
      await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
      const admin = await makeContext('admin');
      const person = await makeContext();
      const [consented] = await Promise.allSettled([
        orgs.connect(environment, 'grace', person),
        deactivatePerson(admin, person.personId),
      ]);
      await Promise.all(registry().unfinished);
      await sweepRevocations();
      if (consented.status === 'rejected') {
        expect(consented.reason).toMatchObject({ code: 'PERSON_DEACTIVATED' });
      }
      const held = await withSystem('test', (tx) =>
        tx.select().from(connections).where(eq(connections.ownerId, person.personId)),
      );
      expect(held.filter(({ state }) => state !== 'disconnected')).toEqual([]);
      expect(await liveAtSalesforce()).toBe(0);
    }
  });

  it('makes their sign-in links worthless', async () => {
    const admin = await makeContext('admin');
    const { id } = await makePerson();
    const { path } = await withSystem('test', (tx) => createSignInLink(tx, systemContext(), id));
    await deactivatePerson(admin, id);
    const token = path.split('#')[1] ?? '';
    expect(token).toHaveLength(43);
    await expect(consumeSignInLink(token, admin.request, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('opens no session for a sign-in that is under way', async () => {
    const admin = await makeContext('admin');
    const { id } = await makePerson();
    const signIn = withSystem('test', async (tx) => {
      const [person] = await tx.select().from(people).where(eq(people.id, id));
      expect(person?.deactivatedAt).toBeNull();
      // In a transaction of its own, while this one is open.
      await deactivatePerson(admin, id);
      return createSession(tx, {
        personId: id,
        via: 'test',
        request: admin.request,
        replaces: null,
        proven: false,
      });
    });
    await expect(signIn).rejects.toMatchObject({ code: 'PERSON_DEACTIVATED' });
    expect(await withSystem('test', (tx) => tx.$count(sessions, eq(sessions.personId, id)))).toBe(0);
  });

  it('is for administrators, and not for oneself', async () => {
    const admin = await makeContext('admin');
    const { id } = await makePerson();
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      await expect(deactivatePerson(ctx, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(previewDeactivation(ctx, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(deactivatePerson(admin, admin.personId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(deactivatePerson(admin, 'made-up')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await isActive(id)).toBe(true);
  });

  it('leaves an administrator, also when several deactivate and demote each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      await withSystem('test', (tx) => tx.update(people).set({ role: 'member' }));
      const [one, two] = [await makeContext('admin'), await makeContext('admin')];
      const outcomes = await Promise.allSettled([
        deactivatePerson(one, two.personId),
        round % 2 === 0
          ? deactivatePerson(two, one.personId)
          : changeRole(two, { personId: one.personId, role: 'member' }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const left = await withSystem('test', (tx) => tx.select().from(people).where(eq(people.role, 'admin')));
      expect(left.filter(({ deactivatedAt }) => deactivatedAt === null)).toHaveLength(1);
    }
  });
});

describe('the sessions of somebody', () => {
  it('are ended by an administrator, one or all, and by nobody else', async () => {
    const admin = await makeContext('admin');
    const { id: personId } = await makePerson();
    const [one, two] = [await makeSession(personId), await makeSession(personId)];
    for (const role of ['member', 'auditor'] as const) {
      await expect(endSessionsOf(await makeContext(role), { personId })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const foreign = { personId: (await makePerson()).id, only: one.id };
    await expect(endSessionsOf(admin, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await endSessionsOf(admin, { personId, only: one.id })).toBe(1);
    expect(await endSessionsOf(admin, { personId })).toBe(1);
    expect((await auditOf('session.end')).at(-1)).toMatchObject({
      personId: admin.personId,
      subjectId: two.id,
      details: { reason: 'ended by an administrator' },
    });
  });

  it('stay for the administrator who ends their own others', async () => {
    const admin = await makeContext('admin');
    await makeSession(admin.personId);
    expect(await endSessionsOf(admin, { personId: admin.personId })).toBe(1);
  });
});

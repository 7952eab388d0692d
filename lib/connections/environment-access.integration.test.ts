import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { connections, environmentAccess, environments, people } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { getConnection, listConnections, requireReadable } from '@/lib/connections/queries';
import { disableEnvironment, enableEnvironment } from '@/lib/environments/lifecycle/commands';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { choosePerson, setPersonEnvironments, unchoosePerson } from '@/lib/people/access/commands';
import { listChoices, listChosenPeople } from '@/lib/people/access/queries';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { contextOf, makeConnection, makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const set = (id: string, access: 'everyone' | 'chosen' | 'admins') =>
  withSystem('test', (tx) => tx.update(environments).set({ access }).where(eq(environments.id, id)));

const isOffered = async (ctx: Parameters<typeof listConnectableEnvironments>[0], id: string) =>
  (await listConnectableEnvironments(ctx)).some((one) => one.id === id);

describe('an environment', () => {
  it.each([
    ['everyone', { member: true, chosen: true, admin: true, auditor: false }],
    ['chosen', { member: false, chosen: true, admin: true, auditor: false }],
    ['admins', { member: false, chosen: false, admin: true, auditor: false }],
  ] as const)('for %s is open to them and to nobody else', async (access, expected) => {
    const admin = await makeContext('admin');
    const stub = await startSalesforceStub();
    const { id, slug } = await makeStubEnvironment(stub, { access: 'chosen' });
    for (const [who, open] of Object.entries(expected)) {
      const person = await makePerson({ role: who === 'chosen' ? 'member' : (who as 'admin') });
      if (who === 'chosen') await setPersonEnvironments(admin, { personId: person.id, environmentIds: [id] });
      await set(id, access);
      const browser = new Browser();
      const ctx = contextOf(person, (await browser.signIn(person)) as never);
      expect(await isOffered(ctx, id), who).toBe(open);
      const answer = await begin(browser, { environment: slug, intent: 'connect' });
      expect(answer.status, who).toBe(open ? 200 : 403);
      await set(id, 'chosen');
    }
  });

  it('that is disabled takes no consent, and one under way gets no grant', async () => {
    const stub = await startSalesforceStub();
    const { id, slug } = await makeStubEnvironment(stub, { membership: 'everyone_of_org' });
    const admin = await makeContext('admin');
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const stranger = new Browser();
    const urls = [
      await beginUrl(browser, { environment: slug, intent: 'connect' }),
      await beginUrl(stranger, { environment: slug, intent: 'sign_in' }),
    ] as const;
    await disableEnvironment(admin, { slug });
    for (const intent of ['connect', 'sign_in']) {
      const refused = await begin(browser, { environment: slug, intent });
      expect(refused.status, intent).toBe(403);
    }
    expect((await begin(stranger, { environment: slug, intent: 'sign_in' })).status).toBe(404);
    for (const [index, who] of [browser, stranger].entries()) {
      const answer = stub.allow(urls[index] ?? '', stubUser(`disabled${index}`));
      const { location } = await comeBack(who, slug, answer);
      expect(await failureAt(location)).toMatchObject({ code: 'ENVIRONMENT_DISABLED' });
    }
    const held = await withSystem('test', (tx) => tx.$count(connections, eq(connections.environmentId, id)));
    expect(held).toBe(0);
    await enableEnvironment(admin, { slug });
    expect((await begin(browser, { environment: slug, intent: 'connect' })).status).toBe(200);
  });

  it('that is taken away while a consent is under way gets no grant, and the one given is revoked', async () => {
    const stub = await startSalesforceStub();
    const { id, slug } = await makeStubEnvironment(stub);
    const admin = await makePerson({ role: 'admin', displayName: 'Ada Admin' });
    const browser = new Browser();
    const person = await makePerson();
    await browser.signIn(person);
    const url = await beginUrl(browser, { environment: slug, intent: 'connect' });
    await set(id, 'admins');
    const { location } = await comeBack(browser, slug, stub.allow(url, stubUser('late')));
    const failure = await failureAt(location);
    expect(failure).toMatchObject({ code: 'ENVIRONMENT_NOT_OPEN' });
    expect(failure.nextStep).toContain(admin.displayName);
    const held = await withSystem('test', (tx) => tx.$count(connections, eq(connections.ownerId, person.id)));
    expect(held).toBe(0);
    expect(stub.revoked.length).toBeGreaterThan(0);
    expect((await auditOf('consent.refused')).at(-1)).toMatchObject({
      details: { code: 'ENVIRONMENT_NOT_OPEN' },
    });
  });

  it('gives no grant to who became an auditor or was deactivated meanwhile', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    for (const [change, code] of [
      [{ role: 'auditor' as const }, 'RECORDS_NOT_FOR_AUDITORS'],
      [{ deactivatedAt: new Date() }, 'CONSENT_FOREIGN_BROWSER'],
    ] as const) {
      const browser = new Browser();
      const person = await makePerson();
      await browser.signIn(person);
      const url = await beginUrl(browser, { environment: slug, intent: 'connect' });
      await withSystem('test', (tx) => tx.update(people).set(change).where(eq(people.id, person.id)));
      const { location } = await comeBack(browser, slug, stub.allow(url, stubUser(code)));
      expect(await failureAt(location)).toMatchObject({ code });
    }
  });
});

describe('a connection whose environment was taken away', () => {
  it('shows its facts, can be disconnected, and reads nothing', async () => {
    const { id: environmentId } = await makeEnvironment({ access: 'chosen' });
    const admin = await makeContext('admin');
    const owner = await makeContext();
    await setPersonEnvironments(admin, { personId: owner.personId, environmentIds: [environmentId] });
    const { id } = await makeConnection({ ownerId: owner.personId, environmentId });
    expect(await requireReadable(owner, id)).toMatchObject({ id });
    await setPersonEnvironments(admin, { personId: owner.personId, environmentIds: [] });
    await expect(requireReadable(owner, id)).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_OPEN',
      nextStep: expect.stringContaining(admin.displayName),
    });
    expect(await getConnection(owner, id)).toMatchObject({ id });
    expect(await listConnections(owner)).toMatchObject([{ id }]);
    await disconnectConnection(owner, id);
  });

  it('reads nothing for an auditor either, whoever may use it', async () => {
    const { id: environmentId } = await makeEnvironment();
    const auditor = await makeContext('auditor');
    const { id } = await makeConnection({ ownerId: auditor.personId, environmentId });
    await expect(requireReadable(auditor, id)).rejects.toMatchObject({ code: 'RECORDS_NOT_FOR_AUDITORS' });
  });

  it('of the portal is not there for who may not use the environment', async () => {
    const { id: environmentId } = await makeEnvironment({ access: 'admins' });
    const shared = { name: 'Shared', flow: 'client_credentials' as const, sharedWithEveryone: true };
    const { id } = await makeConnection({ ownerId: null, environmentId }, shared);
    const [member, auditor] = [await makeContext(), await makeContext('auditor')];
    for (const ctx of [member, auditor]) {
      expect(await getConnection(ctx, id)).toBeNull();
      await expect(requireReadable(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await getConnection(await makeContext('admin'), id)).toMatchObject({ id });
    await set(environmentId, 'everyone');
    expect(await requireReadable(member, id)).toMatchObject({ id });
  });
});

describe('choosing people', () => {
  it('is done by administrators, once each, audited', async () => {
    const admin = await makeContext('admin');
    const { id, slug } = await makeEnvironment({ access: 'chosen' });
    const person = await makePerson({ email: 'chosen@example.com' });
    await choosePerson(admin, { slug, person: 'CHOSEN@example.com' });
    await choosePerson(admin, { slug, person: person.id });
    expect(await listChosenPeople(admin, slug)).toMatchObject([
      { id: person.id, grantedBy: admin.displayName },
    ]);
    expect((await listChoices(admin, person.id)).find((one) => one.id === id)).toMatchObject({
      chosen: true,
    });
    await unchoosePerson(admin, { slug, personId: person.id });
    await unchoosePerson(admin, { slug, personId: person.id });
    expect(await listChosenPeople(await makeContext('auditor'), slug)).toEqual([]);
    const rows = (await auditOf('environment.access')).filter(({ subjectId }) => subjectId === id);
    expect(rows.map(({ details }) => details.allowed)).toEqual([true, false]);
  });

  it('refuses wrong names, deactivated people and everybody else', async () => {
    const admin = await makeContext('admin');
    const { id, slug } = await makeEnvironment({ access: 'chosen' });
    const gone = await makePerson({ deactivatedAt: new Date() });
    await expect(choosePerson(admin, { slug, person: ' ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(choosePerson(admin, { slug, person: gone.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(choosePerson(admin, { slug: 'nowhere', person: gone.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const nobody = { personId: 'made-up', environmentIds: [id] };
    await expect(setPersonEnvironments(admin, nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      const own = { personId: ctx.personId, environmentIds: [id] };
      await expect(setPersonEnvironments(ctx, own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const write = withActor(ctx, (tx) =>
        tx.insert(environmentAccess).values({ environmentId: id, personId: ctx.personId }),
      );
      await expect(write).rejects.toThrow(/row-level security|Failed query/);
    }
  });
});

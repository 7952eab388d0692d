import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { environmentAccess, identities, invitations, people } from '@/db/schema';
import type { Role } from '@/lib/context';
import { createInvitation, withdrawInvitation } from '@/lib/people/invitations/commands';
import { listInvitations, openInvitation } from '@/lib/people/invitations/queries';
import { issuerOf } from '@/lib/people/queries';
import { contextOf } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import { type SalesforceStub, type StubUser, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const form = (values: Record<string, unknown> = {}) => ({
  displayName: 'Nora New',
  email: '',
  role: 'member',
  environmentIds: [],
  days: '7',
  ...values,
});

async function invite(values: Record<string, unknown> = {}) {
  const admin = await makeContext('admin');
  const { link } = await createInvitation(admin, form(values));
  const token = link.split('/').at(-1) ?? '';
  const [row] = await listInvitations(admin);
  return { admin, link, token, id: row?.id ?? '' };
}

async function accept(browser: Browser, stub: SalesforceStub, slug: string, token: string, user: StubUser) {
  const url = await beginUrl(browser, { environment: slug, intent: 'sign_in', invitation: token });
  return (await comeBack(browser, slug, stub.allow(url, user))).location;
}

async function personOf(user: StubUser) {
  const [row] = await withSystem('test', (tx) =>
    tx
      .select({ person: people })
      .from(identities)
      .innerJoin(people, eq(people.id, identities.personId))
      .where(eq(identities.subject, user.userId)),
  );
  return row?.person ?? null;
}

const environmentsOf = async (personId: string) =>
  (
    await withSystem('test', (tx) =>
      tx.select().from(environmentAccess).where(eq(environmentAccess.personId, personId)),
    )
  ).map(({ environmentId }) => environmentId);

describe('an invitation', () => {
  it.each(['member', 'auditor', 'admin'] as Role[])(
    'makes the stranger a %s with environments',
    async (role) => {
      const stub = await startSalesforceStub();
      const { slug } = await makeStubEnvironment(stub);
      const chosen = await makeEnvironment({ access: 'chosen' });
      const { token, admin, id } = await invite({ role, environmentIds: [chosen.id] });
      expect(await openInvitation(token)).toMatchObject({
        displayName: 'Nora New',
        role,
        environments: [chosen.name],
        invitedBy: admin.displayName,
        state: 'open',
      });
      const nora = stubUser(`nora-${role}`);
      const browser = new Browser();
      expect(await accept(browser, stub, slug, token, nora)).toBe('/');
      const person = await personOf(nora);
      expect(person).toMatchObject({ role, displayName: `Name of ${nora.username}` });
      expect(await contextOf(browser.headers)).toMatchObject({ personId: person?.id, role });
      expect(await environmentsOf(person?.id ?? '')).toEqual([chosen.id]);
      expect((await auditOf('invitation.accept')).at(-1)).toMatchObject({
        subjectId: id,
        details: { personId: person?.id, newPerson: true },
      });
      expect((await listInvitations(admin)).find((one) => one.id === id)).toMatchObject({
        state: 'accepted',
        acceptedBy: { id: person?.id },
      });
    },
  );

  it('gives somebody who is known the environments, and keeps their role', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const chosen = await makeEnvironment({ access: 'chosen' });
    const { token } = await invite({ role: 'admin', environmentIds: [chosen.id] });
    const user = stubUser('known');
    const person = await makePerson();
    await withSystem('test', (tx) =>
      tx.insert(identities).values({
        personId: person.id,
        issuer: issuerOf(user.orgId),
        subject: user.userId,
        username: user.username,
      }),
    );
    await accept(new Browser(), stub, slug, token, user);
    expect(await personOf(user)).toMatchObject({ id: person.id, role: 'member' });
    expect(await environmentsOf(person.id)).toEqual([chosen.id]);
  });

  it('is kept as a hash, and shown once', async () => {
    const { token, link } = await invite();
    expect(link).toMatch(/^http:\/\/localhost:3000\/invite\/[\w-]{43}$/);
    const rows = await withSystem('test', (tx) => tx.select().from(invitations));
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(await auditOf('invitation.create'))).not.toContain(token);
  });

  it('lets one of two strangers in who come at once', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    for (let round = 0; round < 5; round += 1) {
      const { token } = await invite();
      const guests = [stubUser(`left-${round}`), stubUser(`right-${round}`)];
      const begun = await Promise.all(
        guests.map(async (user) => {
          const browser = new Browser();
          const url = await beginUrl(browser, { environment: slug, intent: 'sign_in', invitation: token });
          return { browser, query: stub.allow(url, user) };
        }),
      );
      const ends = await Promise.all(
        begun.map(async ({ browser, query }) => (await comeBack(browser, slug, query)).location),
      );
      expect(ends.filter((location) => location === '/')).toHaveLength(1);
      const refused = ends.find((location) => location !== '/') ?? '';
      expect(await failureAt(refused)).toMatchObject({
        code: 'INVITATION_INVALID',
        message: 'This invitation was used already: it works once.',
      });
      expect((await Promise.all(guests.map(personOf))).filter(Boolean)).toHaveLength(1);
    }
  });

  it('lets nobody in twice, nor after it was withdrawn or has expired', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const used = await invite();
    await accept(new Browser(), stub, slug, used.token, stubUser('first'));
    const withdrawn = await invite();
    await withdrawInvitation(withdrawn.admin, withdrawn.id);
    const expired = await invite();
    await withSystem('test', (tx) =>
      tx
        .update(invitations)
        .set({ expiresAt: new Date(0) })
        .where(eq(invitations.id, expired.id)),
    );
    for (const [{ token }, state] of [
      [used, 'accepted'],
      [withdrawn, 'withdrawn'],
      [expired, 'expired'],
    ] as const) {
      expect(await openInvitation(token)).toMatchObject({ state });
      const refused = await begin(new Browser(), { environment: slug, intent: 'sign_in', invitation: token });
      expect(refused.status).toBe(410);
      expect(await refused.json()).toMatchObject({ problem: { code: 'INVITATION_INVALID' } });
    }
    await expect(withdrawInvitation(used.admin, used.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that ends while somebody signs in stops a stranger, and not a person', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { token, admin, id } = await invite();
    const [browser, stranger] = [new Browser(), stubUser('late')];
    const url = await beginUrl(browser, { environment: slug, intent: 'sign_in', invitation: token });
    const other = new Browser();
    const known = stubUser('first');
    const knownUrl = await beginUrl(other, { environment: slug, intent: 'sign_in', invitation: token });
    await withdrawInvitation(admin, id);
    const { location } = await comeBack(browser, slug, stub.allow(url, stranger));
    expect(await failureAt(location)).toMatchObject({ message: 'This invitation was withdrawn.' });
    expect(await personOf(stranger)).toBeNull();
    const again = await invite();
    await accept(new Browser(), stub, slug, again.token, known);
    expect((await comeBack(other, slug, stub.allow(knownUrl, known))).location).toBe('/');
  });

  it('is bound to the browser that began to accept it', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { token } = await invite();
    const url = await beginUrl(new Browser(), { environment: slug, intent: 'sign_in', invitation: token });
    const { location } = await comeBack(new Browser(), slug, stub.allow(url, stubUser('thief')));
    expect(location).toBe('/consent/foreign-browser');
    expect(await openInvitation(token)).toMatchObject({ state: 'open' });
  });

  it('stays open when a deactivated person tries it', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { token } = await invite();
    const user = stubUser('gone');
    const person = await makePerson({ deactivatedAt: new Date() });
    await withSystem('test', (tx) =>
      tx.insert(identities).values({
        personId: person.id,
        issuer: issuerOf(user.orgId),
        subject: user.userId,
        username: user.username,
      }),
    );
    const location = await accept(new Browser(), stub, slug, token, user);
    expect(await failureAt(location)).toMatchObject({ code: 'CONSENT_NOT_A_MEMBER' });
    expect(await openInvitation(token)).toMatchObject({ state: 'open' });
  });

  it('goes with a plain sign-in only, and a made-up link is none', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { token } = await invite();
    const body = { environment: slug, invitation: token };
    expect((await begin(new Browser(), { ...body, intent: 'connect' })).status).toBe(400);
    expect((await begin(new Browser(), { ...body, intent: 'sign_in', fresh: true })).status).toBe(400);
    const made = { environment: slug, intent: 'sign_in', invitation: 'x'.repeat(43) };
    expect((await begin(new Browser(), made)).status).toBe(410);
    expect(await openInvitation('x'.repeat(43))).toBeNull();
    expect(await openInvitation('short')).toBeNull();
  });

  it('is made, seen and withdrawn by those who may', async () => {
    const { id } = await invite();
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      await expect(createInvitation(ctx, form())).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(withdrawInvitation(ctx, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await listInvitations(await makeContext('auditor'))).not.toEqual([]);
    const member = await makeContext();
    await expect(listInvitations(member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await withActor(member, (tx) => tx.select().from(invitations))).toEqual([]);
  });

  it.each([
    [{ displayName: ' ' }, 'displayName'],
    [{ email: 'nobody' }, 'email'],
    [{ role: 'root' }, 'role'],
    [{ days: '0' }, 'days'],
    [{ days: '31' }, 'days'],
    [{ days: '1.5' }, 'days'],
    [{ environmentIds: ['x'] }, 'environmentIds'],
  ])('with %j is refused at its field', async (values, field) => {
    const refused = createInvitation(await makeContext('admin'), form(values));
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { [field]: expect.any(String) },
    });
  });
});

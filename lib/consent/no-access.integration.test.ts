import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { accessRequests, consentFailures, environmentAccess } from '@/db/schema';
import { findFailure } from '@/lib/consent/failures';
import { requestAccessFrom } from '@/lib/consent/no-access';
import { listForbiddenEnvironments } from '@/lib/people/access/queries';
import { grantRequest, refuseRequest, requestEnvironment } from '@/lib/people/requests/commands';
import { countOpenRequests, listOpenRequests } from '@/lib/people/requests/queries';
import { Browser } from '@/tests/browser';
import { auditOf, consent, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext, makeEnvironment } from '@/tests/factories';
import { type StubUser, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const REQUEST = { requestId: 'request-1', ip: '192.0.2.1', userAgent: 'vitest' };

/** Somebody whom nobody knows signs in and is turned away. */
async function turnedAway(
  user: StubUser,
  within?: { stub: Awaited<ReturnType<typeof startSalesforceStub>>; slug: string },
) {
  const stub = within?.stub ?? (await startSalesforceStub());
  const slug = within?.slug ?? (await makeStubEnvironment(stub)).slug;
  const browser = new Browser();
  const location = await consent(browser, stub, { environment: slug, intent: 'sign_in' }, user);
  const failureId = location.split('/').at(-1) ?? '';
  const mark = browser.cookies.get('orgdock.attempt') ?? null;
  const ask = (message = '') => requestAccessFrom(mark, { failureId, message }, REQUEST);
  const page = () => findFailure(failureId, { browser: mark, personId: null });
  return { stub, slug, browser, failureId, mark, ask, page };
}

const requestsOf = (user: StubUser) =>
  withSystem('test', (tx) => tx.select().from(accessRequests).where(eq(accessRequests.subject, user.userId)));

describe('somebody whom nobody knows', () => {
  it('reads who can let them in, asks once, and sees that they have', async () => {
    const admin = await makeContext('admin');
    const user = stubUser('asker');
    const { ask, page } = await turnedAway(user);
    const before = await page();
    expect(before?.noAccess).toMatchObject({ mayAsk: true, request: null });
    expect(before?.noAccess?.admins).toContain(admin.displayName);
    expect(before?.problem.details).toEqual({ Username: user.username });
    await ask('  Hello, it is me.  ');
    await ask('Again.');
    expect(await requestsOf(user)).toMatchObject([
      { username: user.username, displayName: `Name of ${user.username}`, message: 'Hello, it is me.' },
    ]);
    expect((await page())?.noAccess?.request).toMatchObject({ refusedAt: null });
    expect(await countOpenRequests(admin)).toBeGreaterThan(0);
    expect((await auditOf('access_request.create')).at(-1)).toMatchObject({
      actorKind: 'system',
      ip: '192.0.2.1',
      details: { subject: user.userId },
    });
  });

  it('is a member with environments once an administrator lets them in', async () => {
    const admin = await makeContext('admin');
    const chosen = await makeEnvironment({ access: 'chosen' });
    const user = stubUser('welcome');
    const { ask, stub, slug } = await turnedAway(user);
    await ask();
    const [request] = await requestsOf(user);
    await grantRequest(admin, { id: request?.id ?? '', environmentIds: [chosen.id] });
    const browser = new Browser();
    expect(await consent(browser, stub, { environment: slug, intent: 'sign_in' }, user)).toBe('/');
    const access = await withSystem('test', (tx) =>
      tx.select().from(environmentAccess).where(eq(environmentAccess.environmentId, chosen.id)),
    );
    expect(access).toMatchObject([{ grantedBy: admin.personId }]);
    expect((await auditOf('person.create')).at(-1)).toMatchObject({ personId: admin.personId });
    expect((await auditOf('access_request.decide')).at(-1)).toMatchObject({
      details: { decision: 'granted' },
    });
    await expect(grantRequest(admin, { id: request?.id ?? '', environmentIds: [] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('who is refused reads so, and may ask again a day later', async () => {
    const admin = await makeContext('admin');
    const user = stubUser('refused');
    const first = await turnedAway(user);
    await first.ask();
    const [request] = await requestsOf(user);
    await refuseRequest(admin, request?.id ?? '');
    expect((await first.page())?.noAccess?.request).toMatchObject({ refusedAt: expect.any(String) });
    await expect(first.ask()).rejects.toMatchObject({ code: 'CONFLICT' });
    await shiftDatabaseClock(25 * 3_600_000);
    const later = await turnedAway(user, first);
    await later.ask();
    expect(await requestsOf(user)).toHaveLength(2);
  });

  it('cannot ask in the name of another: neither in another browser nor with another failure', async () => {
    const user = stubUser('victim');
    const { failureId, mark } = await turnedAway(user);
    const message = '';
    for (const browser of [null, 'x'.repeat(43)]) {
      await expect(requestAccessFrom(browser, { failureId, message }, REQUEST)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await withSystem('test', (tx) =>
      tx.update(consentFailures).set({ code: 'CONSENT_DENIED' }).where(eq(consentFailures.id, failureId)),
    );
    for (const id of [failureId, 'made-up', crypto.randomUUID()]) {
      await expect(requestAccessFrom(mark, { failureId: id, message }, REQUEST)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await requestsOf(user)).toEqual([]);
  });

  it('is let in once by two administrators at once', async () => {
    const user = stubUser('twice-welcome');
    const { ask } = await turnedAway(user);
    await ask();
    const [request] = await requestsOf(user);
    const outcomes = await Promise.allSettled(
      [await makeContext('admin'), await makeContext('admin')].map((ctx) =>
        grantRequest(ctx, { id: request?.id ?? '', environmentIds: [] }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is answered by administrators only', async () => {
    const user = stubUser('patient');
    const { ask } = await turnedAway(user);
    await ask();
    const id = (await requestsOf(user))[0]?.id ?? '';
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      await expect(grantRequest(ctx, { id, environmentIds: [] })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(refuseRequest(ctx, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await countOpenRequests(ctx)).toBe(0);
    }
    expect(await listOpenRequests(await makeContext('auditor'))).not.toEqual([]);
    const member = await makeContext();
    await expect(listOpenRequests(member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await withActor(member, (tx) => tx.select().from(accessRequests))).toEqual([]);
  });
});

describe('a person without an environment', () => {
  it('asks for it, and uses it once an administrator has chosen them', async () => {
    const admin = await makeContext('admin');
    const member = await makeContext();
    const { slug, id, name } = await makeEnvironment({ access: 'chosen' });
    const offered = async () => (await listForbiddenEnvironments(member)).find((one) => one.id === id);
    expect(await offered()).toMatchObject({ name, mayAsk: true, requestedAt: null });
    await requestEnvironment(member, { slug, message: 'Please.' });
    await requestEnvironment(member, { slug, message: 'Please!' });
    expect(await offered()).toMatchObject({ requestedAt: expect.any(String) });
    const request = (await listOpenRequests(admin)).find(({ personId }) => personId === member.personId);
    expect(request).toMatchObject({ message: 'Please.', environment: { name } });
    await grantRequest(admin, { id: request?.id ?? '', environmentIds: [] });
    expect(await offered()).toBeUndefined();
    await expect(requestEnvironment(member, { slug, message: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('asks again a day after a refusal at the earliest', async () => {
    const admin = await makeContext('admin');
    const member = await makeContext();
    const { slug } = await makeEnvironment({ access: 'chosen' });
    await requestEnvironment(member, { slug, message: '' });
    const request = (await listOpenRequests(admin)).find(({ personId }) => personId === member.personId);
    await refuseRequest(admin, request?.id ?? '');
    await expect(requestEnvironment(member, { slug, message: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('cannot ask for what is for administrators, nor as an auditor', async () => {
    const member = await makeContext();
    const { slug } = await makeEnvironment({ access: 'admins' });
    await expect(requestEnvironment(member, { slug, message: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const chosen = await makeEnvironment({ access: 'chosen' });
    const auditor = await makeContext('auditor');
    await expect(requestEnvironment(auditor, { slug: chosen.slug, message: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listForbiddenEnvironments(auditor)).toEqual([]);
  });
});

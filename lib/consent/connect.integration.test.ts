import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { approvalRequests, connectionSecrets, connections, consentAttempts, environments } from '@/db/schema';
import { dismissPendingConsent, listPendingConsents, readConsentScopes } from '@/lib/consent/queries';
import { registry } from '@/lib/registry';
import { contextOf } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { begin, beginUrl, comeBack, consent, failureAt, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makePerson, contextOf as personContext } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

async function makeSignedIn(role: 'member' | 'admin' = 'member') {
  const browser = new Browser();
  const person = await makePerson({ role });
  const sessionId = await browser.signIn(person);
  return { browser, person, sessionId };
}

const connectionsOf = (ownerId: string) =>
  withSystem('test', (tx) => tx.select().from(connections).where(eq(connections.ownerId, ownerId)));

describe('connecting', () => {
  it('stores the grant sealed, for the person who began, and leaves the session as it is', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    const { browser, person, sessionId } = await makeSignedIn();
    const ada = stubUser('ada');
    const url = await beginUrl(browser, { environment: slug, intent: 'connect' });
    expect(new URL(url).searchParams.get('scope')).toBe('openid api refresh_token');
    const { location, response } = await comeBack(browser, slug, stub.allow(url, ada));
    const [row] = await connectionsOf(person.id);
    expect(location).toBe(`/connections/${row?.id}`);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await contextOf(browser.headers))?.sessionId).toBe(sessionId);
    expect(row).toMatchObject({
      environmentId: id,
      orgId: ada.orgId,
      salesforceUserId: ada.userId,
      username: ada.username,
      instanceUrl: stub.origin,
      tokenHost: stub.origin,
      scopes: ['openid', 'api', 'refresh_token'],
      locale: 'en_US',
      timeZone: 'America/New_York',
      state: 'idle',
    });
    const [secrets] = await withSystem('test', (tx) =>
      tx
        .select()
        .from(connectionSecrets)
        .where(eq(connectionSecrets.connectionId, row?.id ?? '')),
    );
    for (const token of stub.issued) expect(JSON.stringify([row, secrets])).not.toContain(token);
    expect(stub.revoked).toEqual([]);
  });

  it('goes back to the path that was asked for', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser } = await makeSignedIn();
    const body = { environment: slug, intent: 'connect', callbackUrl: '/?from=card' };
    expect(await consent(browser, stub, body, stubUser('ada'))).toBe('/?from=card');
  });

  it('has Salesforce ask again when that is wanted, and never of somebody who signs in', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser } = await makeSignedIn();
    const again = { environment: slug, intent: 'connect', askAgain: true };
    expect(new URL(await beginUrl(browser, again)).searchParams.get('prompt')).toBe('consent');
    const once = { environment: slug, intent: 'connect' };
    expect(new URL(await beginUrl(browser, once)).searchParams.get('prompt')).toBeNull();
    expect((await begin(browser, { ...again, intent: 'sign_in' })).status).toBe(400);
  });

  it('ends what the person asked a Salesforce administrator for, and nothing else', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    const elsewhere = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    const other = await makePerson();
    const ask = (personId: string, environmentId: string) => ({
      tokenHash: crypto.randomUUID(),
      personId,
      environmentId,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await withSystem('test', (tx) =>
      tx
        .insert(approvalRequests)
        .values([ask(person.id, id), ask(person.id, elsewhere.id), ask(other.id, id)]),
    );
    await consent(browser, stub, { environment: slug, intent: 'connect' }, stubUser('ada'));
    const rows = await withSystem('test', (tx) => tx.select().from(approvalRequests));
    const ended = rows.filter(({ endedAt }) => endedAt !== null);
    expect(ended).toMatchObject([{ personId: person.id, environmentId: id, ended: 'connected' }]);
    expect(await readConsentScopes(personContext(person), slug)).toEqual(['openid', 'api', 'refresh_token']);
    const auditor = personContext(await makePerson({ role: 'auditor' }));
    expect(await readConsentScopes(auditor, slug)).toEqual([]);
  });

  it('lets two people connect the same Salesforce user', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const ada = stubUser('shared');
    for (const { browser, person } of [await makeSignedIn(), await makeSignedIn()]) {
      await consent(browser, stub, { environment: slug, intent: 'connect' }, ada);
      expect(await connectionsOf(person.id)).toHaveLength(1);
    }
  });

  it('proposes the org of a member, pins that of an admin, and refuses another one after that', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    const read = async () =>
      (await withSystem('test', (tx) => tx.select().from(environments).where(eq(environments.id, id))))[0];
    const ada = stubUser('ada', 'right');
    const member = await makeSignedIn();
    await consent(member.browser, stub, { environment: slug, intent: 'connect' }, ada);
    expect(await read()).toMatchObject({ expectedOrgId: null, proposedOrgId: ada.orgId });
    const admin = await makeSignedIn('admin');
    await consent(admin.browser, stub, { environment: slug, intent: 'connect' }, ada);
    expect(await read()).toMatchObject({ expectedOrgId: ada.orgId });

    const before = stub.issued.length;
    const wrong = await makeSignedIn();
    const body = { environment: slug, intent: 'connect' };
    const location = await consent(wrong.browser, stub, body, stubUser('eve', 'wrong'));
    expect(await failureAt(location)).toMatchObject({ code: 'CONSENT_WRONG_ORG', personId: wrong.person.id });
    expect(await connectionsOf(wrong.person.id)).toEqual([]);
    expect(stub.revoked).toContain(stub.issued[before + 1]);
  });

  it('renews a connection of mine with its user named, and refuses another user', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    const ada = stubUser('ada');
    await consent(browser, stub, { environment: slug, intent: 'connect' }, ada);
    const [row] = await connectionsOf(person.id);
    const body = { environment: slug, intent: 'connect', reconnect: row?.id };
    const url = await beginUrl(browser, body);
    expect(new URL(url).searchParams.get('login_hint')).toBe(ada.username);
    await comeBack(browser, slug, stub.allow(url, ada));
    const [renewed] = await connectionsOf(person.id);
    expect(renewed).toMatchObject({ id: row?.id, generation: 2 });
    const wrong = await consent(browser, stub, body as never, stubUser('eve'));
    expect(await failureAt(wrong)).toMatchObject({ code: 'CONSENT_WRONG_USER' });
  });

  it('answers 404 for a connection of somebody else, of another environment, or made up', async () => {
    const stub = await startSalesforceStub();
    const environment = await makeStubEnvironment(stub);
    const other = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    const stranger = await makePerson();
    const foreign = await makeConnection({ ownerId: stranger.id, environmentId: environment.id });
    const elsewhere = await makeConnection({ ownerId: person.id, environmentId: other.id });
    for (const reconnect of [foreign.id, elsewhere.id, crypto.randomUUID(), "' OR true --"]) {
      const response = await begin(browser, { environment: environment.slug, intent: 'connect', reconnect });
      expect(response.status).toBe(404);
    }
  });

  it('asks to be signed in first', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    expect((await begin(new Browser(), { environment: slug, intent: 'connect' })).status).toBe(401);
  });
});

describe('a consent under way', () => {
  it('is listed until it comes back, says when it has expired, and can be dismissed', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    const ctx = personContext(person);
    await beginUrl(browser, { environment: slug, intent: 'connect' });
    await beginUrl(browser, { environment: slug, intent: 'sign_in' });
    const [pending, ...others] = await listPendingConsents(ctx);
    expect(others).toEqual([]);
    expect(pending).toMatchObject({ environment: { slug }, expired: false });
    const stranger = personContext(await makePerson());
    expect(await listPendingConsents(stranger)).toEqual([]);
    await expect(dismissPendingConsent(stranger, pending?.id ?? '')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });

    await shiftDatabaseClock(11 * 60_000);
    expect((await listPendingConsents(ctx))[0]).toMatchObject({ expired: true });
    await dismissPendingConsent(ctx, pending?.id ?? '');
    expect(await listPendingConsents(ctx)).toEqual([]);
    await expect(dismissPendingConsent(ctx, 'made-up')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is left out once another tab has connected the environment', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    const body = { environment: slug, intent: 'connect' };
    await beginUrl(browser, body);
    await consent(browser, stub, body, stubUser('ada'));
    expect(await listPendingConsents(personContext(person))).toEqual([]);
  });

  it('is forgotten a day after it has expired', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const { browser, person } = await makeSignedIn();
    await beginUrl(browser, { environment: slug, intent: 'connect' });
    const mine = () =>
      withSystem('test', (tx) =>
        tx.select().from(consentAttempts).where(eq(consentAttempts.personId, person.id)),
      );
    await shiftDatabaseClock(25 * 3600_000);
    // A day has passed for the database only: the sweep's own minute is over too.
    registry().slots.delete('consent.sweep');
    await beginUrl(new Browser(), { environment: slug, intent: 'sign_in' });
    expect(await mine()).toEqual([]);
  });
});

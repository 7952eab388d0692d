import type { ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { consentAttempts, environments, identities, people, sessions } from '@/db/schema';
import { issuerOf } from '@/lib/people/queries';
import { registry } from '@/lib/registry';
import { contextOf } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, consent, failureAt, makeStubEnvironment } from '@/tests/consent';
import { makeConnection, makePerson, type PersonRow } from '@/tests/factories';
import { type StubUser, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

async function makeKnown(user: StubUser, values: Parameters<typeof makePerson>[0] = {}): Promise<PersonRow> {
  const person = await makePerson(values);
  const identity = { personId: person.id, issuer: issuerOf(user.orgId), subject: user.userId };
  await withSystem('test', (tx) => tx.insert(identities).values({ ...identity, username: user.username }));
  return person;
}

const sessionsOf = (personId: string) =>
  withSystem('test', (tx) => tx.select().from(sessions).where(eq(sessions.personId, personId)));

/** Waits for what the portal does after it has answered. */
const settled = () => Promise.all(registry().unfinished);

describe('signing in', () => {
  it('opens a session for a known person, keeps no token and lands on the cards', async () => {
    const stub = await startSalesforceStub();
    const environment = await makeStubEnvironment(stub);
    const ada = stubUser('ada');
    const person = await makeKnown(ada);
    const browser = new Browser();

    const url = new URL(await beginUrl(browser, { environment: environment.slug, intent: 'sign_in' }));
    expect(url.searchParams.get('scope')).toBe('openid');
    expect(url.searchParams.get('prompt')).toBeNull();
    expect(url.searchParams.get('redirect_uri')).toBe(
      `http://localhost:3000/api/auth/callback/${environment.slug}`,
    );
    const { location, response } = await comeBack(browser, environment.slug, stub.allow(url.href, ada));
    expect(location).toBe('/');
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(response.headers.get('set-cookie')).toMatch(
      /^orgdock\.session=.*; Path=\/; .*HttpOnly; SameSite=Lax$/,
    );

    expect(await contextOf(browser.headers)).toMatchObject({ personId: person.id, role: 'member' });
    const [session] = await sessionsOf(person.id);
    expect(session).toMatchObject({ signedInVia: environment.slug, ip: '192.0.2.1', userAgent: 'vitest' });
    await settled();
    expect(stub.revoked).toEqual([stub.issued[0]]);
    expect(await withSystem('test', (tx) => tx.select().from(consentAttempts))).toEqual([]);
    const [row] = await auditOf('session.sign_in');
    expect(row).toMatchObject({
      subjectId: session?.id,
      details: { via: environment.slug, personId: person.id },
    });
  });

  it('drops what a query adds: `?scope=full` asks for openid only', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const body = { environment: slug, intent: 'sign_in' };
    const url = await beginUrl(new Browser(), body, '?scope=full&prompt=none&state=known&redirect_uri=x');
    const asked = new URL(url).searchParams;
    expect(asked.getAll('scope')).toEqual(['openid']);
    expect(asked.getAll('state')).not.toContain('known');
    expect(asked.get('prompt')).toBeNull();
    const refused = await begin(new Browser(), { ...body, scope: 'full' });
    expect(refused.status).toBe(400);
  });

  it('ends the session that the browser had, and makes a new id', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const ada = stubUser('ada2');
    const person = await makeKnown(ada);
    const browser = new Browser();
    const before = await browser.signIn(person);
    await consent(browser, stub, { environment: slug, intent: 'sign_in' }, ada);
    const rows = await sessionsOf(person.id);
    expect(rows.find((row) => row.id === before)?.endedReason).toBe('replaced');
    expect(rows.filter((row) => row.endedAt === null)).toHaveLength(1);
  });

  it('opens Accounts of the one healthy connection, but a path that was asked for comes first', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    const ada = stubUser('ada3');
    const person = await makeKnown(ada);
    const one = await makeConnection({ ownerId: person.id, environmentId: id });
    await makeConnection({ ownerId: person.id, environmentId: id }, { state: 'needs_reconnect' });
    const body = { environment: slug, intent: 'sign_in' };
    expect(await consent(new Browser(), stub, body, ada)).toBe(`/connections/${one.id}/accounts`);
    expect(await consent(new Browser(), stub, { ...body, callbackUrl: '/account?x=1' }, ada)).toBe(
      '/account?x=1',
    );
    expect(await consent(new Browser(), stub, { ...body, callbackUrl: '//evil.example' }, ada)).toBe(
      `/connections/${one.id}/accounts`,
    );
    await makeConnection({ ownerId: person.id, environmentId: id });
    expect(await consent(new Browser(), stub, body, ada)).toBe('/');
  });

  it('turns an unknown identity away, says so in the audit log and opens no session', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const stranger = stubUser('stranger');
    await makePerson({ email: `mail.${stranger.username}`, displayName: `Name of ${stranger.username}` });
    const browser = new Browser();
    const location = await consent(browser, stub, { environment: slug, intent: 'sign_in' }, stranger);
    expect(await failureAt(location)).toMatchObject({
      code: 'CONSENT_NOT_A_MEMBER',
      message: 'stranger@acme.example has no access to this portal yet.',
      nextStep: 'Ask an administrator of this portal to let you in.',
    });
    expect(browser.cookies.has('orgdock.session')).toBe(false);
    expect((await auditOf('consent.refused')).at(-1)).toMatchObject({
      outcome: 'denied',
      details: { code: 'CONSENT_NOT_A_MEMBER', username: stranger.username },
    });
    await settled();
    expect(stub.revoked).toEqual([stub.issued[0]]);
  });

  it('makes a member of everyone of the pinned org, and of nobody else', async () => {
    const stub = await startSalesforceStub();
    const bob = stubUser('bob', 'pinned');
    const { slug } = await makeStubEnvironment(stub, {
      membership: 'everyone_of_org',
      expectedOrgId: bob.orgId,
      expectedOrgName: 'Pinned',
    });
    const body = { environment: slug, intent: 'sign_in' };
    expect(await consent(new Browser(), stub, body, bob)).toBe('/');
    const [member] = await withSystem('test', (tx) =>
      tx
        .select()
        .from(people)
        .where(eq(people.email, `mail.${bob.username}`)),
    );
    expect(member).toMatchObject({ role: 'member', displayName: `Name of ${bob.username}` });
    expect((await auditOf('person.create')).at(-1)).toMatchObject({ subjectId: member?.id });

    const other = await consent(new Browser(), stub, body, stubUser('eve', 'other'));
    expect(await failureAt(other)).toMatchObject({ code: 'CONSENT_WRONG_ORG' });
  });

  it('makes nobody a member of an org that is not pinned', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub, { membership: 'everyone_of_org' });
    const body = { environment: slug, intent: 'sign_in' };
    const location = await consent(new Browser(), stub, body, stubUser('carol', 'unpinned'));
    expect(await failureAt(location)).toMatchObject({ code: 'CONSENT_NOT_A_MEMBER' });
  });

  it('refuses a person who was deactivated', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const gone = stubUser('gone');
    await makeKnown(gone, { deactivatedAt: new Date() });
    const location = await consent(new Browser(), stub, { environment: slug, intent: 'sign_in' }, gone);
    expect(await failureAt(location)).toMatchObject({ code: 'CONSENT_NOT_A_MEMBER' });
  });

  it('goes through environments that allow it only, also when that changes under way', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    const ada = stubUser('ada4');
    await makeKnown(ada);
    const browser = new Browser();
    const body = { environment: slug, intent: 'sign_in' };
    const url = await beginUrl(browser, body);
    await withSystem('test', (tx) =>
      tx.update(environments).set({ allowSignIn: false }).where(eq(environments.id, id)),
    );
    const { location } = await comeBack(browser, slug, stub.allow(url, ada));
    expect(await failureAt(location)).toMatchObject({ code: 'FORBIDDEN' });
    const signedIn = new Browser();
    await signedIn.signIn(await makePerson());
    expect((await begin(signedIn, body)).status).toBe(403);
    expect((await begin(signedIn, { ...body, environment: 'made-up' })).status).toBe(404);
  });

  it('tells nobody who is signed out that a closed environment exists', async () => {
    const { slug } = await makeStubEnvironment(await startSalesforceStub(), { allowSignIn: false });
    const answers = await Promise.all(
      [slug, 'made-up'].map((environment) => begin(new Browser(), { environment, intent: 'sign_in' })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([404, 404]);
    const [closed, unknown] = await Promise.all(answers.map((answer) => answer.json()));
    expect(closed).toEqual(unknown);
  });

  it('refuses a user that userinfo names differently, and revokes the token', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const [ada, eve] = [stubUser('ada5'), stubUser('eve5')];
    await makeKnown(eve);
    stub.override.userinfo = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          user_id: eve.userId,
          organization_id: eve.orgId,
          preferred_username: eve.username,
        }),
      );
    const location = await consent(new Browser(), stub, { environment: slug, intent: 'sign_in' }, ada);
    expect(await failureAt(location)).toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    await settled();
    expect(stub.revoked).toEqual([stub.issued[0]]);
  });
});

describe('a token that is not needed any more', () => {
  it('does not keep anybody out when it cannot be revoked', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const ada = stubUser('ada8');
    await makeKnown(ada);
    for (const revoke of [
      (_: unknown, response: ServerResponse) => response.writeHead(500).end(),
      (_: unknown, response: ServerResponse) => response.destroy(),
    ]) {
      stub.override.revoke = revoke;
      expect(await consent(new Browser(), stub, { environment: slug, intent: 'sign_in' }, ada)).toBe('/');
      await settled();
    }
  });
});

describe('a fresh sign-in', () => {
  it('asks Salesforce for the password again and renews the session', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const ada = stubUser('ada6');
    await makeKnown(ada);
    const browser = new Browser();
    await consent(browser, stub, { environment: slug, intent: 'sign_in' }, ada);
    const before = await contextOf(browser.headers);
    // Salesforce may have remembered the browser: a plain sign-in proves nothing.
    expect(before?.authenticatedAt).toEqual(new Date(0));
    const url = await beginUrl(browser, {
      intent: 'sign_in',
      fresh: true,
      callbackUrl: '/admin/environments',
    });
    expect(new URL(url).searchParams.get('prompt')).toBe('login');
    const { location } = await comeBack(browser, slug, stub.allow(url, ada));
    expect(location).toBe('/admin/environments');
    const after = await contextOf(browser.headers);
    expect(after?.sessionId).not.toBe(before?.sessionId);
    expect(Date.now() - (after?.authenticatedAt.getTime() ?? 0)).toBeLessThan(60_000);
    expect((await auditOf('session.sign_in')).at(-1)?.details).toMatchObject({ fresh: true });
  });

  it('refuses somebody else and leaves the session as it was', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const [ada, bob] = [stubUser('ada7'), stubUser('bob7')];
    await makeKnown(bob);
    const browser = new Browser();
    const session = await browser.signIn(await makeKnown(ada));
    const body = { environment: slug, intent: 'sign_in', fresh: true };
    const location = await consent(browser, stub, body, bob);
    expect(await failureAt(location)).toMatchObject({ code: 'CONSENT_WRONG_USER' });
    expect((await contextOf(browser.headers))?.sessionId).toBe(session);
  });

  it('needs somebody to be signed in, and an environment to go through', async () => {
    expect((await begin(new Browser(), { intent: 'sign_in', fresh: true })).status).toBe(401);
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const response = await begin(browser, { intent: 'sign_in', fresh: true });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      problem: { nextStep: 'Choose the environment to confirm through.' },
    });
  });
});

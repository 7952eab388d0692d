import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { environmentAccess, identities, identityProviders, people, sessions } from '@/db/schema';
import { createInvitation } from '@/lib/people/invitations/commands';
import { contextOf } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { auditOf, failureAt } from '@/tests/consent';
import { makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import {
  beginAt,
  beginUrlAt,
  comeBackAt,
  logIn,
  makeAccount,
  makeIdentityProvider,
  signInAt,
  startOpenIdProvider,
} from '@/tests/openid/provider-sign-in';

const system = <T>(work: Parameters<typeof withSystem<T>>[1]) => withSystem('test', work);

async function provided(values: Parameters<typeof makeIdentityProvider>[1] = {}) {
  const openId = await startOpenIdProvider();
  const provider = await makeIdentityProvider(openId, values);
  return { openId, provider, slug: provider.slug };
}

/** A person with an identity of this issuer. */
async function known(issuer: string, subject: string, values: Parameters<typeof makePerson>[0] = {}) {
  const person = await makePerson(values);
  await system((tx) =>
    tx.insert(identities).values({ personId: person.id, issuer, subject, username: 'known' }),
  );
  return person;
}

async function roleOf(personId: string) {
  const [row] = await system((tx) => tx.select().from(people).where(eq(people.id, personId)));
  return row?.role;
}

describe('signing in through an identity provider', () => {
  it('opens a session for the person of issuer and subject, and ends the one before', async () => {
    const { openId, slug, provider } = await provided();
    const account = makeAccount(openId);
    const person = await known(openId.issuer, account);
    const browser = new Browser();
    expect(await signInAt(browser, slug, account, { callbackUrl: '/account' })).toBe('/account');
    const first = await contextOf(browser.headers);
    expect(first?.personId).toBe(person.id);
    expect(first?.authenticatedAt.getTime()).toBe(0);
    expect(await signInAt(browser, slug, account)).toBe('/');
    const second = await contextOf(browser.headers);
    expect(second?.sessionId).not.toBe(first?.sessionId);
    const [old] = await system((tx) =>
      tx
        .select()
        .from(sessions)
        .where(eq(sessions.id, first?.sessionId ?? '')),
    );
    expect(old).toMatchObject({ endedReason: 'replaced', signedInVia: slug });
    const [row] = await system((tx) =>
      tx.select().from(identityProviders).where(eq(identityProviders.id, provider.id)),
    );
    expect(row?.lastSignInAt).not.toBeNull();
    expect(row?.updatedAt).toEqual(provider.updatedAt);
  });

  it('sends the person with PKCE, state, nonce and no prompt, and asks for the scopes of the provider', async () => {
    const { slug } = await provided({ scopes: ['openid', 'groups'] });
    const url = new URL(await beginUrlAt(new Browser(), { provider: slug, intent: 'sign_in' }));
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: 'orgdock',
      code_challenge_method: 'S256',
      scope: 'openid groups',
      redirect_uri: `http://localhost:3000/api/auth/callback/${slug}`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{43}$/);
    expect(query).not.toHaveProperty('prompt');
  });

  it('turns away whom nobody knows, and says who it was for asking to be let in', async () => {
    const { openId, slug, provider } = await provided();
    const account = makeAccount(openId, { name: 'Eve', email: 'eve@acme.example' });
    const browser = new Browser();
    const failure = await failureAt(await signInAt(browser, slug, account));
    expect(failure).toMatchObject({
      code: 'CONSENT_NOT_A_MEMBER',
      identityProviderId: provider.id,
      environmentId: null,
      intent: 'sign_in',
      details: { issuer: openId.issuer, subject: account, displayName: 'Eve', email: 'eve@acme.example' },
    });
    expect(await contextOf(browser.headers)).toBeNull();
    expect((await auditOf('identity_provider.refused')).at(-1)?.details).toMatchObject({ subject: account });
  });

  it('lets in whom an invitation names, once, and refuses the second with the same link', async () => {
    const { openId, slug } = await provided();
    const invited = { displayName: 'Nora', email: '', role: 'auditor', environmentIds: [], days: '7' };
    const { link } = await createInvitation(await makeContext('admin'), invited);
    const invitation = link.split('/').at(-1) ?? '';
    const account = makeAccount(openId, { name: 'Nora N.' });
    const browser = new Browser();
    const stranger = new Browser();
    const late = await beginUrlAt(stranger, { provider: slug, intent: 'sign_in', invitation });
    await signInAt(browser, slug, account, { invitation });
    expect(await contextOf(browser.headers)).toMatchObject({ role: 'auditor' });
    const location = await comeBackAt(stranger, slug, await logIn(late, makeAccount(openId)));
    expect(await failureAt(location)).toMatchObject({ code: 'INVITATION_INVALID' });
    const again = await beginAt(new Browser(), { provider: slug, intent: 'sign_in', invitation });
    expect(again.status).toBe(410);
  });

  it('knows nobody by e-mail or name', async () => {
    const { openId, slug } = await provided();
    const person = await makePerson({ email: 'grace@acme.example', displayName: 'Grace' });
    const account = makeAccount(openId, { name: 'Grace', email: 'grace@acme.example' });
    expect(person.email).toBe('grace@acme.example');
    expect(await failureAt(await signInAt(new Browser(), slug, account))).toMatchObject({
      code: 'CONSENT_NOT_A_MEMBER',
    });
  });

  it('makes a member of everybody where the provider says so', async () => {
    const { openId, slug } = await provided({ admitsUnknown: true });
    const account = makeAccount(openId, { name: 'Franz' });
    const browser = new Browser();
    expect(await signInAt(browser, slug, account)).toBe('/');
    expect(await contextOf(browser.headers)).toMatchObject({ displayName: 'Franz', role: 'member' });
  });

  it('of two first sign-ins of one person at once makes one person', async () => {
    const { openId, slug } = await provided({ admitsUnknown: true });
    const account = makeAccount(openId);
    const ends = await Promise.all([1, 2, 3].map(() => signInAt(new Browser(), slug, account)));
    expect(ends).toEqual(['/', '/', '/']);
    const rows = await system((tx) => tx.select().from(identities).where(eq(identities.subject, account)));
    expect(rows).toHaveLength(1);
  });

  it('refuses a deactivated person', async () => {
    const { openId, slug } = await provided({ admitsUnknown: true });
    const account = makeAccount(openId);
    await known(openId.issuer, account, { deactivatedAt: new Date() });
    expect(await failureAt(await signInAt(new Browser(), slug, account))).toMatchObject({
      code: 'CONSENT_NOT_A_MEMBER',
      message: expect.stringContaining('switched off'),
    });
  });

  it('takes names from userinfo when the ID token has none, and a subject alone where nobody says more', async () => {
    const { openId, slug } = await provided({ admitsUnknown: true });
    openId.claimsInIdToken = false;
    openId.rebuild();
    const browser = new Browser();
    await signInAt(browser, slug, makeAccount(openId, { name: 'Ida' }));
    expect((await contextOf(browser.headers))?.displayName).toBe('Ida');
    openId.users.set('nameless', {});
    const other = new Browser();
    await signInAt(other, slug, 'nameless');
    expect((await contextOf(other.headers))?.displayName).toBe('nameless');
  });
});

describe('groups', () => {
  const MAPPINGS = [
    { group: 'staff', role: 'member' as const, environmentIds: [] },
    { group: 'audit', role: 'auditor' as const, environmentIds: [] },
    { group: 'ops', role: 'admin' as const, environmentIds: [] },
  ];

  it('let in whom nobody knows, with the highest mapped role and the environments', async () => {
    const environment = await makeEnvironment();
    const mapped = { group: 'crm', role: 'member' as const, environmentIds: [environment.id] };
    const { openId, slug } = await provided({ groupMappings: [...MAPPINGS, mapped] });
    const account = makeAccount(openId, { groups: ['crm', 'audit', 'unmapped'] });
    const browser = new Browser();
    expect(await signInAt(browser, slug, account)).toBe('/');
    const ctx = await contextOf(browser.headers);
    expect(ctx?.role).toBe('auditor');
    const access = await system((tx) =>
      tx
        .select()
        .from(environmentAccess)
        .where(eq(environmentAccess.personId, ctx?.personId ?? '')),
    );
    expect(access).toMatchObject([{ environmentId: environment.id, grantedBy: null }]);
  });

  it('change the role at every sign-in, and it is audited once per change', async () => {
    const { openId, slug } = await provided({ groupMappings: MAPPINGS });
    await makePerson({ role: 'admin' });
    const account = makeAccount(openId, { groups: ['ops'] });
    const browser = new Browser();
    await signInAt(browser, slug, account);
    const id = (await contextOf(browser.headers))?.personId ?? '';
    expect(await roleOf(id)).toBe('admin');
    openId.users.set(account, { groups: ['staff'] });
    await signInAt(browser, slug, account);
    await signInAt(browser, slug, account);
    expect(await roleOf(id)).toBe('member');
    const rows = (await auditOf('person.follow_groups')).filter((row) => row.subjectId === id);
    expect(rows.map((row) => row.details)).toMatchObject([
      { before: 'admin', after: 'member', groups: ['staff'], provider: slug },
    ]);
  });

  it('leave a role that was given by hand to a person without any mapped group', async () => {
    const { openId, slug } = await provided({ groupMappings: MAPPINGS });
    const account = makeAccount(openId, { groups: ['other'] });
    const person = await known(openId.issuer, account, { role: 'auditor' });
    await signInAt(new Browser(), slug, account);
    expect(await roleOf(person.id)).toBe('auditor');
  });

  it('do not demote the last administrator, and the refusal is audited', async () => {
    const { openId, slug } = await provided({ groupMappings: MAPPINGS });
    await system((tx) => tx.update(people).set({ role: 'member' }));
    const account = makeAccount(openId, { groups: ['staff'] });
    const person = await known(openId.issuer, account, { role: 'admin' });
    expect(await signInAt(new Browser(), slug, account)).toBe('/');
    expect(await roleOf(person.id)).toBe('admin');
    const rows = (await auditOf('person.follow_groups')).filter((row) => row.subjectId === person.id);
    expect(rows).toMatchObject([{ outcome: 'denied', details: { before: 'admin', after: 'member' } }]);
  });

  it('take away environments that groups had given, and none that a person has', async () => {
    const [byGroup, byHand, elsewhere] = [
      await makeEnvironment(),
      await makeEnvironment(),
      await makeEnvironment(),
    ];
    const both = { group: 'crm', role: 'member' as const, environmentIds: [byGroup.id, byHand.id] };
    const { openId, slug } = await provided({ groupMappings: [...MAPPINGS, both] });
    const account = makeAccount(openId, { groups: ['staff'] });
    const person = await known(openId.issuer, account);
    await system((tx) =>
      tx.insert(environmentAccess).values([
        { environmentId: byGroup.id, personId: person.id },
        { environmentId: byHand.id, personId: person.id, grantedBy: person.id },
        { environmentId: elsewhere.id, personId: person.id },
      ]),
    );
    await signInAt(new Browser(), slug, account);
    const left = await system((tx) =>
      tx.select().from(environmentAccess).where(eq(environmentAccess.personId, person.id)),
    );
    expect(left.map((row) => row.environmentId).sort()).toEqual([byHand.id, elsewhere.id].sort());
  });

  it('come from userinfo when the ID token does not list them', async () => {
    const { openId, slug } = await provided({ groupMappings: MAPPINGS });
    openId.claimsInIdToken = false;
    openId.rebuild();
    const browser = new Browser();
    await signInAt(browser, slug, makeAccount(openId, { groups: ['audit'] }));
    expect((await contextOf(browser.headers))?.role).toBe('auditor');
  });
});

describe('a fresh sign-in', () => {
  it('asks the provider for a login now, and makes the session fresh', async () => {
    const { openId, slug } = await provided();
    const account = makeAccount(openId);
    const person = await known(openId.issuer, account);
    const browser = new Browser();
    await browser.signIn(person);
    const url = await beginUrlAt(browser, {
      provider: slug,
      intent: 'confirm',
      callbackUrl: '/sign-in?fresh=done',
    });
    expect(new URL(url).searchParams.get('prompt')).toBe('login');
    expect(new URL(url).searchParams.get('max_age')).toBe('0');
    expect(await comeBackAt(browser, slug, await logIn(url, account))).toBe('/sign-in?fresh=done');
    const ctx = await contextOf(browser.headers);
    expect(Date.now() - (ctx?.authenticatedAt.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it('as somebody else is refused', async () => {
    const { openId, slug } = await provided();
    const account = makeAccount(openId);
    await known(openId.issuer, account);
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const url = await beginUrlAt(browser, { provider: slug, intent: 'confirm' });
    expect(await failureAt(await comeBackAt(browser, slug, await logIn(url, account)))).toMatchObject({
      code: 'CONSENT_WRONG_USER',
    });
  });

  it('needs somebody who is signed in', async () => {
    const { slug } = await provided();
    expect((await beginAt(new Browser(), { provider: slug, intent: 'confirm' })).status).toBe(401);
    expect((await beginAt(new Browser(), { provider: slug, intent: 'link' })).status).toBe(401);
  });
});

describe('linking', () => {
  /** Sessions of the factories are fresh. */
  async function fresh(browser: Browser) {
    const person = await makePerson();
    return { person, sessionId: await browser.signIn(person) };
  }

  it('adds the identity to whoever is signed in, and leaves the session as it is', async () => {
    const { openId, slug } = await provided();
    const account = makeAccount(openId);
    const browser = new Browser();
    const { person, sessionId } = await fresh(browser);
    const body = { provider: slug, intent: 'link', callbackUrl: '/account' };
    const url = await beginUrlAt(browser, body);
    expect(await comeBackAt(browser, slug, await logIn(url, account))).toBe('/account');
    expect((await contextOf(browser.headers))?.sessionId).toBe(sessionId);
    const rows = await system((tx) =>
      tx
        .select()
        .from(identities)
        .where(and(eq(identities.issuer, openId.issuer), eq(identities.subject, account))),
    );
    expect(rows).toMatchObject([{ personId: person.id }]);
    expect((await auditOf('person.link_identity')).at(-1)).toMatchObject({ personId: person.id });
    // A second time changes nothing.
    const again = await logIn(await beginUrlAt(browser, body), account);
    expect(await comeBackAt(browser, slug, again)).toBe('/account');
  });

  it('asks for a fresh sign-in', async () => {
    const { slug } = await provided();
    const browser = new Browser();
    const sessionId = await browser.signIn(await makePerson());
    await system((tx) =>
      tx
        .update(sessions)
        .set({ authenticatedAt: new Date(Date.now() - 11 * 60_000) })
        .where(eq(sessions.id, sessionId)),
    );
    const answer = await beginAt(browser, { provider: slug, intent: 'link' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ problem: { code: 'FRESH_SIGN_IN_REQUIRED' } });
  });

  it('does not take an identity away from somebody else', async () => {
    const { openId, slug } = await provided();
    const account = makeAccount(openId);
    const holder = await known(openId.issuer, account);
    const browser = new Browser();
    await fresh(browser);
    const url = await beginUrlAt(browser, { provider: slug, intent: 'link' });
    expect(await failureAt(await comeBackAt(browser, slug, await logIn(url, account)))).toMatchObject({
      code: 'CONFLICT',
      intent: null,
    });
    const [row] = await system((tx) => tx.select().from(identities).where(eq(identities.subject, account)));
    expect(row?.personId).toBe(holder.id);
  });

  it('comes back to the session that began it only', async () => {
    const { openId, slug } = await provided();
    const account = makeAccount(openId);
    const browser = new Browser();
    await fresh(browser);
    const query = await logIn(await beginUrlAt(browser, { provider: slug, intent: 'link' }), account);
    await browser.signIn(await makePerson());
    expect(await failureAt(await comeBackAt(browser, slug, query))).toMatchObject({
      code: 'CONSENT_FOREIGN_BROWSER',
    });
  });
});

import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, consentAttempts, consentFailures } from '@/db/schema';
import { findFailure, getConsentFailure } from '@/lib/consent/failures';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';
import { hashToken } from '@/lib/session/secret-hash';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makePerson } from '@/tests/factories';
import { allowOrigins } from '@/tests/loopback';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const current = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => current.headers }));

/** A signed-in browser that has begun to connect. */
async function begun() {
  const stub = await startSalesforceStub();
  const environment = await makeStubEnvironment(stub);
  const browser = new Browser();
  const person = await makePerson();
  await browser.signIn(person);
  const body = { environment: environment.slug, intent: 'connect' };
  const url = await beginUrl(browser, body);
  const back = (query: URLSearchParams | string, by = browser, slug = environment.slug) =>
    comeBack(by, slug, query).then(({ location }) => location);
  const connected = async () =>
    (
      await withSystem('test', (tx) =>
        tx.select().from(connections).where(eq(connections.ownerId, person.id)),
      )
    ).length;
  return { stub, environment, slug: environment.slug, browser, person, body, url, back, connected };
}

const stateOf = (url: string) => new URL(url).searchParams.get('state') ?? '';
const ada = stubUser('ada');

describe('the state', () => {
  it('is asked for: an answer without it belongs to nobody, and its code is not spent', async () => {
    const { stub, url, back, connected } = await begun();
    const query = stub.allow(url, ada);
    query.delete('state');
    expect(await back(query)).toBe('/consent/unknown');
    expect(await back('')).toBe('/consent/unknown');
    expect(stub.tokenRequests).toEqual([]);
    expect(await connected()).toBe(0);
  });

  it('cannot be made up, cut, repeated or doubled', async () => {
    const { stub, url, back } = await begun();
    const query = stub.allow(url, ada);
    const code = query.get('code') ?? '';
    const state = query.get('state') ?? '';
    for (const forged of [
      new URLSearchParams({ code, state: 'x'.repeat(43) }),
      new URLSearchParams({ code, state: state.slice(1) }),
      new URLSearchParams([
        ['code', code],
        ['state', state],
        ['state', state],
      ]),
      new URLSearchParams({ code, state: '' }),
    ]) {
      expect(await back(forged)).toBe('/consent/unknown');
    }
    expect(stub.tokenRequests).toEqual([]);
    expect(await back(query)).toMatch(/^\/connections\//);
  });

  it('is good for one answer: a replay, such as the back button, changes nothing', async () => {
    const { stub, url, back, connected } = await begun();
    const query = stub.allow(url, ada);
    expect(await back(query)).toMatch(/^\/connections\//);
    expect(await back(query)).toBe('/consent/unknown');
    expect(stub.tokenRequests).toHaveLength(1);
    expect(await connected()).toBe(1);
  });

  it('of two answers at the same moment lets one through', async () => {
    const { stub, url, back } = await begun();
    const query = stub.allow(url, ada);
    const ends = await Promise.all([back(query), back(query), back(query)]);
    expect(ends.filter((end) => end === '/consent/unknown')).toHaveLength(2);
    expect(stub.tokenRequests).toHaveLength(1);
  });

  it('swapped between two attempts does not pass: the verifier is that of its own attempt', async () => {
    const { stub, body, browser, url, back } = await begun();
    const first = stub.allow(url, ada);
    const second = stub.allow(await beginUrl(browser, body), stubUser('eve'));
    const swapped = new URLSearchParams({ code: second.get('code') ?? '', state: first.get('state') ?? '' });
    expect(await failureAt(await back(swapped))).toMatchObject({ code: 'CODE_INVALID' });
  });

  it('is stored as a hash, and the verifier sealed', async () => {
    const { url, person } = await begun();
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(consentAttempts).where(eq(consentAttempts.personId, person.id)),
    );
    expect(JSON.stringify(row)).not.toContain(stateOf(url));
    expect(row?.codeVerifier).toMatch(/^eyJ/);
  });
});

describe('the browser and the session', () => {
  it('two tabs, also of two environments, do not disturb each other', async () => {
    const { stub, environment, browser, url, back } = await begun();
    const other = await makeStubEnvironment(stub);
    const second = await beginUrl(browser, { environment: other.slug, intent: 'connect' });
    const third = await beginUrl(browser, { environment: environment.slug, intent: 'connect' });
    expect(await back(stub.allow(third, ada))).toMatch(/^\/connections\//);
    expect(await back(stub.allow(second, ada), browser, other.slug)).toMatch(/^\/connections\//);
    expect(await back(stub.allow(url, ada))).toMatch(/^\/connections\//);
  });

  it('an answer in another browser is refused, spent on nothing, and used up', async () => {
    const { stub, url, back, connected, person } = await begun();
    const query = stub.allow(url, ada);
    const stranger = new Browser();
    expect(await back(query, stranger)).toBe('/consent/foreign-browser');
    // The same person in another browser is another browser too.
    const again = await begun();
    const elsewhere = new Browser();
    await elsewhere.signIn(again.person);
    await begin(elsewhere, again.body);
    expect(await again.back(again.stub.allow(again.url, ada), elsewhere)).toBe('/consent/foreign-browser');
    expect(await back(query)).toBe('/consent/unknown');
    expect(stub.tokenRequests).toEqual([]);
    expect(await connected()).toBe(0);
    expect(person.id).toBeTruthy();
  });

  it('a sign-in that an attacker began does not sign a victim in', async () => {
    const { stub, slug } = await begun();
    const attacker = new Browser();
    const url = await beginUrl(attacker, { environment: slug, intent: 'sign_in' });
    const victim = new Browser();
    const said = vi.spyOn(log(), 'warn');
    const { location } = await comeBack(victim, slug, stub.allow(url, stubUser('attacker')));
    expect(location).toBe('/consent/foreign-browser');
    expect(victim.cookies.has('orgdock.session')).toBe(false);
    expect(said).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ refused: 'consent answer', failure: 'foreign-browser', ip: '192.0.2.1' }),
      expect.any(String),
    );
  });

  it('a connect comes back to the session that began it, not to a later one', async () => {
    const { stub, url, back, browser, connected } = await begun();
    const query = stub.allow(url, ada);
    const other = await makePerson();
    await browser.signIn(other);
    const failure = await failureAt(await back(query));
    expect(failure).toMatchObject({ code: 'CONSENT_FOREIGN_BROWSER' });
    expect(stub.tokenRequests).toEqual([]);
    expect(await connected()).toBe(0);
  });

  it('a connect needs its session to be live still', async () => {
    const { stub, url, back, browser } = await begun();
    browser.cookies.delete('orgdock.session');
    expect(await failureAt(await back(stub.allow(url, ada)))).toMatchObject({
      code: 'CONSENT_FOREIGN_BROWSER',
    });
    expect(stub.tokenRequests).toEqual([]);
  });

  it('a browser mark that is not ours is replaced', async () => {
    const { slug } = await begun();
    const browser = new Browser();
    browser.cookies.set('orgdock.attempt', 'planted');
    await beginUrl(browser, { environment: slug, intent: 'sign_in' });
    expect(browser.cookies.get('orgdock.attempt')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('the environment and the time', () => {
  it('an answer at the callback of another environment is refused (mix-up)', async () => {
    const { stub, url, back, browser } = await begun();
    const other = await makeStubEnvironment(stub);
    const failure = await failureAt(await back(stub.allow(url, ada), browser, other.slug));
    expect(failure).toMatchObject({ code: 'CONSENT_STATE_MISMATCH' });
    expect(stub.tokenRequests).toEqual([]);
  });

  it('an answer after ten minutes is refused', async () => {
    const { stub, url, back } = await begun();
    await shiftDatabaseClock(10 * 60_000 + 1_000);
    expect(await failureAt(await back(stub.allow(url, ada)))).toMatchObject({
      code: 'CONSENT_ATTEMPT_EXPIRED',
    });
    expect(stub.tokenRequests).toEqual([]);
  });

  it('an environment that was deleted meanwhile takes its attempts along', async () => {
    const { stub, url, back, environment } = await begun();
    const { environments } = await import('@/db/schema');
    await withSystem('test', (tx) => tx.delete(environments).where(eq(environments.id, environment.id)));
    expect(await back(stub.allow(url, ada))).toBe('/consent/unknown');
  });
});

describe('an error of Salesforce', () => {
  it.each([
    ['access_denied', 'end-user denied authorization', 'CONSENT_DENIED'],
    ['OAUTH_APP_BLOCKED', 'this app is blocked by admin', 'APP_BLOCKED'],
    ['OAUTH_EC_APP_NOT_FOUND', 'External client app is not installed in this org', 'APP_NOT_INSTALLED'],
    ['OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app', 'APP_USER_NOT_APPROVED'],
    ['invalid_scope', 'the requested scope is not allowed', 'APP_SCOPE_INVALID'],
    ['redirect_uri_mismatch', 'redirect_uri must match configuration', 'APP_REDIRECT_URI_MISMATCH'],
    ['invalid_request', 'missing required code challenge', 'APP_PKCE_MISSING'],
  ])('`%s` keeps its description: %s', async (error, description, code) => {
    const { url, back, stub } = await begun();
    const query = new URLSearchParams({ error, error_description: description, state: stateOf(url) });
    expect(await failureAt(await back(query))).toMatchObject({
      code,
      salesforceError: error,
      salesforceDescription: description,
      intent: 'connect',
    });
    expect((await auditOf('consent.refused')).at(-1)).toMatchObject({
      outcome: 'failed',
      actorKind: 'person',
      ip: '192.0.2.1',
      details: { code, intent: 'connect', error, description },
    });
    expect(await back(query)).toBe('/consent/unknown');
    expect(stub.tokenRequests).toEqual([]);
  });

  it('without a valid state puts no words of a link on our page', async () => {
    const { back } = await begun();
    const crafted = new URLSearchParams({ error: 'call', error_description: 'Call 555-0100', state: 'x' });
    expect(await back(crafted)).toBe('/consent/unknown');
    crafted.delete('state');
    expect(await back(crafted)).toBe('/consent/unknown');
  });

  it('beside a code wins, and the code is not spent', async () => {
    const { stub, url, back } = await begun();
    const query = stub.allow(url, ada);
    query.set('error', 'access_denied');
    expect(await failureAt(await back(query))).toMatchObject({ code: 'CONSENT_DENIED' });
    expect(stub.tokenRequests).toEqual([]);
  });

  it('an answer without a code, or with two, says so', async () => {
    for (const codes of [[], ['a', 'b']]) {
      const { url, back } = await begun();
      const query = new URLSearchParams([['state', stateOf(url)], ...codes.map((code) => ['code', code])]);
      expect(await failureAt(await back(query))).toMatchObject({ code: 'CODE_INVALID' });
    }
  });

  it.each([
    ['invalid_grant', 'expired authorization code', 'CODE_EXPIRED'],
    ['invalid_client', 'invalid client credentials', 'APP_SECRET_INVALID'],
    ['invalid_grant', 'ip restricted', 'IP_RESTRICTED'],
  ])('of the token endpoint lands on a page too: %s, %s', async (error, description, code) => {
    const { stub, url, back } = await begun();
    stub.override.token = (_, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error, error_description: description }));
    expect(await failureAt(await back(stub.allow(url, ada)))).toMatchObject({
      code,
      salesforceError: error,
      salesforceDescription: description,
      salesforceStatus: 400,
    });
  });

  it('a host that is not allowed any more is named as such', async () => {
    const { stub, url, back } = await begun();
    allowOrigins('http://127.0.0.1:1');
    expect(await failureAt(await back(stub.allow(url, ada)))).toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });

  it('a secret that does not open does not bring the attempt back', async () => {
    const { stub, url, back, environment } = await begun();
    const { environmentSecrets } = await import('@/db/schema');
    await withSystem('test', (tx) =>
      tx
        .update(environmentSecrets)
        .set({ consumerSecret: 'damaged' })
        .where(eq(environmentSecrets.environmentId, environment.id)),
    );
    const query = stub.allow(url, ada);
    expect(await failureAt(await back(query))).toMatchObject({ code: 'VAULT_VALUE_DAMAGED' });
    expect(await back(query)).toBe('/consent/unknown');
  });
});

describe('a failure', () => {
  it('is shown to its browser and to its person, to nobody else', async () => {
    const { url, back, browser, person } = await begun();
    const query = new URLSearchParams({ error: 'access_denied', state: stateOf(url) });
    const { id } = await failureAt(await back(query));
    const mark = browser.cookies.get('orgdock.attempt') ?? null;
    expect(await findFailure(id, { browser: mark, personId: null })).toMatchObject({
      intent: 'connect',
      problem: { code: 'CONSENT_DENIED', salesforce: { error: 'access_denied', description: null } },
    });
    expect(await findFailure(id, { browser: null, personId: person.id })).not.toBeNull();
    const stranger = await makePerson();
    expect(await findFailure(id, { browser: 'x'.repeat(43), personId: stranger.id })).toBeNull();
    expect(await findFailure(id, { browser: null, personId: null })).toBeNull();
    expect(await findFailure('made-up', { browser: mark, personId: person.id })).toBeNull();
  });

  it('is found by the request’s own cookies; what belongs to no attempt has fixed words', async () => {
    const { url, back, browser } = await begun();
    const { id } = await failureAt(
      await back(new URLSearchParams({ error: 'access_denied', state: stateOf(url) })),
    );
    current.headers = browser.headers;
    expect(await getConsentFailure(id)).toMatchObject({ id, problem: { code: 'CONSENT_DENIED' } });
    browser.cookies.delete('orgdock.session');
    current.headers = browser.headers;
    expect(await getConsentFailure(id)).toMatchObject({ id });
    current.headers = new Headers();
    expect(await getConsentFailure(id)).toBeNull();
    expect(await getConsentFailure('unknown')).toMatchObject({
      problem: { code: 'CONSENT_ATTEMPT_UNKNOWN' },
    });
    expect(await getConsentFailure('foreign-browser')).toMatchObject({
      environment: null,
      problem: { code: 'CONSENT_FOREIGN_BROWSER' },
    });
    expect(await getConsentFailure('constructor')).toBeNull();
  });

  it('that nothing can store is said at the same address, so that reloading tries again', async () => {
    const { stub, url, browser, slug } = await begun();
    const query = stub.allow(url, ada);
    const attempts = await import('@/lib/consent/attempts');
    const broken = vi
      .spyOn(attempts, 'consumeAttempt')
      .mockRejectedValueOnce(new AppError('UNAVAILABLE', 'The database does not answer.'));
    const { response } = await comeBack(browser, slug, query);
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(
      /^The database does not answer.\nReload this page in a moment.\nRequest /,
    );
    broken.mockRestore();
    expect((await comeBack(browser, slug, query)).location).toMatch(/^\/connections\//);
  });

  it('of our own making tells nothing of its inside', async () => {
    const { stub, url, back } = await begun();
    const vault = await import('@/lib/environments/oauth-app');
    vi.spyOn(vault, 'openOAuthApp').mockRejectedValue(new Error('secret inside'));
    const failure = await failureAt(await back(stub.allow(url, ada)));
    expect(failure).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(failure)).not.toContain('secret inside');
  });

  it('is forgotten after a week', async () => {
    const { url, back, slug } = await begun();
    await back(new URLSearchParams({ error: 'access_denied', state: stateOf(url) }));
    await shiftDatabaseClock(8 * 24 * 3600_000);
    registry().slots.delete('consent.sweep');
    await beginUrl(new Browser(), { environment: slug, intent: 'sign_in' });
    const old = await withSystem('test', (tx) => tx.select().from(consentFailures));
    expect(old).toEqual([]);
  });

  it('an attempt of nobody is forgotten an hour after its end, looked for once a minute', async () => {
    const { slug } = await begun();
    const url = await beginUrl(new Browser(), { environment: slug, intent: 'sign_in' });
    const isKept = async () => {
      const rows = await withSystem('test', (tx) => tx.select().from(consentAttempts));
      return rows.some(({ stateHash }) => stateHash === hashToken(stateOf(url)));
    };
    await shiftDatabaseClock(80 * 60_000);
    await beginUrl(new Browser(), { environment: slug, intent: 'sign_in' });
    expect(await isKept()).toBe(true);
    registry().slots.delete('consent.sweep');
    await beginUrl(new Browser(), { environment: slug, intent: 'sign_in' });
    expect(await isKept()).toBe(false);
  });
});

describe('while the portal stops', () => {
  it('no consent is begun', async () => {
    const { browser, body } = await begun();
    registry().draining = true;
    try {
      expect((await begin(browser, body)).status).toBe(503);
    } finally {
      registry().draining = false;
    }
  });
});

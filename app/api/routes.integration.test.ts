import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { people } from '@/db/schema';
import { registry } from '@/lib/registry';
import { contextOf, isFresh } from '@/lib/session/context';
import { createSignInLink } from '@/lib/session/sign-in-links';
import { Browser } from '@/tests/browser';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import {
  makeConnection,
  makeEnvironment,
  makePerson,
  type PersonRow,
  systemContext,
} from '@/tests/factories';
import { GET as authGet, HEAD as authHead, POST as authPost } from './auth/[...nextauth]/route';
import { POST as startConsent } from './consent/route';
import { GET as health } from './health/route';
import { GET as ready } from './ready/route';
import { POST as signInByLink } from './sign-in-link/route';
import { POST as signOut } from './sign-out/route';

const linkFor = async (person: PersonRow) => {
  const { path } = await withSystem('test', (tx) => createSignInLink(tx, systemContext(), person.id));
  return path.split('#')[1] ?? '';
};

describe('/api/auth', () => {
  it.each([
    ['signin'],
    ['signin', 'production'],
    ['signout'],
    ['session'],
    ['csrf'],
    ['providers'],
    ['_log'],
    ['error'],
    ['verify-request'],
    ['callback'],
    ['callback', 'production', 'extra'],
  ])('has no %s/%s', async (...nextauth) => {
    const params = { params: Promise.resolve({ nextauth: nextauth.filter(Boolean) }) };
    const browser = new Browser();
    expect((await authGet(browser.get('/api/auth/x'), params)).status).toBe(404);
  });

  it('answers neither POST nor HEAD', () => {
    expect(authPost().status).toBe(404);
    expect(authHead().status).toBe(404);
  });
});

describe('POST /api/consent', () => {
  it.each([
    [{}],
    [{ environment: 'x' }],
    [{ environment: 'x', intent: 'steal' }],
    [{ environment: 'x', intent: 'connect', fresh: true }],
    [{ environment: 'x', intent: 'sign_in', reconnect: 'y' }],
    [{ environment: 'x'.repeat(100), intent: 'sign_in' }],
    [null],
    ['text'],
  ])('refuses %j', async (body) => {
    const response = await startConsent(new Browser().post('/api/consent', body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problem: { code: 'INVALID_INPUT' } });
  });

  it('refuses other origins, other types, huge and broken bodies', async () => {
    const browser = new Browser();
    const body = { environment: 'x', intent: 'sign_in' };
    expect((await startConsent(browser.post('/', body, { origin: 'https://evil.example' }))).status).toBe(
      403,
    );
    expect((await startConsent(browser.post('/', body, { 'content-type': 'text/plain' }))).status).toBe(400);
    expect((await startConsent(browser.post('/', { ...body, x: 'y'.repeat(20_000) }))).status).toBe(400);
    const broken = browser.post('/', body);
    expect((await startConsent(new Request(broken, { body: '{' }))).status).toBe(400);
  });
});

describe('POST /api/sign-in-link', () => {
  it('signs in once, audited, and ends the session that was there', async () => {
    const person = await makePerson();
    const browser = new Browser();
    const before = await browser.signIn(await makePerson());
    const link = await linkFor(person);
    const request = () => signInByLink(browser.post('/api/sign-in-link', { link }));
    const response = browser.take(await request());
    expect(await response.json()).toEqual({ location: '/' });
    const ctx = await contextOf(browser.headers);
    expect(ctx?.personId).toBe(person.id);
    expect(ctx?.sessionId).not.toBe(before);
    expect(ctx && isFresh(ctx)).toBe(true);
    expect((await auditOf('person.sign_in_link')).at(-1)).toMatchObject({ subjectId: person.id });
    expect((await auditOf('session.sign_in')).at(-1)?.details).toMatchObject({ via: 'sign-in-link' });
    expect((await auditOf('session.end')).at(-1)).toMatchObject({
      subjectId: before,
      personId: person.id,
      details: { reason: 'replaced' },
    });
    expect((await request()).status).toBe(404);
    expect((await auditOf('session.sign_in')).at(-1)).toMatchObject({
      outcome: 'failed',
      actorKind: 'system',
      ip: '192.0.2.1',
      details: { via: 'sign-in-link' },
    });
  });

  it('of two clicks at once lets one in', async () => {
    const link = await linkFor(await makePerson());
    const click = () => signInByLink(new Browser().post('/api/sign-in-link', { link }));
    const answers = await Promise.all([click(), click(), click()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404]);
  });

  it('goes to a path that was asked for, else to the one healthy connection', async () => {
    const person = await makePerson();
    const connection = await makeConnection({
      ownerId: person.id,
      environmentId: (await makeEnvironment()).id,
    });
    const go = async (callbackUrl?: string) => {
      const body = { link: await linkFor(person), ...(callbackUrl ? { callbackUrl } : {}) };
      return (await signInByLink(new Browser().post('/api/sign-in-link', body))).json();
    };
    expect(await go()).toEqual({ location: `/connections/${connection.id}/accounts` });
    expect(await go('/account')).toEqual({ location: '/account' });
    expect(await go('https://evil.example')).toEqual({ location: `/connections/${connection.id}/accounts` });
  });

  it('refuses old, made-up and damaged links, people who left, and other origins', async () => {
    const person = await makePerson();
    const post = (body: unknown, overrides = {}) =>
      signInByLink(new Browser().post('/api/sign-in-link', body, overrides));
    for (const link of ['x', 'x'.repeat(43), '']) expect((await post({ link })).status).toBe(404);
    expect((await post({})).status).toBe(400);
    const link = await linkFor(person);
    expect((await post({ link }, { origin: 'https://evil.example' })).status).toBe(403);
    await withSystem('test', (tx) =>
      tx.update(people).set({ deactivatedAt: new Date() }).where(eq(people.id, person.id)),
    );
    expect((await post({ link })).status).toBe(404);
    const other = await linkFor(await makePerson());
    await shiftDatabaseClock(10 * 60_000 + 1_000);
    expect((await post({ link: other })).status).toBe(404);
  });
});

describe('POST /api/sign-out', () => {
  it('ends the session; another origin cannot', async () => {
    const browser = new Browser();
    await browser.signIn(await makePerson());
    expect((await signOut(browser.post('/api/sign-out', {}, { origin: 'null' }))).status).toBe(403);
    expect(await contextOf(browser.headers)).not.toBeNull();
    const kept = browser.headers;
    browser.take(await signOut(browser.post('/api/sign-out', {})));
    expect(browser.cookies.has('orgdock.session')).toBe(false);
    expect(await contextOf(kept)).toBeNull();
  });
});

describe('/api/health and /api/ready', () => {
  it('answer while the portal serves', async () => {
    expect(await health().json()).toEqual({ status: 'ok' });
    expect((await ready()).status).toBe(200);
  });

  it('ready is 503 while the portal stops; health still answers', async () => {
    registry().draining = true;
    try {
      const response = await ready();
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ status: 'not ready', code: 'UNAVAILABLE' });
      expect(health().status).toBe(200);
    } finally {
      registry().draining = false;
    }
  });
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, people, rateLimits, sessions } from '@/db/schema';
import type { PersonContext, SessionId } from '@/lib/context';
import { LIMITS } from '@/lib/limits/limits';
import { personAction, publicAction } from '@/lib/session/action';
import { answer, json, requireApiContext } from '@/lib/session/api';
import { createSession, endOtherSessions, endSession } from '@/lib/session/commands';
import {
  contextOf,
  getContext,
  isFresh,
  requestFacts,
  requireAdmin,
  requireContext,
  requireCustodian,
  requireFresh,
} from '@/lib/session/context';
import { findSession, listSessions } from '@/lib/session/queries';
import { signOut } from '@/lib/session/sign-out';
import { Browser } from '@/tests/browser';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makePerson, makeSession, type PersonRow, contextOf as personContext } from '@/tests/factories';

const current = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => current.headers }));

const FACTS = { requestId: 'request-1', ip: '192.0.2.9', userAgent: 'vitest' };
const HOUR = 3600_000;

const rowOf = async (id: string) =>
  (await withSystem('test', (tx) => tx.select().from(sessions).where(eq(sessions.id, id))))[0];

async function signedIn(values: Parameters<typeof makePerson>[0] = {}) {
  const person = await makePerson(values);
  const browser = new Browser();
  const id = await browser.signIn(person);
  return { person, browser, id };
}

/** The current request, as pages and actions see it. */
function onPage(browser: Browser, extra: Record<string, string> = {}): void {
  current.headers = browser.headers;
  for (const [name, value] of Object.entries(extra)) current.headers.set(name, value);
}

beforeEach(() => {
  current.headers = new Headers();
});

describe('a session', () => {
  it('names its person', async () => {
    const { person, id } = await signedIn({ role: 'admin', locale: 'de-DE', timeZone: 'Europe/Berlin' });
    expect(await findSession(id, FACTS)).toEqual({
      kind: 'person',
      personId: person.id,
      displayName: person.displayName,
      role: 'admin',
      sessionId: id,
      authenticatedAt: expect.any(Date),
      locale: 'de-DE',
      timeZone: 'Europe/Berlin',
      request: FACTS,
    });
  });

  it('ends after 8 hours without use', async () => {
    const { id } = await signedIn();
    await shiftDatabaseClock(8 * HOUR - 60_000);
    expect(await findSession(id, FACTS)).not.toBeNull();
    await shiftDatabaseClock(15 * HOUR);
    expect(await findSession(id, FACTS)).not.toBeNull();
    await shiftDatabaseClock(23 * HOUR + 60_000);
    expect(await findSession(id, FACTS)).toBeNull();
  });

  it('ends after 7 days, however much it is used', async () => {
    const { id } = await signedIn();
    for (let hours = 7; hours < 168; hours += 7) {
      await shiftDatabaseClock(hours * HOUR);
      expect(await findSession(id, FACTS)).not.toBeNull();
    }
    await shiftDatabaseClock(168 * HOUR + 60_000);
    expect(await findSession(id, FACTS)).toBeNull();
  });

  it('ends with its person', async () => {
    const { person, id } = await signedIn();
    await withSystem('test', (tx) =>
      tx.update(people).set({ deactivatedAt: new Date() }).where(eq(people.id, person.id)),
    );
    expect(await findSession(id, FACTS)).toBeNull();
  });

  it('notes its use at most once a minute', async () => {
    const { person, id } = await signedIn();
    const first = await rowOf(id);
    await shiftDatabaseClock(30_000);
    await findSession(id, FACTS);
    expect((await rowOf(id))?.lastSeenAt).toEqual(first?.lastSeenAt);
    await shiftDatabaseClock(90_000);
    await findSession(id, FACTS);
    const seen = await rowOf(id);
    expect(seen?.lastSeenAt.getTime()).toBeGreaterThan((first?.lastSeenAt.getTime() ?? 0) + 60_000);
    const [row] = await withSystem('test', (tx) => tx.select().from(people).where(eq(people.id, person.id)));
    expect(row?.lastSeenAt).not.toBeNull();
  });

  it('lasts 7 days from its beginning by the database’s clock', async () => {
    const person = await makePerson();
    const id = await withSystem('test', (tx) =>
      createSession(tx, { personId: person.id, via: 'test', request: FACTS, replaces: null, proven: true }),
    );
    const row = await rowOf(id);
    expect((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(168 * HOUR);
  });
});

describe('my sessions', () => {
  async function two(): Promise<{ person: PersonRow; ctx: PersonContext; other: string }> {
    const { person, id } = await signedIn();
    const other = await makeSession(person.id, { ip: '192.0.2.5', userAgent: 'Phone' });
    return { person, ctx: personContext(person, id as SessionId), other: other.id };
  }

  it('are listed while they live, this one marked, those of others left out', async () => {
    const { person, ctx, other } = await two();
    await makeSession(person.id, { endedAt: new Date() });
    await signedIn();
    const list = await listSessions(ctx);
    expect(list.map((row) => row.id).sort()).toEqual([ctx.sessionId, other].sort());
    expect(list.find((row) => row.current)?.id).toBe(ctx.sessionId);
    expect(list.find((row) => row.id === other)).toMatchObject({ ip: '192.0.2.5', userAgent: 'Phone' });
  });

  it('can be ended one by one, audited; the ended one is signed out at once', async () => {
    const { ctx, other } = await two();
    await endSession(ctx, other);
    expect(await findSession(other, FACTS)).toBeNull();
    expect((await auditOf('session.end')).at(-1)).toMatchObject({ subjectId: other, personId: ctx.personId });
    await expect(endSession(ctx, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of somebody else, and made-up ones, are not found', async () => {
    const { ctx } = await two();
    const stranger = await signedIn();
    for (const id of [stranger.id, randomUUID(), 'x', "' OR true --"]) {
      await expect(endSession(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await findSession(stranger.id, FACTS)).not.toBeNull();
  });

  it('can all be ended but this one', async () => {
    const { ctx, other } = await two();
    expect(await endOtherSessions(ctx)).toBe(1);
    expect(await findSession(other, FACTS)).toBeNull();
    expect(await findSession(ctx.sessionId, FACTS)).not.toBeNull();
    expect(await endOtherSessions(ctx)).toBe(0);
  });

  it('signing out ends the row, removes the cookie, and may be done twice', async () => {
    const { browser, id } = await signedIn();
    const cookie = await signOut(browser.headers);
    expect(cookie).toMatch(/^orgdock\.session=; .*Max-Age=0/);
    expect((await rowOf(id))?.endedReason).toBe('signed out');
    expect((await auditOf('session.sign_out')).at(-1)).toMatchObject({ subjectId: id });
    expect(await signOut(browser.headers)).toBe(cookie);
  });
});

describe('who is asking', () => {
  it('is known by the cookie alone', async () => {
    const { browser, person } = await signedIn();
    expect(await contextOf(browser.headers)).toMatchObject({ personId: person.id });
    expect(await contextOf(new Headers())).toBeNull();
    expect(await contextOf(new Headers({ cookie: 'orgdock.session=rubbish' }))).toBeNull();
    onPage(browser);
    expect((await getContext())?.personId).toBe(person.id);
    expect(await requestFacts()).toMatchObject({ ip: '192.0.2.1', userAgent: 'vitest' });
  });

  it('is sent to sign in from a page, and comes back to it', async () => {
    for (const [path, target] of [
      ['/admin/environments?x=1', '/sign-in?callbackUrl=%2Fadmin%2Fenvironments%3Fx%3D1'],
      ['/', '/sign-in'],
      ['//evil.example', '/sign-in'],
    ] as const) {
      onPage(new Browser(), { 'x-orgdock-path': path });
      await expect(requireContext()).rejects.toMatchObject({
        digest: expect.stringMatching(
          new RegExp(`^NEXT_REDIRECT;replace;${target.replace(/[?]/g, '\\?')};307;$`),
        ),
      });
    }
  });

  it('must be an admin for admin pages', async () => {
    vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');
    const { browser, person } = await signedIn();
    onPage(browser, { 'x-orgdock-path': '/admin/environments?x=secret' });
    await expect(requireAdmin()).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    await expect(requireCustodian()).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    expect((await auditOf('access.denied')).slice(-2)).toMatchObject(
      ['admin', 'auditor'].map((role) => ({
        personId: person.id,
        outcome: 'denied',
        subjectId: '/admin/environments',
        ip: '192.0.2.1',
        details: { reason: `needs the role ${role}` },
      })),
    );
    const admin = await signedIn({ role: 'admin' });
    onPage(admin.browser);
    expect(await requireAdmin()).toMatchObject({ role: 'admin' });
  });

  it('does not fill the audit log by asking for what is forbidden again and again', async () => {
    vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');
    const { browser } = await signedIn();
    onPage(browser);
    const refused = { digest: 'NEXT_HTTP_ERROR_FALLBACK;403' };
    await expect(requireAdmin()).rejects.toMatchObject(refused);
    const noted = (await auditOf('access.denied')).length;
    await withSystem('test', (tx) => tx.update(rateLimits).set({ points: LIMITS.person.points }));
    await expect(requireAdmin()).rejects.toMatchObject(refused);
    const foreign = browser.post('/api/x', {}, { origin: 'https://evil.example' });
    const answered = await answer(foreign, async () => json(await requireApiContext(foreign)));
    expect(answered.status).toBe(403);
    onPage(browser, { origin: 'https://evil.example' });
    expect(await personAction({}, async () => 1)).toMatchObject({ ok: false });
    expect(await auditOf('access.denied')).toHaveLength(noted);
  });

  it('is fresh for ten minutes after a proof', async () => {
    const ctx = personContext(await makePerson());
    const minutesAgo = (minutes: number) => ({
      ...ctx,
      authenticatedAt: new Date(Date.now() - minutes * 60_000),
    });
    expect(isFresh(minutesAgo(9))).toBe(true);
    expect(() => requireFresh(minutesAgo(9))).not.toThrow();
    expect(() => requireFresh(minutesAgo(11))).toThrow(
      expect.objectContaining({ code: 'FRESH_SIGN_IN_REQUIRED' }),
    );
  });

  it('on API routes gets 401, 403 for a foreign origin and for a missing role', async () => {
    const { browser, person } = await signedIn();
    expect(await requireApiContext(browser.post('/api/x', {}))).toMatchObject({ personId: person.id });
    expect(await requireApiContext(browser.get('/api/x'))).toMatchObject({ personId: person.id });
    await expect(requireApiContext(new Browser().post('/api/x', {}))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(
      requireApiContext(browser.post('/api/x', {}, { origin: 'https://evil.example' })),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(requireApiContext(browser.get('/api/x'), 'admin')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const request = browser.get('/api/x?y=secret');
    const refused = await answer(request, async () => json(await requireApiContext(request, 'admin')));
    expect(refused.status).toBe(403);
    expect((await auditOf('access.denied')).at(-1)).toMatchObject({ subjectId: '/api/x', outcome: 'denied' });
  });
});

describe('an action', () => {
  const own = { origin: 'http://localhost:3000' };

  it('gets the person, and answers with its value', async () => {
    const { browser, person } = await signedIn();
    onPage(browser, own);
    expect(await personAction({}, async (ctx) => ctx.personId)).toEqual({ ok: true, value: person.id });
    expect(await publicAction(async () => 1)).toEqual({ ok: true, value: 1 });
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }, {}, 'FORBIDDEN'],
    ['no origin', {}, {}, 'FORBIDDEN'],
    ['a missing role', own, { role: 'admin' as const }, 'FORBIDDEN'],
  ])('is refused for %s', async (_, headers, gate, code) => {
    const { browser, person } = await signedIn();
    onPage(browser, { ...headers, 'x-orgdock-path': '/account' });
    const work = vi.fn(async () => 1);
    expect(await personAction(gate, work)).toMatchObject({ ok: false, problem: { code } });
    expect(work).not.toHaveBeenCalled();
    expect((await auditOf('access.denied')).at(-1)).toMatchObject({
      personId: person.id,
      subjectId: '/account',
      outcome: 'denied',
      details: { reason: expect.any(String) },
    });
  });

  it('leaves no link in the audit log whose address is a key', async () => {
    const { browser } = await signedIn();
    const key = 'k'.repeat(43);
    for (const page of ['/approve/', '/invite/']) {
      onPage(browser, { origin: 'https://evil.example', 'x-orgdock-path': `${page}${key}` });
      expect(await publicAction(async () => 1)).toMatchObject({ problem: { code: 'FORBIDDEN' } });
      expect((await auditOf('access.denied')).at(-1)).toMatchObject({ subjectId: `${page}[token]` });
    }
    const log = await withSystem('test', (tx) => tx.select().from(auditLog));
    expect(JSON.stringify(log)).not.toContain(key);
  });

  it('is refused when signed out, and when the sign-in is not fresh', async () => {
    onPage(new Browser(), own);
    expect(await personAction({}, async () => 1)).toMatchObject({ problem: { code: 'UNAUTHENTICATED' } });
    const { browser, id } = await signedIn();
    await withSystem('test', (tx) =>
      tx
        .update(sessions)
        .set({ authenticatedAt: new Date(Date.now() - HOUR) })
        .where(eq(sessions.id, id)),
    );
    onPage(browser, own);
    expect(await personAction({ fresh: true }, async () => 1)).toMatchObject({
      problem: { code: 'FRESH_SIGN_IN_REQUIRED' },
    });
  });

  it('tells no inside of an unexpected error, and lets Next’s own signals through', async () => {
    const { browser } = await signedIn();
    onPage(browser, own);
    const failed = await personAction({}, async () => {
      throw new Error('secret inside');
    });
    expect(failed).toMatchObject({ ok: false, problem: { code: 'INTERNAL' } });
    expect(JSON.stringify(failed)).not.toContain('secret inside');
    const { redirect } = await import('next/navigation');
    await expect(personAction({}, async () => redirect('/x'))).rejects.toMatchObject({
      digest: expect.stringContaining('NEXT_REDIRECT'),
    });
  });
});

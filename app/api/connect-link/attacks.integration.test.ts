import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { POST as startRoute } from '@/app/api/connect-link/route';
import { withSystem } from '@/db/client';
import { apiKeys, connections, connectLinks, environments, people } from '@/db/schema';
import { withdrawConnectLink } from '@/lib/consent/links/commands';
import { openLinkFrom } from '@/lib/consent/links/open-link';
import { newConnectLinkSchema } from '@/lib/consent/links/schema';
import { Browser } from '@/tests/browser';
import {
  continueUrl,
  forgetLooks,
  grantBy,
  type LinkWorld,
  linkFailureAt,
  makeLink,
  pressContinue,
  readLink,
} from '@/tests/connect-links';
import { comeBack, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { stubUser } from '@/tests/salesforce-stub';

beforeEach(() => forgetLooks());

const ada = stubUser('ada');
const held = (ownerId: string) =>
  withSystem('test', (tx) => tx.$count(connections, eq(connections.ownerId, ownerId)));

async function refusal(browser: Browser, body: unknown): Promise<string> {
  const response = await pressContinue(browser, body);
  const { problem } = (await response.json()) as { problem: { code: string; message: string } };
  return `${response.status} ${problem.message}`;
}

describe('a connect link that was used', () => {
  it('works no second time, in no browser', async () => {
    const world = await makeLink();
    const browser = new Browser();
    await grantBy(world, ada, browser);
    for (const again of [browser, new Browser()]) {
      expect(await openLinkFrom(world.token, again.headers)).toEqual({ state: 'used' });
      expect(await refusal(again, { token: world.token })).toBe('410 This link was used already.');
    }
    expect(await held(world.holder.id)).toBe(1);
  });

  it('takes no replayed answer', async () => {
    const world = await makeLink();
    const browser = new Browser();
    const url = await continueUrl(browser, { token: world.token });
    const answer = world.stub.allow(url, ada);
    await comeBack(browser, world.environment.slug, answer);
    const { location } = await comeBack(browser, world.environment.slug, answer);
    expect(location).toBe('/consent/unknown');
    expect(world.stub.tokenRequests).toHaveLength(1);
  });

  it('takes one of two answers that come at once in two tabs, and gives the other grant back', async () => {
    const world = await makeLink();
    const browser = new Browser();
    await pressContinue(browser, { token: world.token });
    const users = [stubUser('ada'), stubUser('bob')];
    const answers = [];
    for (const user of users) {
      answers.push(world.stub.allow(await continueUrl(browser, { token: world.token }), user));
    }
    const ends = await Promise.all(
      answers.map((answer) => comeBack(browser, world.environment.slug, answer)),
    );
    const locations = ends.map(({ location }) => location);
    expect(locations.filter((location) => location === `/connect/done/${world.id}`)).toHaveLength(1);
    const failed = locations.find((location) => location.startsWith('/connect/failed/')) ?? '';
    expect(await linkFailureAt(failed)).toMatchObject({ code: 'CONNECT_LINK_INVALID' });
    expect(await held(world.holder.id)).toBe(1);
    expect((await readLink(world.id)).connectionId).not.toBeNull();
  });
});

describe('a connect link in two browsers', () => {
  it('is bound to the first that goes on, and the other is told so', async () => {
    const { token } = await makeLink();
    const [mine, other] = [new Browser(), new Browser()];
    await openLinkFrom(token, other.headers);
    await continueUrl(mine, { token });
    expect(await openLinkFrom(token, mine.headers)).toMatchObject({ state: 'open' });
    expect(await openLinkFrom(token, other.headers)).toEqual({ state: 'other_browser' });
    expect(await refusal(other, { token })).toBe('410 This link was begun in another browser.');
    expect((await pressContinue(mine, { token })).status).toBe(200);
  });

  it('is bound to exactly one of many that press Continue at once', async () => {
    const { token, id } = await makeLink();
    const browsers = Array.from({ length: 8 }, () => new Browser());
    const answers = await Promise.all(browsers.map((browser) => pressContinue(browser, { token })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 410)]);
    const attempts = await withSystem('test', (tx) =>
      tx.execute(sql`SELECT count(*)::int AS n FROM orgdock.consent_attempts WHERE connect_link_id = ${id}`),
    );
    expect(attempts.rows).toEqual([{ n: 1 }]);
  });

  it('whose address at Salesforce was sent on is answered in no other browser', async () => {
    const world = await makeLink();
    const url = await continueUrl(new Browser(), { token: world.token });
    const victim = new Browser();
    await continueUrl(victim, { token: (await makeLink()).token });
    const { location } = await comeBack(victim, world.environment.slug, world.stub.allow(url, ada));
    expect(location).toBe('/consent/foreign-browser');
    expect(world.stub.tokenRequests).toEqual([]);
    expect(await held(world.holder.id)).toBe(0);
  });

  it('whose cookie was swapped on the way is not answered', async () => {
    const world = await makeLink();
    const browser = new Browser();
    const url = await continueUrl(browser, { token: world.token });
    browser.cookies.set('orgdock.attempt', 'x'.repeat(43));
    const { location } = await comeBack(browser, world.environment.slug, world.stub.allow(url, ada));
    expect(location).toBe('/consent/foreign-browser');
    expect(await held(world.holder.id)).toBe(0);
  });

  it('gives no code to the state of another link or environment', async () => {
    const one = await makeLink();
    const two = await makeLink({}, { stub: one.stub, environment: await makeStubEnvironment(one.stub) });
    const browser = new Browser();
    const url = await continueUrl(browser, { token: one.token });
    const foreign = await comeBack(browser, two.environment.slug, one.stub.allow(url, ada));
    expect(await linkFailureAt(foreign.location)).toMatchObject({ code: 'CONSENT_STATE_MISMATCH' });
    const made = new URLSearchParams({ code: 'aPrx', state: 'made-up' });
    expect((await comeBack(browser, one.environment.slug, made)).location).toBe('/consent/unknown');
    expect(one.stub.tokenRequests).toEqual([]);
  });
});

/** What may happen between Continue and the answer, and what the visitor is told. */
const MEANWHILE: Array<[string, (world: LinkWorld) => Promise<unknown>, string, string]> = [
  ['expires', () => shiftDatabaseClock(9 * 60_000), 'CONNECT_LINK_INVALID', 'This link has expired.'],
  [
    'is withdrawn',
    ({ ctx, id }) => withdrawConnectLink(ctx, id),
    'CONNECT_LINK_INVALID',
    'This link was withdrawn.',
  ],
  [
    'loses its holder',
    ({ holder }) => update(people, { deactivatedAt: new Date() }, holder.id),
    'CONNECT_LINK_INVALID',
    'This link cannot be used now.',
  ],
  [
    'has a holder who is an auditor now',
    ({ holder }) => update(people, { role: 'auditor' }, holder.id),
    'CONNECT_LINK_INVALID',
    'This link cannot be used now.',
  ],
  [
    'leads to an environment that its holder may not use any more',
    ({ environment }) => update(environments, { access: 'admins' }, environment.id),
    'CONNECT_LINK_INVALID',
    'This link cannot be used now.',
  ],
  [
    'was made by a key that is revoked',
    async ({ id, holder }) => {
      const key = {
        ownerId: holder.id,
        name: 'ERP',
        policy: {},
        createdBy: holder.id,
        revokedAt: new Date(),
      };
      const [row] = await withSystem('test', (tx) => tx.insert(apiKeys).values(key).returning());
      await update(connectLinks, { keyId: row?.id }, id);
    },
    'CONNECT_LINK_INVALID',
    'This link cannot be used now.',
  ],
];

function update(
  table: typeof people | typeof environments | typeof connectLinks,
  values: Record<string, unknown>,
  id: string,
): Promise<unknown> {
  return withSystem('test', (tx) => tx.update(table).set(values).where(eq(table.id, id)));
}

describe('a connect link that meanwhile', () => {
  it.each(MEANWHILE)('%s spends no code and stores nothing', async (_, happens, code, message) => {
    const world = await makeLink({ expiresIn: 600 });
    // Of ten minutes two are left.
    await withSystem('test', (tx) =>
      tx
        .update(connectLinks)
        .set({ expiresAt: sql`orgdock.now() + interval '2 minutes'` })
        .where(eq(connectLinks.id, world.id)),
    );
    const browser = new Browser();
    const url = await continueUrl(browser, { token: world.token });
    await happens(world);
    const { location } = await comeBack(browser, world.environment.slug, world.stub.allow(url, ada));
    expect(await linkFailureAt(location)).toMatchObject({ code, message });
    expect(world.stub.tokenRequests).toEqual([]);
    expect(await held(world.holder.id)).toBe(0);
    expect(await openLinkFrom(world.token, browser.headers)).not.toMatchObject({ state: 'open' });
    expect((await pressContinue(browser, { token: world.token })).status).toBe(410);
  });

  it('leads to an environment that was disabled stores nothing', async () => {
    const world = await makeLink();
    const browser = new Browser();
    const url = await continueUrl(browser, { token: world.token });
    await update(environments, { status: 'disabled' }, world.environment.id);
    const { location } = await comeBack(browser, world.environment.slug, world.stub.allow(url, ada));
    expect(await linkFailureAt(location)).toMatchObject({ code: 'ENVIRONMENT_DISABLED' });
    expect(world.stub.tokenRequests).toEqual([]);
    expect(await openLinkFrom(world.token, browser.headers)).toEqual({ state: 'unusable' });
  });

  it.each(MEANWHILE.slice(1, 5))(
    '%s while the code is exchanged gives the grant back',
    async (_, happens) => {
      const world = await makeLink();
      const browser = new Browser();
      const url = await continueUrl(browser, { token: world.token });
      const { stub } = world;
      const answers = new Map<string, unknown>();
      stub.override.userinfo = async (request, response) => {
        await happens(world);
        delete stub.override.userinfo;
        answers.set('asked', true);
        const authorization = request.headers.authorization ?? '';
        const asked = await fetch(`${stub.origin}/services/oauth2/userinfo`, { headers: { authorization } });
        response.writeHead(asked.status, { 'content-type': 'application/json' });
        response.end(await asked.text());
      };
      const { location } = await comeBack(browser, world.environment.slug, stub.allow(url, ada));
      expect(answers.get('asked')).toBe(true);
      const failure = await linkFailureAt(location);
      expect(failure.code).toBe('CONNECT_LINK_INVALID');
      expect(failure.message).not.toMatch(/administrator|auditor|deactivated/i);
      expect(await held(world.holder.id)).toBe(0);
      expect(stub.revoked.length).toBeGreaterThan(0);
    },
  );
});

describe('Continue', () => {
  it('is taken from a page of the portal only', async () => {
    const { token, id } = await makeLink();
    const browser = new Browser();
    for (const [name, value] of [
      ['origin', 'https://evil.example'],
      ['sec-fetch-site', 'cross-site'],
    ] as const) {
      const response = await startRoute(browser.post('/api/connect-link', { token }, { [name]: value }));
      expect(response.status).toBe(403);
    }
    expect(await readLink(id)).toMatchObject({ browserHash: null, openedAt: null });
  });

  it.each([
    {},
    { token: 'x', failure: crypto.randomUUID() },
    { token: 7 },
    { failure: "' OR true --" },
    { token: 'x'.repeat(200) },
    { token: 'x', callbackUrl: '//evil.example' },
  ])('refuses %j', async (body) => {
    expect((await pressContinue(new Browser(), body)).status).toBe(400);
  });

  it('is limited by address, as looking is', async () => {
    const { token } = await makeLink();
    const browser = new Browser();
    const statuses = new Set<number>();
    for (let tried = 0; tried < 70; tried += 1) {
      statuses.add((await pressContinue(browser, { token: `odl_${'x'.repeat(43)}` })).status);
    }
    expect([...statuses].sort()).toEqual([404, 429]);
    await expect(openLinkFrom(token, browser.headers)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});

describe('what a link is made of', () => {
  it.each([
    [{ purpose: 'x' }],
    [{ purpose: 'two\nlines' }],
    [{ purpose: 'turned \u202e around' }],
    [{ purpose: 'x'.repeat(201) }],
    [{ expiresIn: 599 }],
    [{ expiresIn: 604_801 }],
    [{ expiresIn: 3600.5 }],
    [{ alias: 'No' }],
    [{ scopes: ['full'] }],
    [{ holderId: crypto.randomUUID() }],
  ])('cannot be %j', (wrong) => {
    const body = { environment: 'uat', purpose: 'Invoices', ...wrong };
    expect(newConnectLinkSchema.safeParse(body).success).toBe(false);
  });
});

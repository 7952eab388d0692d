import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { environments, identities, people, portal } from '@/db/schema';
import { getSetupEnvironment, getSetupState, openSetup, saveSetupEnvironment } from '@/lib/consent/setup';
import { closeSetup, ensureSetupToken } from '@/lib/consent/setup-token';
import { log } from '@/lib/log';
import { issuerOf } from '@/lib/people/queries';
import { registry } from '@/lib/registry';
import { contextOf, isFresh } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, consent, failureAt } from '@/tests/consent';
import { asOwner } from '@/tests/database-owner';
import { makePerson, systemContext } from '@/tests/factories';
import { type SalesforceStub, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const current = vi.hoisted(() => ({
  browser: null as unknown as { headers: Headers; cookies: Map<string, string> },
}));

vi.mock('next/headers', () => ({
  headers: async () => current.browser.headers,
  cookies: async () => ({
    set: (name: string, value: string) => current.browser.cookies.set(name, value),
  }),
}));

class BrowserElsewhere extends Browser {
  override get headers(): Headers {
    const headers = super.headers;
    headers.set('x-forwarded-for', '198.51.100.9');
    return headers;
  }
}

/** A portal that nobody has set up. */
beforeEach(async () => {
  await asOwner((sql) =>
    sql.unsafe('TRUNCATE orgdock.people, orgdock.environments, orgdock.portal, orgdock.rate_limits CASCADE'),
  );
  current.browser = new Browser();
});

const form = (stub: SalesforceStub, values: Record<string, unknown> = {}) => ({
  name: 'Production',
  kind: 'production',
  origin: stub.origin,
  clientId: stub.clientId,
  consumerSecret: stub.clientSecret,
  ...values,
});

const browser = () => current.browser as Browser;

async function opened(): Promise<string> {
  const token = (await ensureSetupToken()) ?? '';
  await openSetup(token);
  return token;
}

describe('set-up', () => {
  it('is locked until the token is shown, and open in that browser only', async () => {
    const token = (await ensureSetupToken()) ?? '';
    expect(await getSetupState()).toBe('locked');
    for (const wrong of ['', 'x', `${token}x`, null, 'x'.repeat(500)]) {
      await expect(openSetup(wrong)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await expect(saveSetupEnvironment({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getSetupEnvironment()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await openSetup(` ${token} `);
    expect(await getSetupState()).toBe('open');
    expect(JSON.stringify([...browser().cookies])).not.toContain(token);
    current.browser = new Browser();
    browser().cookies.set('orgdock.setup', 'planted');
    expect(await getSetupState()).toBe('locked');
  });

  it('cannot be guessed: after ten tries an address waits, whatever it comes with', async () => {
    const said = vi.spyOn(log(), 'warn');
    const token = (await ensureSetupToken()) ?? '';
    for (let tries = 0; tries < 10; tries += 1) {
      await expect(openSetup(`${token}x`)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await expect(openSetup(token)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const refused = said.mock.calls.map(([facts]) => (facts as { refused?: string }).refused);
    expect(refused).toEqual([...Array(10).fill('set-up token'), 'limit']);
    expect(JSON.stringify(said.mock.calls)).not.toContain(token);
    expect(await getSetupState()).toBe('locked');
    current.browser = new BrowserElsewhere();
    await openSetup(token);
    expect(await getSetupState()).toBe('open');
  });

  it('names the same token at every start, and takes the operator’s own', async () => {
    const token = await ensureSetupToken();
    expect(token).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(await ensureSetupToken()).toBe(token);
    for (const [own, code] of [
      ['my-own-setup-token', null],
      ['short', 'MISCONFIGURED'],
    ] as const) {
      vi.stubEnv('ORGDOCK_SETUP_TOKEN', own);
      registry().slots.delete('env');
      if (code) await expect(ensureSetupToken()).rejects.toMatchObject({ code });
      else expect(await ensureSetupToken()).toBe(own);
    }
    registry().slots.delete('env');
  });

  it('makes the first environment, its first user the admin, and is closed for good', async () => {
    const stub = await startSalesforceStub();
    const token = await opened();
    expect(await getSetupEnvironment()).toBeNull();
    const { slug } = await saveSetupEnvironment(form(stub));
    expect(await getSetupEnvironment()).toMatchObject({ slug: 'production', name: 'Production' });
    const ada = stubUser('ada');
    const url = await beginUrl(browser(), { environment: slug, intent: 'setup', callbackUrl: '/' });
    expect(new URL(url).searchParams.get('scope')).toBe('openid');
    const { location } = await comeBack(browser(), slug, stub.allow(url, ada));
    expect(location).toBe('/');
    const admin = await contextOf(browser().headers);
    expect(admin).toMatchObject({ role: 'admin', displayName: `Name of ${ada.username}` });
    expect(admin && isFresh(admin)).toBe(true);

    const [environment] = await withSystem('test', (tx) => tx.select().from(environments));
    expect(environment).toMatchObject({ allowSignIn: true, expectedOrgId: ada.orgId });
    const [row] = await withSystem('test', (tx) => tx.select().from(portal));
    expect(row).toMatchObject({ setupClosed: true, setupTokenHash: null });
    for (const action of ['environment.create', 'environment.pin_org', 'person.create', 'setup.close']) {
      expect((await auditOf(action)).length).toBeGreaterThan(0);
    }

    expect(await getSetupState()).toBe('closed');
    expect(await ensureSetupToken()).toBeNull();
    await expect(openSetup(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(saveSetupEnvironment(form(stub))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await begin(browser(), { environment: slug, intent: 'setup' })).status).toBe(404);
  });

  it('lets the environment be entered again while nobody could sign in through it', async () => {
    const stub = await startSalesforceStub();
    await opened();
    await saveSetupEnvironment(form(stub, { clientId: 'wrong' }));
    await expect(saveSetupEnvironment(form(stub, { name: '' }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await saveSetupEnvironment(form(stub))).toMatchObject({ slug: 'production' });
    const rows = await withSystem('test', (tx) => tx.select().from(environments));
    expect(rows.map((row) => row.clientId)).toEqual([stub.clientId]);
  });

  it('of two browsers that finish, makes one an admin', async () => {
    const stub = await startSalesforceStub();
    const token = await opened();
    const { slug } = await saveSetupEnvironment(form(stub));
    const first = browser();
    const firstUrl = await beginUrl(first, { environment: slug, intent: 'setup' });
    current.browser = new Browser();
    await openSetup(token);
    const second = browser();
    expect(await consent(second, stub, { environment: slug, intent: 'setup' }, stubUser('eve'))).toBe('/');
    const { location } = await comeBack(first, slug, stub.allow(firstUrl, stubUser('ada')));
    expect(await failureAt(location)).toMatchObject({ code: 'NOT_FOUND' });
    const rows = await withSystem('test', (tx) => tx.select().from(people));
    expect(rows).toHaveLength(1);
  });

  it('needs the token of this browser to begin', async () => {
    const stub = await startSalesforceStub();
    await opened();
    const { slug } = await saveSetupEnvironment(form(stub));
    expect((await begin(new Browser(), { environment: slug, intent: 'setup' })).status).toBe(404);
  });

  it('makes an admin of a person who is known already, and keeps environments then', async () => {
    const stub = await startSalesforceStub();
    const ada = stubUser('ada');
    const person = await makePerson();
    await withSystem('test', (tx) =>
      tx.insert(identities).values({
        personId: person.id,
        issuer: issuerOf(ada.orgId),
        subject: ada.userId,
        username: ada.username,
      }),
    );
    await opened();
    const { slug } = await saveSetupEnvironment(form(stub));
    await saveSetupEnvironment(form(stub, { name: 'Another' }));
    expect(await withSystem('test', (tx) => tx.select().from(environments))).toHaveLength(2);
    await consent(browser(), stub, { environment: slug, intent: 'setup' }, ada);
    const [row] = await withSystem('test', (tx) => tx.select().from(people).where(eq(people.id, person.id)));
    expect(row?.role).toBe('admin');
  });

  it('is closed once, also on a portal that was never started', async () => {
    const close = () => withSystem('test', (tx) => closeSetup(tx, systemContext()));
    expect(await close()).toBe(true);
    expect(await close()).toBe(false);
    expect(await ensureSetupToken()).toBeNull();
  });
});

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, people } from '@/db/schema';
import { Browser } from '@/tests/browser';
import { begin, beginUrl, comeBack, consent, makeStubEnvironment } from '@/tests/consent';
import { makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const connectionOf = async (ownerId: string) => {
  const rows = await withSystem('test', (tx) =>
    tx.select().from(connections).where(eq(connections.ownerId, ownerId)),
  );
  return rows;
};

async function setting(role: 'admin' | 'member' = 'admin') {
  const stub = await startSalesforceStub();
  const { slug } = await makeStubEnvironment(stub, {
    scopes: ['openid', 'id', 'api', 'web', 'refresh_token'],
  });
  const person = await makePerson({ role });
  const browser = new Browser();
  await browser.signIn(person);
  const body = { environment: slug, intent: 'connect', purpose: 'bootstrap' } as const;
  return { stub, slug, person, browser, body };
}

describe('consent to set-up access', () => {
  it('asks for what a deployment needs, and is stored apart with keep-alive off', async () => {
    const { stub, person, browser, body } = await setting();
    const url = new URL(await beginUrl(browser, body));
    expect(url.searchParams.get('scope')).toBe('openid api refresh_token');
    const callbackUrl = `/admin/environments/${body.environment}/app`;
    expect(await consent(browser, stub, { ...body, callbackUrl }, stubUser('ada'))).toBe(callbackUrl);
    await consent(browser, stub, { environment: body.environment, intent: 'connect' }, stubUser('ada'));
    const rows = await connectionOf(person.id);
    expect(rows.map(({ purpose, keepAlive }) => [purpose, keepAlive]).sort()).toEqual([
      ['bootstrap', false],
      ['runtime', true],
    ]);
  });

  it('stays set-up access when it is renewed, whatever the browser says', async () => {
    const { stub, person, browser, body } = await setting();
    await consent(browser, stub, body, stubUser('ada'));
    const [first] = await connectionOf(person.id);
    const renewal = { environment: body.environment, intent: 'connect', reconnect: first?.id };
    expect(new URL(await beginUrl(browser, renewal)).searchParams.get('scope')).toBe(
      'openid api refresh_token',
    );
    await consent(browser, stub, renewal, stubUser('ada'));
    expect((await connectionOf(person.id)).map(({ purpose }) => purpose)).toEqual(['bootstrap']);
  });

  it('is for administrators, at the begin and at the end', async () => {
    const member = await setting('member');
    expect((await begin(member.browser, member.body)).status).toBe(403);
    const { stub, slug, person, browser, body } = await setting();
    const url = await beginUrl(browser, body);
    await withSystem('test', (tx) =>
      tx.update(people).set({ role: 'member' }).where(eq(people.id, person.id)),
    );
    const { location } = await comeBack(browser, slug, stub.allow(url, stubUser('ada')));
    expect(location).toMatch(/^\/consent\//);
    expect(await connectionOf(person.id)).toEqual([]);
  });

  it('is no purpose of a sign-in', async () => {
    const { browser, body } = await setting();
    expect((await begin(browser, { ...body, intent: 'sign_in' })).status).toBe(400);
  });
});

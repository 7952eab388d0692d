import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionUsage, environments } from '@/db/schema';
import type { GridWindow, RowWindow } from '@/lib/records/types';
import { registry } from '@/lib/registry';
import { Browser } from '@/tests/browser';
import { makePerson } from '@/tests/factories';
import { connectSimulated, startSimulatedOrg } from '@/tests/simulated-org';
import { GET as getRows } from './[id]/rows/route';
import { GET as getWindow } from './[id]/window/route';

const ROUTES = { window: getWindow, rows: getRows };

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.budgets']) registry().slots.delete(slot);
});

/** A person with a connection to an org of 230 accounts, who asks the routes. */
async function start(username = 'ada@acme.example') {
  const simulated = await startSimulatedOrg(230);
  const person = await makePerson();
  const { connectionId } = await connectSimulated(simulated, username, person);
  const browser = new Browser();
  await browser.signIn(person);
  const ask = (route: keyof typeof ROUTES, query: string, { as = browser, id = connectionId } = {}) => {
    const request = as.get(`/api/connections/${id}/${route}?${query}`);
    return ROUTES[route](request, { params: Promise.resolve({ id }) });
  };
  const sent = async () =>
    (await simulated.control.listRequests()).filter(({ path }) => /\/(?:query|composite)\b/.test(path))
      .length;
  const atStart = await sent();
  const queries = async () => (await sent()) - atStart;
  return { ...simulated, ask, queries };
}

describe('the routes of a grid', () => {
  it('open it, page through it and jump in it with one query each', async () => {
    const { ask, queries } = await start();
    const opened = await ask('window', 'sobject=Account&view=all&sort=-Name&columns=Name,OwnerId');
    expect(opened.headers.get('cache-control')).toBe('private, no-store');
    const window = (await opened.json()) as GridWindow;
    expect(window).toMatchObject({ sobject: 'Account', missing: [], rows: { total: 230, offset: 0 } });
    expect(window.rows.ids).toHaveLength(200);
    const query = 'sobject=Account&view=all&sort=-Name&columns=Name,OwnerId';
    const next = (await (
      await ask('rows', `${query}&offset=200&list=${window.rows.list}&cursor=${window.rows.cursor}`)
    ).json()) as RowWindow;
    expect(next).toMatchObject({ offset: 200, total: 230, calls: 1, columns: ['Name', 'OwnerId'] });
    expect(next.ids).toHaveLength(30);
    expect(new Set([...window.rows.ids, ...next.ids]).size).toBe(230);
    const [names] = window.rows.values as [string[]];
    const jumped = (await (
      await ask('rows', `${query}&from=${encodeURIComponent(names[100] ?? '')}`)
    ).json()) as RowWindow;
    expect(jumped).toMatchObject({ offset: names.indexOf(names[100] ?? ''), total: 230, calls: 1 });
    expect(jumped.ids[0]).toBe(window.rows.ids[jumped.offset]);
    expect(await queries(), 'a jump is one composite request').toBe(3);
    // Counted beside the answer, which does not wait for it.
    await vi.waitFor(async () => {
      const hours = await withSystem('test', (tx) =>
        tx.select().from(connectionUsage).where(eq(connectionUsage.connectionId, window.connectionId)),
      );
      expect(hours.reduce((sum, { rows }) => sum + rows, 0)).toBe(430 + jumped.ids.length);
    });
  });

  it('say what an org hides from its user', async () => {
    const { ask } = await start('franz@acme.example');
    const window = (await (await ask('window', 'sobject=Account&view=all')).json()) as GridWindow;
    expect(window.missing).toMatchObject([{ name: 'AnnualRevenue', reason: 'hidden' }]);
  });

  it('are for the signed-in, for their own connections, and for requests that mean something', async () => {
    const { ask, queries } = await start();
    const stranger = new Browser();
    expect((await ask('window', 'sobject=Account', { as: stranger })).status).toBe(401);
    await stranger.signIn(await makePerson());
    expect((await ask('rows', 'sobject=Account&offset=0', { as: stranger })).status).toBe(404);
    expect((await ask('rows', 'sobject=Account&offset=0', { id: 'x' })).status).toBe(404);
    for (const query of [
      'sobject=Account',
      'sobject=Account&offset=-1',
      'sobject=Account&offset=1e3',
      'sobject=Account&offset=99999999',
      'sobject=Account&offset=0&list=../../x',
      'sobject=Account&offset=0&from=A',
      'sobject=Account&from=',
      `sobject=Account&offset=0&cursor=${'x'.repeat(2_001)}`,
      'sobject=Account;offset=0',
      'offset=0',
    ]) {
      const answer = await ask('rows', query);
      expect([query, answer.status]).toEqual([query, 400]);
    }
    expect((await ask('window', 'sobject=A,B')).status).toBe(400);
    expect((await ask('window', 'sobject=Nope__c&view=all')).status).toBe(404);
    expect(await queries()).toBe(0);
  });

  it('leave other jobs what the environment keeps for them, as far as this process heard lately', async () => {
    const { ask, environment, control, queries } = await start();
    await withSystem('test', (tx) =>
      tx.update(environments).set({ apiReservePercent: 20 }).where(eq(environments.id, environment.id)),
    );
    const query = 'sobject=Account&view=all';
    expect((await ask('window', query)).status).toBe(200);
    await control.act({ act: 'use_api_calls', org: 'production', used: 900_000 });
    // Not heard yet: this very call hears it.
    expect((await ask('window', query)).status).toBe(200);
    const before = await queries();
    const refused = await ask('window', query);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      problem: { code: 'API_RESERVE_REACHED', details: { reservePercent: '20' } },
    });
    expect(await queries()).toBe(before);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 6 * 60_000);
    expect((await ask('window', query)).status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import { Browser } from '@/tests/browser';
import { contextOf, makePerson } from '@/tests/factories';
import { useSimulatedOrgs } from '@/tests/simulated';
import { POST as openRoute } from './route';

const WEB = 'api refresh_token openid web';
const recordId = '001000000000001AAA';

describe('the route that opens a record in Salesforce', () => {
  const orgs = useSimulatedOrgs();
  const singleAccessRequests = async () =>
    (await orgs.control.listRequests()).filter(({ path }) => path.endsWith('/singleaccess'));

  it('is answered to the owner’s own page alone', async () => {
    const owner = await makePerson();
    const browser = new Browser();
    const sessionId = await browser.signIn(owner);
    const environment = await orgs.makeEnvironment('production');
    const connection = await orgs.connect(environment, 'ada', contextOf(owner, sessionId as never), WEB);
    const params = { params: Promise.resolve({ id: connection.id }) };
    const post = (from: Browser, body: unknown, headers = {}) =>
      openRoute(from.post(`/api/connections/${connection.id}/open`, body, headers), params);
    const stranger = new Browser();
    await stranger.signIn(await makePerson());
    expect((await post(new Browser(), { recordId })).status).toBe(401);
    expect((await post(stranger, { recordId })).status).toBe(404);
    expect((await post(browser, { recordId }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(browser, { recordId: '../../evil' })).status).toBe(400);
    expect((await post(browser, { recordId, path: '/evil' })).status).toBe(400);
    expect(await singleAccessRequests()).toEqual([]);
    const answer = await post(browser, { recordId });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await answer.json()).toEqual({ url: expect.stringContaining('/secur/frontdoor.jsp?otp=') });
  });
});

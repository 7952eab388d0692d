import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { TestBrowser } from '@/simulator/testing/browser';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;
const HOME = '/lightning/o/Account/list';

describe('singleaccess', () => {
  const sim = useSimulator();

  async function bridge(form: Record<string, string> = {}, scope = 'web openid', token?: string) {
    const client = sim.client();
    const { access_token } = token ? { access_token: token } : await client.connect(ada.username, { scope });
    const response = await fetch(`${client.org.origin}/services/oauth2/singleaccess`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}` },
      body: new URLSearchParams(form),
    });
    const text = await response.text();
    return { client, access_token, status: response.status, text };
  }

  function frontdoorOf(text: string): URL {
    return new URL((JSON.parse(text) as { frontdoor_uri: string }).frontdoor_uri);
  }

  it('gives a URL of the org that has neither the token nor a session id', async () => {
    const { client, access_token, status, text } = await bridge({ redirect_uri: HOME });
    expect(status).toBe(200);
    expect(Object.keys(JSON.parse(text))).toEqual(['frontdoor_uri']);
    const url = frontdoorOf(text);
    expect(url.origin + url.pathname).toBe(`${client.org.origin}/secur/frontdoor.jsp`);
    expect([...url.searchParams.keys()]).toEqual(['otp', 'startURL']);
    expect(text).not.toContain(access_token);
  });

  it('logs the user in once, and sends on to the page', async () => {
    const { client, text } = await bridge({ redirect_uri: '/?x=1' });
    const url = frontdoorOf(text).href;
    const browser = new TestBrowser();
    const first = await browser.request(url);
    expect([first.status, first.headers.get('location')]).toEqual([302, '/?x=1']);
    const home = await browser.request(`${client.org.origin}/`);
    expect(await home.text()).toContain(ada.username);
    const again = await new TestBrowser().request(url);
    expect(again.headers.get('location')).toMatch(/^\/login\?startURL=/);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('takes the token in the form, and needs no page to go to', async () => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username, { scope: 'web openid' });
    const response = await fetch(`${client.org.origin}/services/oauth2/singleaccess`, {
      method: 'POST',
      body: new URLSearchParams({ access_token }),
    });
    const url = frontdoorOf(await response.text());
    expect((await new TestBrowser().request(url.href)).headers.get('location')).toBe('/');
  });

  it('is over after a minute', async () => {
    const { text } = await bridge();
    await sim.control.advanceClock(60_000);
    const late = await new TestBrowser().request(frontdoorOf(text).href);
    expect(late.headers.get('location')).toMatch(/^\/login/);
  });

  it('lets nobody in who was frozen meanwhile', async () => {
    const { text } = await bridge();
    await sim.control.act({ act: 'freeze_user', org: 'production', username: ada.username });
    const answer = await new TestBrowser().request(frontdoorOf(text).href);
    expect(answer.headers.get('location')).toMatch(/^\/login/);
  });

  it.each([
    ['a token without the scope web', 'api openid', undefined],
    ['a token that is none', '', '00Dnone!x'],
  ])('refuses %s', async (_what, scope, token) => {
    expect(await bridge({}, scope, token)).toMatchObject({ status: 403, text: 'Bad_OAuth_Token' });
  });

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', '/\\evil.example', ''])(
    'refuses to go to %j',
    async (redirect_uri) => {
      const { status, text } = await bridge({ redirect_uri });
      expect([status, JSON.parse(text)]).toMatchObject([400, { error: 'invalid_request' }]);
    },
  );

  it('is a POST', async () => {
    const { origin } = sim.simulator.org('production');
    expect((await fetch(`${origin}/services/oauth2/singleaccess`)).status).toBe(405);
  });

  it('refuses a session id in a URL', async () => {
    const { client, access_token } = await bridge();
    const answer = await new TestBrowser().request(
      `${client.org.origin}/secur/frontdoor.jsp?sid=${access_token}`,
    );
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(JSON.stringify(await sim.control.listRequests())).not.toContain(access_token);
  });
});

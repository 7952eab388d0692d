import { describe, expect, it } from 'vitest';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace, ina } = PRODUCTION.users;
const CONSENT = '/setup/secur/RemoteAccessAuthorizationPage.apexp';
const CHOOSER = '/setup/secur/AccountChooser.apexp';

describe('login and consent', () => {
  const sim = useSimulator();

  it('show a labelled login page that says what it is', async () => {
    const { response, url } = await sim.client().open({ login_hint: grace.username });
    expect(new URL(url).pathname).toBe('/login');
    const page = await response.text();
    expect(page).toContain('<label for="username">Username</label>');
    expect(page).toContain('<label for="password">Password</label>');
    expect(page).toContain('>Log In</button>');
    expect(page).toContain('This is not Salesforce');
    expect(page).toContain(`value="${grace.username}"`);
  });

  it.each([
    [ada.username, 'wrong'],
    ['nobody@acme.example', undefined],
    [ina.username, undefined],
  ])('refuse %s with one and the same sentence', async (username, password) => {
    const client = sim.client();
    const { response } = await client.logIn((await client.open()).url, username, password);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Please check your username and password.');
  });

  it('list the scopes in words, with Allow and Deny', async () => {
    const client = sim.client();
    const { response, url } = await client.logIn((await client.open()).url, ada.username);
    expect(new URL(url).pathname).toBe(CONSENT);
    const page = await response.text();
    for (const words of [
      'Manage user data via APIs',
      'Perform requests at any time',
      'Access unique user identifiers',
      '>Allow</button>',
      '>Deny</button>',
      'Ada Okafor',
    ]) {
      expect(page).toContain(words);
    }
  });

  it('send code and state to the callback on Allow', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    const callback = await client.decide(url, 'allow');
    expect(callback.origin + callback.pathname).toBe(CALLBACK);
    expect([...callback.searchParams.keys()]).toEqual(['code', 'state']);
    expect(callback.searchParams.get('state')).toBe('state-1');
  });

  it('keep the query of a redirect URI', async () => {
    const client = sim.client();
    const { url } = await client.logIn(
      (await client.open({ redirect_uri: `${CALLBACK}?kept=1` })).url,
      ada.username,
    );
    expect((await client.decide(url, 'allow')).search).toMatch(/^\?kept=1&code=/);
  });

  it('send access_denied to the callback on Deny', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    const callback = await client.decide(url, 'deny');
    expect(Object.fromEntries(callback.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'state-1',
    });
  });

  it('keep a Deny a Deny, even when another tab approved meanwhile', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    await client.decide((await client.open()).url, 'allow');
    expect((await client.decide(url, 'deny')).searchParams.get('error')).toBe('access_denied');
  });

  it('answer a request once: pressing Allow again ends on the error page', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    await client.decide(url, 'allow');
    const again = await client.decide(url, 'allow');
    expect(again.pathname).toBe('/setup/secur/RemoteAccessErrorPage.apexp');
  });

  it('forget an unanswered request after 15 minutes', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    await sim.control.advanceClock(15 * 60_000 + 1000);
    expect((await client.decide(url, 'allow')).pathname).toBe('/setup/secur/RemoteAccessErrorPage.apexp');
  });

  it('remember an approval for the same or fewer scopes, not for more', async () => {
    const client = sim.client();
    await client.obtainCode(ada.username, { scope: 'api openid' });
    expect((await client.open({ scope: 'openid' })).response.status).toBe(302);
    const more = await client.open({ scope: 'api openid refresh_token' });
    expect(new URL(more.url).pathname).toBe(CONSENT);
  });

  it('ask again after the last grant was revoked', async () => {
    const client = sim.client();
    const tokens = await client.connect(ada.username);
    await client.token({ token: tokens.refresh_token }, {}, 'revoke');
    await client.logIn(`${client.org.origin}/login`, ada.username);
    expect(new URL((await client.open()).url).pathname).toBe(CONSENT);
  });

  it('ask again with prompt=consent, and for the password with prompt=login', async () => {
    const client = sim.client();
    await client.obtainCode(ada.username);
    expect(new URL((await client.open({ prompt: 'consent' })).url).pathname).toBe(CONSENT);
    const login = await client.open({ prompt: 'login' });
    expect(new URL(login.url).pathname).toBe('/login');
    const { response } = await client.logIn(login.url, ada.username);
    expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:3999\/callback\?code=/);
  });

  it('offer a chooser with prompt=select_account once two usernames are known', async () => {
    const client = sim.client();
    await client.obtainCode(ada.username);
    expect((await client.open({ prompt: 'select_account' })).response.status).toBe(302);
    await client.logIn(`${client.org.origin}/login`, grace.username);
    const { response, url } = await client.open({ prompt: 'select_account' });
    expect(new URL(url).pathname).toBe(CHOOSER);
    const page = await response.text();
    expect(page).toContain(ada.username);
    expect(page).toContain(grace.username);
    const source = new URL(url).searchParams.get('source') ?? '';
    const chosen = await client.browser.submit(client.org.origin + CHOOSER, {
      source,
      username: ada.username,
    });
    const login = new URL(chosen.headers.get('location') ?? '', client.org.origin);
    expect(login.pathname).toBe('/login');
    expect(login.searchParams.get('un')).toBe(ada.username);
    const { response: answered } = await client.logIn(login.href, ada.username);
    expect(answered.headers.get('location')).toContain('code=');
  });

  it('answer immediate=true without a page or with immediate_unsuccessful', async () => {
    const client = sim.client();
    const callbackOf = async () =>
      new URL((await client.open({ immediate: 'true' })).response.headers.get('location') ?? '').searchParams;
    expect((await callbackOf()).get('error')).toBe('immediate_unsuccessful');
    await client.obtainCode(ada.username);
    expect((await callbackOf()).get('code')).toBeTruthy();
  });

  it('let somebody else log in with "Not you?"', async () => {
    const client = sim.client();
    const { url } = await client.logIn((await client.open()).url, ada.username);
    const login = await client.decide(url, 'switch');
    expect(login.pathname).toBe('/login');
    const { response } = await client.logIn(login.href, grace.username);
    expect(await response.text()).toContain('Grace Whitmore');
  });

  it('never redirect to another origin after a login', async () => {
    const client = sim.client();
    for (const startURL of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
      const { org, browser } = client;
      const response = await browser.submit(`${org.origin}/login`, {
        username: ada.username,
        password: 'orgdock-demo-1',
        startURL,
      });
      expect(response.headers.get('location')).toBe('/');
    }
  });

  it('name their cookies after the org, since browsers share cookies over ports', async () => {
    const [production, uat] = [sim.client('production'), sim.client('uat')];
    await production.logIn(`${production.org.origin}/login`, ada.username);
    await uat.logIn(`${uat.org.origin}/login`, UAT.users.ada.username);
    expect(production.browser.cookieNames(production.org.origin)).toContain('simulator_sid_production');
    expect(uat.browser.cookieNames(uat.org.origin)).toContain('simulator_sid_uat');
  });

  it('end with the log-out page, or idle with the session', async () => {
    const client = sim.client();
    const home = async () => (await client.browser.follow(`${client.org.origin}/`)).url;
    await client.logIn(`${client.org.origin}/login`, ada.username);
    expect(new URL(await home()).pathname).toBe('/');
    await client.browser.submit(`${client.org.origin}/secur/logout.jsp`, {});
    expect(new URL(await home()).pathname).toBe('/login');
    await client.logIn(`${client.org.origin}/login`, ada.username);
    await sim.control.advanceClock(2 * 60 * 60_000 + 1000);
    expect(new URL(await home()).pathname).toBe('/login');
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

describe('the authorize endpoint', () => {
  const sim = useSimulator();

  /** Where a request without any session is sent. */
  async function locationOf(changes: Record<string, string | null>): Promise<URL> {
    const client = sim.client();
    const response = await client.browser.request(client.authorizeUrl(changes));
    expect(response.status).toBe(302);
    return new URL(response.headers.get('location') ?? '', client.org.origin);
  }

  function expectErrorPage(url: URL, error: string, description: string): void {
    expect(url.pathname).toBe('/setup/secur/RemoteAccessErrorPage.apexp');
    expect(Object.fromEntries(url.searchParams)).toEqual({ error, error_description: description });
  }

  function expectCallback(url: URL, error: string, description: string): void {
    expect(url.origin + url.pathname).toBe(CALLBACK);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      error,
      error_description: description,
      state: 'state-1',
    });
  }

  it('keeps an unknown client on its own error page', async () => {
    expectErrorPage(
      await locationOf({ client_id: 'nobody' }),
      'invalid_client_id',
      'client identifier invalid',
    );
    expectErrorPage(await locationOf({ client_id: null }), 'invalid_client_id', 'client identifier invalid');
  });

  it.each([
    `${CALLBACK}/`,
    `${CALLBACK}?a=1`,
    'http://localhost:3999/CALLBACK',
    'https://localhost:3999/callback',
    `http://localhost:3999/${'x'.repeat(2000)}`,
  ])('refuses the redirect URI %s that is not exactly registered', async (redirectUri) => {
    const url = await locationOf({ redirect_uri: redirectUri });
    expectErrorPage(url, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
  });

  it('keeps a missing redirect URI on its own error page', async () => {
    expect((await locationOf({ redirect_uri: null })).searchParams.get('error')).toBe('redirect_uri_missing');
  });

  it('shows the error page as a page that names error and description', async () => {
    const { response } = await sim.client().open({ client_id: 'nobody' });
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('invalid_client_id');
    expect(page).toContain('client identifier invalid');
    expect(page).toContain('Salesforce simulator');
  });

  it('escapes what it shows', async () => {
    const { origin } = sim.client().org;
    const path = '/setup/secur/RemoteAccessErrorPage.apexp';
    const page = await (
      await fetch(`${origin}${path}?error=${encodeURIComponent('<script>x</script>')}`)
    ).text();
    expect(page).not.toContain('<script>');
  });

  it.each([
    [{ code_challenge: null }, 'missing required code challenge'],
    [{ code_challenge_method: 'plain' }, 'code challenge method not supported'],
    [{ code_challenge: 'too-short' }, 'invalid code challenge'],
  ])('answers the PKCE fault %j as a bare body without content type', async (changes, description) => {
    const client = sim.client();
    const response = await client.browser.request(client.authorizeUrl(changes));
    expect(response.headers.get('content-type')).toBeNull();
    expect(await response.text()).toBe(`error=invalid_request&error_description=${description}`);
  });

  it('takes a challenge without a method, as sf and jsforce send it', async () => {
    expect((await locationOf({ code_challenge_method: null })).pathname).toBe('/login');
  });

  it('does without a challenge when the app does not require PKCE', async () => {
    await sim.control.act({ act: 'change_app', org: 'production', changes: { pkceRequired: false } });
    const url = await locationOf({ code_challenge: null, code_challenge_method: null });
    expect(url.pathname).toBe('/login');
  });

  it.each(['api full', 'nonsense', 'api refresh_token sfap_api'])('refuses the scope %s', async (scope) => {
    expectCallback(await locationOf({ scope }), 'invalid_scope', 'the requested scope is not allowed');
  });

  it('refuses another response type at the callback', async () => {
    expect((await locationOf({ response_type: 'nothing' })).searchParams.get('error')).toBe(
      'unsupported_response_type',
    );
  });

  it('tells an uninstalled app at the callback', async () => {
    await sim.control.act({ act: 'uninstall_app', org: 'production' });
    const description = 'External client app is not installed in this org';
    expectCallback(await locationOf({}), 'OAUTH_EC_APP_NOT_FOUND', description);
  });

  it('tells a blocked app at the callback', async () => {
    await sim.control.act({ act: 'block_app', org: 'production' });
    expectCallback(await locationOf({}), 'OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  });

  it('keeps missing and blocked apps on the error page in that mode', async () => {
    await sim.control.act({ act: 'app_errors', org: 'production', delivery: 'page' });
    await sim.control.act({ act: 'block_app', org: 'production' });
    expectErrorPage(await locationOf({}), 'OAUTH_APP_BLOCKED', 'this app is blocked by admin');
    await sim.control.act({ act: 'uninstall_app', org: 'production' });
    expectErrorPage(await locationOf({}), 'invalid_client', 'app must be installed into org');
  });

  it('refuses a user who is not pre-authorized, after the login', async () => {
    await sim.control.act({
      act: 'change_app',
      org: 'production',
      changes: { preApproved: ['grace@acme.example'] },
    });
    const client = sim.client();
    const { response } = await client.logIn((await client.open()).url, ada.username);
    const url = new URL(response.headers.get('location') ?? '');
    expectCallback(url, 'OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app');
  });

  it.each([
    ['color', 'blue'],
    ['prompt', 'none'],
    ['display', 'tv'],
    ['immediate', 'yes'],
    ['response_type', 'token'],
  ])('answers 501 to %s=%s and counts it', async (name, value) => {
    const client = sim.client();
    const response = await client.browser.request(client.authorizeUrl({ [name]: value }));
    expect(response.status).toBe(501);
    expect(await sim.control.counts()).toMatchObject({ unknown: 1 });
  });

  it('answers 501 to a parameter given twice', async () => {
    const client = sim.client();
    const response = await client.browser.request(`${client.authorizeUrl()}&scope=api`);
    expect(response.status).toBe(501);
  });
});

import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import { checkApp } from './app-checks';
import { CHECK_IDS, checkOf, green, unknown, worstState } from './check';
import { checkClock, checkClockAndVersion } from './clock-and-version';
import { checkNetwork } from './network-checks';
import { checkSecret } from './secret-check';
import { fixIn, fixInApp } from './setup-places';

const AT = Date.UTC(2026, 10, 26, 12);
const byId = (checks: CheckResult[], id: string) => checks.find((check) => check.id === id);

describe('the clock', () => {
  const differing = (seconds: number) => checkClock(new Date(AT - seconds * 1000).toUTCString(), AT);

  it.each([
    [0, 'green', 'differ by a second at most'],
    [-20, 'green', '20 seconds behind the org’s'],
    [90, 'amber', '90 seconds ahead of the org’s'],
    [-400, 'red', '7 minutes behind the org’s'],
    [86_400, 'red', '24 hours ahead of the org’s'],
  ])('that is %i seconds ahead is %s', (seconds, state, words) => {
    const check = differing(seconds);
    expect(check.state).toBe(state);
    expect(check.evidence[0]).toContain(words);
    expect(check.fix === null).toBe(state === 'green');
  });

  it('is not known when the answer names no time', () => {
    expect(checkClock(undefined, AT)).toMatchObject({ state: 'amber' });
    expect(checkClock('yesterday', AT)).toMatchObject({ state: 'amber' });
  });
});

describe('the API version', () => {
  const versionCheck = async (apiVersion: string, body: unknown = versions, status = 200) => {
    const { origin } = await startLoopback((_request, response) => sendJson(response, status, body));
    return byId(await checkClockAndVersion(origin, apiVersion), 'api_version');
  };
  const versions = ['31.0', '40.0', '66.0', '68.0'].map((version) => ({ version, label: '', url: '' }));

  it('is right, deprecated or gone', async () => {
    expect(await versionCheck('66.0')).toMatchObject({ state: 'green' });
    expect(await versionCheck('40.0')).toMatchObject({ state: 'amber' });
    expect(await versionCheck('20.0')).toMatchObject({
      state: 'red',
      evidence: ['The org does not offer version 20.0.', 'The org offers 31.0 to 68.0.'],
      fix: { text: 'Set the API version of this environment to 68.0.' },
    });
  });

  it('is not known when the list is none', async () => {
    expect(await versionCheck('66.0', 'We are setting things up')).toMatchObject({ state: 'amber' });
    expect(await versionCheck('66.0', versions, 503)).toMatchObject({ state: 'amber' });
  });
});

describe('the network', () => {
  it('is red where nothing listens, and the rest is not claimed', async () => {
    const origin = 'http://127.0.0.1:1';
    allowOrigins(origin);
    const { isReachable, checks } = await checkNetwork(origin);
    expect(isReachable).toBe(false);
    expect(checks.map(({ id, state }) => [id, state])).toEqual([
      ['https', 'red'],
      ['dns', 'green'],
      ['tls', 'amber'],
      ['well_known', 'amber'],
    ]);
  });

  it('is red where the name does not resolve', async () => {
    const origin = 'http://no-such-host.invalid:4501';
    allowOrigins(origin);
    const { isReachable, checks } = await checkNetwork(origin);
    expect(isReachable).toBe(false);
    expect(byId(checks, 'dns')).toMatchObject({ state: 'red' });
    expect(byId(checks, 'https')).toMatchObject({ state: 'amber' });
  });

  it('is reachable where another server answers, and says that it is no org', async () => {
    const { origin } = await startLoopback((_request, response) => sendJson(response, 404, {}));
    const { isReachable, checks } = await checkNetwork(origin);
    expect(isReachable).toBe(true);
    expect(byId(checks, 'https')).toMatchObject({ state: 'green' });
    expect(byId(checks, 'well_known')).toMatchObject({ state: 'red' });
  });
});

describe('the consumer secret', () => {
  const [RIGHT, BEFORE] = ['A'.repeat(64), 'B'.repeat(64)];
  /** A token endpoint that answers by the secret that came. */
  const secretCheck = async (
    answers: (secret: string | null) => string,
    app: { clientSecret: string | null; previousSecret?: string } = { clientSecret: RIGHT },
  ) => {
    const { origin, seen } = await startLoopback((request, response: ServerResponse) => {
      const error = answers(new URLSearchParams(request.body).get('client_secret'));
      const error_description = error === 'invalid_grant' ? 'invalid authorization code' : 'refused';
      sendJson(response, 400, { error, error_description });
    });
    const check = await checkSecret(
      { tokenHost: origin, clientId: '3MVG9', previousSecret: null, sealedSecret: null, ...app },
      { redirectUri: 'http://localhost:3000/api/auth/callback/x', appType: 'external_client_app' },
    );
    return { check, asked: seen.length };
  };

  it('is right when only a made-up one is refused as a secret', async () => {
    const { check, asked } = await secretCheck((secret) =>
      secret === RIGHT ? 'invalid_grant' : 'invalid_client',
    );
    expect(check).toMatchObject({ state: 'green' });
    expect(asked).toBe(2);
  });

  it('is not known when a made-up one gets the same answer', async () => {
    const { check } = await secretCheck(() => 'invalid_grant');
    expect(check).toMatchObject({ state: 'amber' });
    expect(check.evidence[0]).toContain('not at the secret');
  });

  it('is wrong when Salesforce refuses it', async () => {
    const { check } = await secretCheck(() => 'invalid_client');
    expect(check).toMatchObject({ state: 'red', fix: { path: expect.stringContaining('Consumer Key') } });
    expect(JSON.stringify(check)).not.toContain(RIGHT);
  });

  it('is on its way while the one before is accepted', async () => {
    const { check } = await secretCheck(
      (secret) => (secret === BEFORE ? 'invalid_grant' : 'invalid_client'),
      { clientSecret: RIGHT, previousSecret: BEFORE },
    );
    expect(check).toMatchObject({ state: 'amber' });
  });

  it('is missing when the app asks for one, and not needed when it does not', async () => {
    const none = { clientSecret: null };
    expect((await secretCheck(() => 'invalid_client', none)).check).toMatchObject({
      state: 'red',
      evidence: ['The app asks for a secret, and none is stored.', expect.any(String)],
    });
    expect((await secretCheck(() => 'invalid_grant', none)).check).toMatchObject({ state: 'green' });
  });

  it('is not known when something else is refused first', async () => {
    for (const error of ['invalid_client_id', 'oauth_flow_disabled', 'app_blocked', 'server_error']) {
      expect((await secretCheck(() => error)).check).toMatchObject({ state: 'amber' });
    }
  });
});

describe('the app', () => {
  it('is not judged by an answer that says nothing', async () => {
    const { origin } = await startLoopback((_request, response) => sendJson(response, 500, {}));
    const app = { tokenHost: origin, clientId: '3MVG9', clientSecret: null };
    const checks = await checkApp({
      ...{ app, appType: 'external_client_app', redirectUri: 'http://localhost:3000/x' },
      scopes: ['api'],
    });
    expect(checks.map(({ state }) => state)).toEqual(['amber', 'amber', 'amber', 'amber', 'amber']);
  });
});

describe('a result', () => {
  it('is as bad as its worst check, and what nobody can know does not count', () => {
    const never = unknown('address_reputation', 'No API tells.');
    const red = checkOf('dns', { state: 'red', evidence: ['No such host.'] });
    expect(worstState([green('dns', 'It resolves.'), never])).toBe('green');
    expect(worstState([green('dns', 'It resolves.'), unknown('secret', 'Not yet.')])).toBe('amber');
    expect(worstState([red, unknown('secret', 'Not yet.')])).toBe('red');
    expect(new Set(CHECK_IDS).size).toBe(18);
  });

  it('links into the Setup of a real org only', () => {
    expect(fixIn('usage', 'https://acme.my.salesforce.com', 'Do it.').url).toBe(
      'https://acme.my.salesforce.com/lightning/setup/ConnectedAppsUsage/home',
    );
    expect(fixIn('usage', 'http://localhost:4501', 'Do it.').url).toBeNull();
    expect(fixIn('usage', 'https://login.salesforce.com', 'Do it.').url).toBeNull();
  });

  it('leads to where an app of its kind is set up', () => {
    const origin = 'https://acme.my.salesforce.com';
    expect(fixInApp('policies', { appType: 'external_client_app', origin }, 'Do it.')).toEqual({
      text: 'Do it.',
      path: 'Setup → External Client App Manager → the app → Policies → OAuth Policies',
      url: `${origin}/lightning/setup/ManageExternalClientApplication/home`,
    });
    expect(fixInApp('policies', { appType: 'connected_app', origin }, 'Do it.')).toEqual({
      text: 'Do it.',
      path: 'Setup → App Manager → the app’s row → Manage → Edit Policies',
      url: `${origin}/lightning/setup/NavigationMenus/home`,
    });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import type { OAuthApp } from '../../types';
import { probeAuthorize } from './probe-authorize';
import { madeUpSecret, probeClient } from './probe-client';

const question = { redirectUri: CALLBACK, scopes: ['api', 'refresh_token'], withPkce: true };

describe('asking Salesforce without a person', () => {
  const sim = useSimulator();
  const org = 'production';
  beforeEach(() => allowOrigins(sim.simulator.org(org).origin));
  const app = (changes: Partial<OAuthApp> = {}): OAuthApp => {
    const { origin, clientId, clientSecret } = sim.simulator.org(org);
    return { tokenHost: origin, clientId, clientSecret, ...changes };
  };

  it('leads on to a login when everything is right', async () => {
    const { host } = new URL(sim.simulator.org(org).origin);
    expect(await probeAuthorize(app(), question)).toEqual({ kind: 'accepted', loginHost: host });
  });

  it.each([
    ['another consumer key', { clientId: '3MVG9other' }, {}, 'error_page', 'invalid_client_id'],
    ['another callback URL', {}, { redirectUri: `${CALLBACK}/x` }, 'error_page', 'redirect_uri_mismatch'],
    ['a scope that is not allowed', {}, { scopes: ['api', 'eclair_api'] }, 'callback', 'invalid_scope'],
    ['no code challenge', {}, { withPkce: false }, 'body', 'invalid_request'],
  ])('names %s', async (_, ofApp, ofQuestion, toldBy, error) => {
    expect(await probeAuthorize(app(ofApp), { ...question, ...ofQuestion })).toMatchObject({
      kind: 'refused',
      toldBy,
      fault: { error },
    });
  });

  it('names an app that is blocked, wherever Salesforce tells it', async () => {
    await sim.control.act({ act: 'block_app', org });
    const blocked = { fault: { error: 'OAUTH_APP_BLOCKED' } };
    expect(await probeAuthorize(app(), question)).toMatchObject({ toldBy: 'callback', ...blocked });
    await sim.control.act({ act: 'app_errors', org, delivery: 'page' });
    expect(await probeAuthorize(app(), question)).toMatchObject({ toldBy: 'error_page', ...blocked });
  });

  it('tells a wrong secret from a right one, and gets no token either way', async () => {
    const of = async (clientSecret: string | null) =>
      await probeClient(app({ clientSecret }), { redirectUri: CALLBACK });
    expect(await of(app().clientSecret)).toMatchObject({
      kind: 'refused',
      fault: { error: 'invalid_grant' },
    });
    expect(await of(madeUpSecret())).toMatchObject({ kind: 'refused', fault: { error: 'invalid_client' } });
    expect(await of(null)).toMatchObject({ kind: 'refused', fault: { error: 'invalid_client' } });
    expect(await sim.control.listGrants(org)).toEqual([]);
    expect((await sim.control.counts()).unknown).toBe(0);
  });

  it('says so when nothing is answered', async () => {
    await sim.control.addFault({ org, fault: 'drop_before', endpoint: 'token' });
    expect(await probeClient(app(), { redirectUri: CALLBACK })).toMatchObject({
      kind: 'unanswered',
      error: { code: 'HOST_UNREACHABLE' },
    });
  });
});

describe('an answer of the authorize endpoint', () => {
  const asked = async (answer: { status: number; headers: Record<string, string>; body: string }) => {
    const { origin } = await startLoopback((_request, response) => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
    return await probeAuthorize({ tokenHost: origin, clientId: '3MVG9', clientSecret: null }, question);
  };

  it('that goes to the company’s own login is an acceptance', async () => {
    const headers = { location: 'https://login.acme.example/saml' };
    expect(await asked({ status: 302, headers, body: '' })).toEqual({
      kind: 'accepted',
      loginHost: 'login.acme.example',
    });
  });

  it('that goes to the error page by a script is a refusal', async () => {
    const body = `<script>window.location.replace("/setup/secur/RemoteAccessErrorPage.apexp?error=invalid_client_id&amp;error_description=client+identifier+invalid")</script>`;
    expect(await asked({ status: 200, headers: { 'content-type': 'text/html' }, body })).toMatchObject({
      kind: 'refused',
      fault: { error: 'invalid_client_id', description: 'client identifier invalid' },
    });
  });

  it('that is neither a login nor an error stays open', async () => {
    expect(await asked({ status: 503, headers: {}, body: 'down' })).toMatchObject({ kind: 'unclear' });
    const nowhere = { status: 302, headers: { location: 'https://' }, body: '' };
    expect(await asked(nowhere)).toMatchObject({ kind: 'unclear' });
  });

  it('shows no token that somebody hides in an error', async () => {
    const words = 'error=invalid_request&error_description=5Aep861abcdefghijklmnopqrstuvwxyz0123456789';
    const probe = await asked({ status: 200, headers: {}, body: words });
    expect(probe).toMatchObject({ kind: 'refused', fault: { error: 'invalid_request' } });
    expect(JSON.stringify(probe)).not.toContain('5Aep861abcdefghij');
  });
});

describe('the secret', () => {
  it('that is sent is kept out of Salesforce’s words', async () => {
    const clientSecret = madeUpSecret();
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 400, { error: 'invalid_client', error_description: `no ${clientSecret}` }),
    );
    const probe = await probeClient(
      { tokenHost: origin, clientId: '3MVG9', clientSecret },
      { redirectUri: CALLBACK },
    );
    expect(probe.kind).toBe('refused');
    expect(JSON.stringify(probe)).not.toContain(clientSecret);
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { challengeOf } from '@/simulator/state/token-values';
import { answerOf, CALLBACK, VERIFIER } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

function refusal(error: string, description: string, status = 400) {
  return { status, body: { error, error_description: description } };
}

describe('exchanging a code', () => {
  const sim = useSimulator();

  it('takes the secret from a Basic header', async () => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    const { clientId, clientSecret } = client.org;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    const response = await client.token(
      { ...form, client_id: null, client_secret: null },
      { authorization: `Basic ${basic}` },
    );
    expect(response.status).toBe(200);
  });

  it('refuses a broken Basic header, and credentials sent twice', async () => {
    const client = sim.client();
    const form = { grant_type: 'authorization_code', code: 'x', client_id: null, client_secret: null };
    const broken = await client.token(form, { authorization: 'Basic !!!' });
    expect(await answerOf(broken)).toEqual(refusal('invalid_basic_auth_header', 'invalid basic auth header'));
    const basic = Buffer.from(`${client.org.clientId}:${client.org.clientSecret}`).toString('base64');
    const twice = await client.token(
      { grant_type: 'authorization_code' },
      { authorization: `Basic ${basic}` },
    );
    expect((await answerOf(twice)).body).toMatchObject({ error: 'invalid_request' });
  });

  it.each([null, 'wrong'])('refuses the secret %s', async (secret) => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    const refused = await client.exchange(code, { client_secret: secret });
    expect(await answerOf(refused)).toEqual(refusal('invalid_client', 'invalid client credentials'));
    expect((await client.exchange(code)).status).toBe(200);
  });

  it('validates a secret even when none is required', async () => {
    await sim.control.act({
      act: 'change_app',
      org: 'production',
      changes: { secretRequiredForCode: false },
    });
    const client = sim.client();
    const wrong = await client.exchange(await client.obtainCode(ada.username), { client_secret: 'wrong' });
    expect(wrong.status).toBe(400);
    const without = await client.exchange(await client.obtainCode(ada.username), { client_secret: null });
    expect(without.status).toBe(200);
  });

  it('refuses an unknown client', async () => {
    const refused = await sim.client().exchange('x', { client_id: 'nobody' });
    expect(await answerOf(refused)).toEqual(refusal('invalid_client_id', 'client identifier invalid'));
  });

  it('takes a code once', async () => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    expect((await client.exchange(code)).status).toBe(200);
    expect(await answerOf(client.exchange(code))).toEqual(
      refusal('invalid_grant', 'expired authorization code'),
    );
  });

  it('takes a code for 15 minutes', async () => {
    const client = sim.client();
    const inTime = await client.obtainCode(ada.username);
    await sim.control.advanceClock(14 * 60_000);
    expect((await client.exchange(inTime)).status).toBe(200);
    const late = await client.obtainCode(ada.username);
    await sim.control.advanceClock(15 * 60_000 + 1000);
    expect(await answerOf(client.exchange(late))).toEqual(
      refusal('invalid_grant', 'expired authorization code'),
    );
  });

  it('refuses a made-up code and the code of another org', async () => {
    const made = await answerOf(sim.client().exchange('aPrxMadeUp=='));
    expect(made).toEqual(refusal('invalid_grant', 'invalid authorization code'));
    const code = await sim.client('uat').obtainCode(UAT.users.ada.username);
    expect((await sim.client('production').exchange(code)).status).toBe(400);
  });

  it('refuses another redirect URI than the one authorized', async () => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    const refused = await client.exchange(code, { redirect_uri: `${CALLBACK}?kept=1` });
    expect(await answerOf(refused)).toEqual(
      refusal('redirect_uri_mismatch', 'redirect_uri must match configuration'),
    );
  });

  it.each([
    ['a wrong verifier', 'w'.repeat(43), 'invalid code verifier'],
    ['no verifier', null, 'missing required code verifier'],
  ])('refuses %s and spends the code with it', async (_, verifier, description) => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    const refused = await client.exchange(code, { code_verifier: verifier });
    expect(await answerOf(refused)).toEqual(refusal('invalid_grant', description));
    expect((await client.exchange(code)).status).toBe(400);
  });

  it.each([
    [42, 400],
    [43, 200],
    [171, 200],
    [172, 400],
  ])('answers a verifier of %i characters with %i', async (length, status) => {
    const client = sim.client();
    const verifier = 'v'.repeat(length);
    const code = await client.obtainCode(ada.username, { code_challenge: challengeOf(verifier) });
    expect((await client.exchange(code, { code_verifier: verifier })).status).toBe(status);
  });

  it('refuses a user who was deactivated meanwhile', async () => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    await sim.control.act({ act: 'deactivate_user', org: 'production', username: ada.username });
    expect(await answerOf(client.exchange(code))).toEqual(refusal('inactive_user', 'user is inactive'));
  });

  it.each([
    [
      { oauthEnabled: false },
      'oauth_flow_disabled',
      'The external client app or the OAuth plugin is disabled.',
    ],
    [{ blocked: true }, 'app_blocked', 'this app is blocked by admin'],
    [{ installed: false }, 'invalid_client', 'app must be installed into org'],
    [{ preApproved: [] }, 'invalid_app_access', 'user is not admin approved to access this app'],
  ])('refuses an app that changed meanwhile: %j', async (changes, error, description) => {
    const client = sim.client();
    const code = await client.obtainCode(ada.username);
    await sim.control.act({ act: 'change_app', org: 'production', changes });
    expect(await answerOf(client.exchange(code))).toEqual(refusal(error, description));
  });

  it('refuses GET and unknown grant types in Salesforce’s words', async () => {
    const client = sim.client();
    const get = await fetch(`${client.org.origin}/services/oauth2/token?grant_type=x`);
    expect(await answerOf(get)).toEqual(refusal('invalid_request', 'must use HTTP POST'));
    const unknown = await client.token({ grant_type: 'nonsense' });
    expect(await answerOf(unknown)).toEqual(refusal('unsupported_grant_type', 'grant type not supported'));
  });

  it.each([
    { grant_type: 'device' },
    { grant_type: 'authorization_code', format: 'xml' },
    { grant_type: 'authorization_code', colour: 'blue' },
  ])('answers 501 to what Salesforce has and it has not: %j', async (form) => {
    expect((await sim.client().token(form)).status).toBe(501);
    expect((await sim.control.counts()).unknown).toBe(1);
  });
});

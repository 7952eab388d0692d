import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { clientOf, OPTIONS, signInAt } from '@/simulator/testing/admin';
import { appPackage } from '@/simulator/testing/app-package';
import { answerOf, CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';
import { zipOf } from '@/simulator/testing/zip';

const { ada, franz, grace } = PRODUCTION.users;

describe('a deployment', () => {
  const sim = useSimulator();
  const signIn = (username?: string) => signInAt(sim, username);
  const portalClient = () => clientOf(sim, 'Portal');

  it('makes an app that works as it was described, beside the one that was there', async () => {
    const admin = await signIn();
    const started = await admin.send(zipOf(appPackage()));
    expect(started.status).toBe(201);
    expect(started.body.id).toMatch(/^0Af\w{15}$/);
    expect(started.body.deployResult).toMatchObject({ status: 'Pending', done: false });
    expect(await admin.look(started.body.id)).toMatchObject({ status: 'InProgress', done: false });
    expect(await admin.look(started.body.id)).toMatchObject({
      status: 'Succeeded',
      done: true,
      success: true,
      numberComponentsTotal: 5,
      numberComponentsDeployed: 5,
      numberComponentErrors: 0,
    });
    const portal = await portalClient();
    expect(portal.org.clientId).toBe('3MVG9Portal0123456789');
    const tokens = await portal.connect(grace.username, { scope: 'api refresh_token' });
    const rotated = await answerOf(portal.refresh(tokens.refresh_token));
    expect(rotated.body).toMatchObject({ scope: 'api refresh_token', refresh_token: expect.any(String) });
    expect(await sim.client().connect(grace.username)).toMatchObject({ token_type: 'Bearer' });
    expect((await sim.control.listOrgs())[0]?.clientId).toBe(PRODUCTION.clientId);
  });

  it('holds the app to scopes, callback URLs, PKCE, secret and refresh token policy', async () => {
    const admin = await signIn();
    await admin.deploy(appPackage());
    const portal = await portalClient();
    const scope = await portal.open({ scope: 'api web' });
    expect(scope.response.headers.get('location')).toContain('error=invalid_scope');
    const callback = await portal.open({ redirect_uri: `${CALLBACK}?kept=1` });
    expect(callback.url).toContain('redirect_uri_mismatch');
    const bare = await portal.open({ code_challenge: null, code_challenge_method: null, scope: 'api' });
    expect(await bare.response.text()).toContain('missing required code challenge');
    const tokens = await portal.connect(ada.username);
    const noSecret = await answerOf(portal.refresh(tokens.refresh_token, { client_secret: null }));
    expect(noSecret.body).toMatchObject({ error: 'invalid_client' });
    await sim.control.advanceClock(31 * 86_400_000);
    expect((await answerOf(portal.refresh(tokens.refresh_token))).body).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('is declarative: an element that is left out falls back to its default', async () => {
    const admin = await signIn();
    await admin.deploy(appPackage());
    const changes = {
      ExtlClntAppGlobalOauthSettings: {
        isRefreshTokenRotationEnabled: null,
        isPkceRequired: 'false',
        isSecretRequiredForRefreshToken: 'false',
        consumerKey: null,
      },
      ExtlClntAppOauthConfigurablePolicies: {
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        commaSeparatedProfile: 'System Administrator',
        refreshTokenPolicyType: null,
      },
    };
    expect(await admin.deploy(appPackage(changes))).toMatchObject({ status: 'Succeeded' });
    const portal = await portalClient();
    const open = { code_challenge: null, code_challenge_method: null };
    const code = await portal.obtainCode(ada.username, open);
    const tokens = await answerOf(portal.exchange(code, { code_verifier: null }));
    const { refresh_token: token } = tokens.body as { refresh_token: string };
    const refreshed = await answerOf(portal.refresh(token, { client_secret: null }));
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).not.toHaveProperty('refresh_token');
    await expect(portal.connect(grace.username, open)).rejects.toThrow('OAUTH_APP_ACCESS_DENIED');
    const [policy] = await admin.query(
      "SELECT PermittedUsersPolicyType, RefreshTokenPolicyType FROM ExtlClntAppOauthPlcyCnfg WHERE ExternalClientApplication.DeveloperName = 'Portal'",
    );
    expect(policy).toMatchObject({
      PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      RefreshTokenPolicyType: 'Infinite',
    });
  });

  it('approves the holders of its permission set', async () => {
    const admin = await signIn();
    const changes = {
      ExtlClntAppOauthConfigurablePolicies: {
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        commaSeparatedPermissionSet: 'Orgdock_User',
      },
    };
    await admin.deploy(appPackage(changes));
    const portal = await portalClient();
    expect((await portal.connect(grace.username)).token_type).toBe('Bearer');
    await expect(portal.connect(franz.username)).rejects.toThrow('OAUTH_APP_ACCESS_DENIED');
  });

  it('that only checks makes nothing', async () => {
    const admin = await signIn();
    const result = await admin.deploy(appPackage(), { ...OPTIONS, checkOnly: true });
    expect(result).toMatchObject({ status: 'Succeeded', success: true });
    expect((await sim.control.listOrgs())[0]?.apps).toHaveLength(1);
  });

  it('ends unapplied when it is cancelled in time', async () => {
    const admin = await signIn();
    const { id } = (await admin.send(zipOf(appPackage()))).body;
    const body = JSON.stringify({ deployResult: { status: 'Canceling' } });
    const cancelled = await admin.call('PATCH', `/metadata/deployRequest/${id}`, body);
    expect(cancelled).toMatchObject({ status: 202, body: { deployResult: { status: 'Canceling' } } });
    expect(await admin.look(id)).toMatchObject({ status: 'Canceled', done: true });
    expect((await sim.control.listOrgs())[0]?.apps).toHaveLength(1);
    expect((await admin.call('PATCH', `/metadata/deployRequest/${id}`, body)).status).toBe(400);
  });

  it('is done by the clock, too, and the app by the act only after a while', async () => {
    const admin = await signIn();
    await sim.control.act({ act: 'new_app_delay', org: 'production', minutes: 10 });
    const { id } = (await admin.send(zipOf(appPackage()), OPTIONS, 'entity_content')).body;
    await sim.control.advanceClock(15_000);
    expect(await admin.look(id)).toMatchObject({ status: 'Succeeded' });
    const portal = await portalClient();
    expect((await portal.open()).url).toContain('invalid_client_id');
    await sim.control.advanceClock(600_000);
    expect((await portal.open()).url).toContain('/login');
  });

  it.each([
    [
      'an unknown element',
      { ExtlClntAppOauthSettings: { isPkceRequired: 'true' } },
      'invalid at this location',
      5,
    ],
    ['a missing element', { ExternalClientApplication: { contactEmail: null } }, 'missing: contactEmail', 1],
    ['a wrong value', { ExtlClntAppConfigurablePolicies: { isEnabled: 'yes' } }, "'yes' is not a valid", 3],
    [
      'a callback over http',
      { ExtlClntAppGlobalOauthSettings: { callbackUrl: 'http://a.example/cb' } },
      'Callback',
      2,
    ],
    [
      'a made-up scope',
      { ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: 'Api, McpApi' } },
      "'McpApi'",
      2,
    ],
    [
      'the key of another app',
      { ExtlClntAppGlobalOauthSettings: { consumerKey: PRODUCTION.clientId } },
      'use',
      3,
    ],
    [
      'an app that is not there',
      { ExtlClntAppOauthSettings: { externalClientApplication: 'Other' } },
      'Other',
      3,
    ],
    [
      'a lifetime without unit',
      { ExtlClntAppOauthConfigurablePolicies: { refreshTokenValidityUnit: null } },
      'Unit',
      6,
    ],
    [
      'a permission set',
      { ExtlClntAppOauthConfigurablePolicies: { commaSeparatedPermissionSet: 'Users' } },
      'Users',
      10,
    ],
  ])('fails for %s, with the line, and makes nothing', async (_what, changes, problem, lineNumber) => {
    const admin = await signIn();
    const result = await admin.deploy(appPackage(changes));
    expect(result).toMatchObject({ status: 'Failed', success: false, numberComponentsDeployed: 0 });
    const [failure] = result.details.componentFailures;
    expect(failure).toMatchObject({ problem: expect.stringContaining(problem), lineNumber });
    expect((await sim.control.listOrgs())[0]?.apps).toHaveLength(1);
  });

  it.each([
    ['a foreign namespace', (text: string) => text.replace(/xmlns="[^"]*"/, 'xmlns="http://other"')],
    ['broken markup', (text: string) => text.replace('</label>', '</lable>')],
    ['an undeclared entity', (text: string) => text.replace('The Portal', '&nbsp;')],
  ])('fails for %s', async (_what, spoil) => {
    const admin = await signIn();
    const files = appPackage();
    const path = 'externalClientApps/Portal.eca';
    const result = await admin.deploy({ ...files, [path]: spoil(files[path] ?? '') });
    expect(result.status).toBe('Failed');
    expect(result.details.componentFailures[0]?.problem).toContain('Error parsing file');
  });

  it('fails for files that package.xml does not name, or that are not there', async () => {
    const admin = await signIn();
    const { 'externalClientApps/Portal.eca': app = '', ...files } = appPackage();
    const result = await admin.deploy({ ...files, 'externalClientApps/Portal.eca-meta.xml': app });
    const problems = result.details.componentFailures.map(({ problem }) => problem);
    expect(problems.filter((problem) => problem.includes('not found in zipped directory'))).toHaveLength(1);
    expect(problems.filter((problem) => problem.includes('but not in package.xml'))).toHaveLength(1);
    const { 'package.xml': _manifest, ...rest } = appPackage();
    const none = await admin.deploy(rest);
    expect(none.details.componentFailures[0]?.problem).toBe('No package.xml found');
  });

  it('fails for what is no archive, and refuses what is no such request', async () => {
    const admin = await signIn();
    const { id } = (await admin.send(Buffer.from('not a zip'))).body;
    await admin.look(id);
    expect((await admin.look(id)).details.componentFailures[0]?.problem).toContain('could not be read');
    expect((await admin.send(zipOf(appPackage()), { ...OPTIONS, tests: [] })).status).toBe(400);
    expect((await admin.call('POST', '/metadata/deployRequest', '{}')).status).toBe(400);
    expect((await admin.call('GET', '/metadata/deployRequest/0Af000000000001AAA')).status).toBe(404);
  });

  it('is for System Administrators', async () => {
    const user = await signIn(grace.username);
    const refused = await user.send(zipOf(appPackage()));
    expect(refused).toMatchObject({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS' }] });
  });
});

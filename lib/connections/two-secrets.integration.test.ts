import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog } from '@/db/schema';
import { spendClaim } from '@/lib/connections/refresh/spend';
import { proveCredentials } from '@/lib/connections/service/proof/prove';
import { askWhetherActive } from '@/lib/connections/settle/ask-whether-active';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { introspectToken } from '@/lib/salesforce/oauth/introspect';
import { revokeToken } from '@/lib/salesforce/oauth/revoke';
import { Browser } from '@/tests/browser';
import { callThrough, claim, forgetMemory, makeConnected, setPolicy } from '@/tests/connected';
import { consent, failureAt, makeStubEnvironment } from '@/tests/consent';
import { makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';
import { startServiceOrg } from '@/tests/service-org';
import { startTokenEndpoint } from '@/tests/token-endpoint';
import { heldSecrets, holdTwoSecrets } from '@/tests/two-secrets';

const org = startServiceOrg();
const OLD = 'the-old-secret';
const NEW = 'the-new-secret';

beforeEach(() => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
});

const retirementsOf = (environmentId: string) =>
  withSystem('test', (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, environmentId))
      .then((rows) => rows.filter(({ action }) => action === 'environment.secret_retired').length),
  );

/** A connection whose access token has ended, and the secret that its org takes. */
async function connected(accepted: string, held = accepted) {
  const endpoint = await startTokenEndpoint();
  endpoint.clientSecret = held;
  const made = await makeConnected(endpoint);
  endpoint.clientSecret = accepted;
  endpoint.expireAccessTokens();
  const { id, grantId } = made.connection;
  const version = { connectionId: id, grantId, generation: 1 };
  return { ...made, endpoint, version, environmentId: made.environment.id };
}

describe('a refresh with two secrets', () => {
  it('deletes the one before with the first success of the new one, and says so once', async () => {
    const { endpoint, source, environmentId } = await connected(NEW);
    await holdTwoSecrets(environmentId, NEW, OLD);
    expect(await callThrough(endpoint, source)).toBe(true);
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(await heldSecrets(environmentId)).toEqual({ previous: false, staged: false });
    expect(await retirementsOf(environmentId)).toBe(1);
  });

  it('keeps the one before while the org takes only that', async () => {
    const { endpoint, source, environmentId } = await connected(OLD);
    await holdTwoSecrets(environmentId, NEW, OLD);
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(await heldSecrets(environmentId)).toMatchObject({ previous: true });
  });

  it('takes the success of a secret that is not the present one any more for no word about the new one', async () => {
    const { version, environmentId } = await connected(OLD);
    const early = await claim(version);
    await holdTwoSecrets(environmentId, NEW, OLD);
    if (!early) throw new Error('no claim');
    expect(await spendClaim(early)).toMatchObject({ kind: 'renewed' });
    expect(await heldSecrets(environmentId)).toMatchObject({ previous: true });
  });

  it('tries a secret that came after its claim, when the org refuses the one it was claimed with', async () => {
    const { endpoint, version, environmentId } = await connected(OLD);
    const early = await claim(version);
    await holdTwoSecrets(environmentId, NEW, OLD);
    endpoint.clientSecret = NEW;
    if (!early) throw new Error('no claim');
    expect(await spendClaim(early)).toMatchObject({ kind: 'renewed', grant: { generation: 2 } });
    expect(endpoint.refreshes).toBe(2);
    expect(endpoint.violations).toEqual([]);
    expect(await heldSecrets(environmentId)).toMatchObject({ previous: false });
  });

  it('asks no third time', async () => {
    const { endpoint, source, environmentId } = await connected('a-third-secret', OLD);
    await holdTwoSecrets(environmentId, NEW, OLD);
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(endpoint.refreshes).toBe(2);
    expect(await heldSecrets(environmentId)).toMatchObject({ previous: true });
  });
});

describe.each([
  ['the new one', NEW, 1],
  ['the one before', OLD, 2],
])('an org that takes %s', (_name, accepted, asked) => {
  const appOf = (environmentId: string) => withSystem('test', (tx) => openOAuthApp(tx, environmentId));

  it('answers an introspection', async () => {
    const { endpoint, environmentId } = await connected(accepted);
    await holdTwoSecrets(environmentId, NEW, OLD);
    const { refreshToken } = endpoint.consent();
    const app = await appOf(environmentId);
    expect(await askWhetherActive({ environmentId, app }, refreshToken)).toEqual({ kind: 'active' });
    expect(endpoint.introspections).toBe(asked);
  });

  it('lets a consent through, and its code is spent once', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    await holdTwoSecrets(id, NEW, OLD);
    stub.clientSecret = accepted;
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const location = await consent(browser, stub, { environment: slug, intent: 'connect' }, stubUser('ada'));
    expect(location).toMatch(/^\/connections\//);
    expect(await heldSecrets(id)).toMatchObject({ previous: accepted === OLD });
  });

  it('gives a service connection its first token, and revokes and introspects tokens', async () => {
    const environment = await org.environment();
    await holdTwoSecrets(environment.id, NEW, OLD);
    await org.control.act({ act: 'change_secret', org: 'production', clientSecret: accepted });
    const before = await org.tokenRequests();
    const { answer, app } = await proveCredentials(environment.id, { flow: 'client_credentials' });
    expect((await org.tokenRequests()) - before).toBe(asked);
    const token = answer.accessToken;
    expect(await introspectToken({ app, token, hint: 'access_token' })).toMatchObject({ active: true });
    expect(await revokeToken({ app, token })).toEqual({ sent: true, confirmed: true, fault: null });
    expect(await introspectToken({ app, token, hint: 'access_token' })).toMatchObject({ active: false });
  });
});

describe('a consent with two secrets', () => {
  it('says that the secret is refused when the org takes neither', async () => {
    const stub = await startSalesforceStub();
    const { slug, id } = await makeStubEnvironment(stub);
    await holdTwoSecrets(id, NEW, OLD);
    stub.clientSecret = 'a-third-secret';
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const location = await consent(browser, stub, { environment: slug, intent: 'connect' }, stubUser('ada'));
    expect(await failureAt(location)).toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(await heldSecrets(id)).toMatchObject({ previous: true });
  });
});

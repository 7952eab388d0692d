import { generateKeyPairSync } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environmentSecrets, environments } from '@/db/schema';
import { serviceCredentials } from '@/db/schema/connections';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { requireConnection } from '@/lib/connections/queries';
import { removeServiceConnection, shareServiceConnection } from '@/lib/connections/service/commands';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { getServiceConnection } from '@/lib/connections/service/queries';
import { renewServiceConnection } from '@/lib/connections/service/renew-connection';
import { tokenSource } from '@/lib/connections/token-source';
import { setPasswordFlow } from '@/lib/environments/password-flow';
import { seal } from '@/lib/vault/seal';
import { DEMO_PASSWORD, DEMO_SECURITY_TOKEN, PRODUCTION } from '@/simulator/seed/facts';
import { claim, forgetMemory, setPolicy, settled, withoutSingleFlight } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { readServiceRow, startServiceOrg } from '@/tests/service-org';

const { ada, franz, grace } = PRODUCTION.users;
const org = startServiceOrg();
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }) as string;

const FORMS = {
  client_credentials: { flow: 'client_credentials' },
  jwt_bearer: { flow: 'jwt_bearer', username: ada.username, key: 'own', privateKey },
  password: {
    flow: 'password',
    username: grace.username,
    password: DEMO_PASSWORD,
    securityToken: DEMO_SECURITY_TOKEN,
  },
} as const;

beforeEach(() => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000, backoffMs: { first: 0, longest: 0 } });
});

/** A service connection that is shared with the administrator who made it, and whose access token has ended. */
async function expired(flow: keyof typeof FORMS = 'client_credentials') {
  const ctx = await makeContext('admin');
  const environment = await org.environment('production', { allowPasswordFlow: true });
  await org.admit(publicKey, [ada.username]);
  await org.control.act({ act: 'password_flow', org: 'production', on: true });
  // Pre-approval would keep the others out: it is for the user of the JWT bearer flow.
  if (flow !== 'jwt_bearer') {
    await org.control.act({ act: 'change_app', org: 'production', changes: { preApproved: null } });
  }
  const { id } = await createServiceConnection(ctx, {
    slug: environment.slug,
    form: { name: 'Reporting', ...FORMS[flow] },
  });
  await shareServiceConnection(ctx, { id, person: ctx.personId });
  await org.control.act({ act: 'expire_access_tokens', org: 'production' });
  const connection = await requireConnection(ctx, id);
  const asked = await org.tokenRequests();
  return {
    ctx,
    id,
    environment,
    source: tokenSource(connection),
    /** Token requests since the first one. */
    requests: async () => (await org.tokenRequests()) - asked,
    shown: () => requireConnection(ctx, id),
  };
}

describe('the renewal of a service connection', () => {
  it.each(['client_credentials', 'jwt_bearer', 'password'] as const)(
    'asks once for a new token by %s, however many callers there are',
    async (flow) => {
      const { id, source, requests, shown } = await expired(flow);
      const grants = await Promise.all(Array.from({ length: 60 }, () => source.renew(1)));
      expect(new Set(grants.map(({ accessToken }) => accessToken)).size).toBe(1);
      expect(grants[0]).toMatchObject({ generation: 2 });
      expect(await requests()).toBe(1);
      const works = await org.client().get('/services/data/v66.0/limits', grants[0]?.accessToken ?? '');
      expect(works.status).toBe(200);
      const { row, secret, attempts, audit } = await readServiceRow(id);
      expect(row).toMatchObject({ state: 'idle', generation: 2, fence: 1 });
      expect(secret?.refreshToken).toBeNull();
      expect(secret?.accessToken).not.toContain('!');
      expect(attempts).toMatchObject([{ purpose: 'refresh', outcome: 'landed', generation: 1 }]);
      expect(audit.at(-1)).toMatchObject({ action: 'token.refresh', details: { result: 'stored' } });
      expect(await shown()).toMatchObject({ health: 'healthy', problem: null });
    },
  );

  it('asks once from many processes', async () => {
    const { source, requests } = await expired();
    withoutSingleFlight();
    const grants = await Promise.all(Array.from({ length: 20 }, () => source.renew(1)));
    expect(new Set(grants.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(await requests()).toBe(1);
  });

  it('is claimed like a refresh, without a refresh token', async () => {
    const { id, requests } = await expired();
    const { row } = await readServiceRow(id);
    const claimed = await claim({ connectionId: id, grantId: row.grantId, generation: 1 });
    expect(claimed).toMatchObject({ flow: 'client_credentials', sealedRefreshToken: null });
    claimed?.lease.end();
    expect(await requests()).toBe(0);
  });
});

describe('a refused renewal', () => {
  it('stops at the first refusal, says what to do in Salesforce, and goes on once that is done', async () => {
    const { ctx, id, environment, source, requests, shown } = await expired('jwt_bearer');
    await org.admit(null, [ada.username]);
    const refused = {
      code: 'GRANT_CREDENTIALS_REFUSED',
      nextStep: expect.stringContaining('upload the certificate'),
      salesforce: { description: 'invalid assertion' },
    };
    await expect(source.renew(1)).rejects.toMatchObject(refused);
    await expect(source.renew(1)).rejects.toMatchObject(refused);
    await expect(source.current()).rejects.toMatchObject(refused);
    expect(await requests()).toBe(1);
    expect(await shown()).toMatchObject({
      health: 'needs_reconnect',
      problem: { ...refused, at: expect.any(String) },
    });
    const slug = environment.slug;
    expect(await getServiceConnection(ctx, { slug, id })).toMatchObject({ health: 'needs_reconnect' });
    const { attempts, audit } = await readServiceRow(id);
    expect(attempts).toMatchObject([{ outcome: 'refused', errorDescription: 'invalid assertion' }]);
    expect(audit.at(-1)).toMatchObject({ action: 'token.refresh', outcome: 'failed' });

    await org.admit(publicKey, [ada.username]);
    const form = { flow: 'jwt_bearer', username: ada.username, key: 'current' };
    await renewServiceConnection(ctx, { id, form });
    expect(await shown()).toMatchObject({ health: 'healthy', problem: null });
    expect((await source.current()).generation).toBe(2);
  });

  it('never says to reconnect', async () => {
    const { source } = await expired();
    await org.control.act({ act: 'change_app', org: 'production', changes: { clientCredentialsUser: null } });
    const error: unknown = await source.renew(1).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'APP_FLOW_DISABLED', nextStep: expect.stringContaining('Run As') });
    expect(`${(error as Error).message} ${(error as { nextStep: string }).nextStep}`).not.toMatch(
      /reconnect/i,
    );
  });

  it('does not use a token in the name of another user', async () => {
    const { id, source, shown } = await expired();
    const changes = { clientCredentialsUser: grace.username };
    await org.control.act({ act: 'change_app', org: 'production', changes });
    const strange = { code: 'CONSENT_WRONG_USER', message: expect.stringContaining('another user') };
    await expect(source.renew(1)).rejects.toMatchObject(strange);
    await expect(source.current()).rejects.toMatchObject(strange);
    expect(await shown()).toMatchObject({ health: 'needs_reconnect', username: franz.username });
    expect((await readServiceRow(id)).row.salesforceUserId).toBe(franz.id);
  });

  it('opens the breaker of the app for a wrong secret, and is tried with the one before', async () => {
    const { source, environment, requests, shown } = await expired();
    await org.control.act({ act: 'change_secret', org: 'production', clientSecret: 'rotated-in-salesforce' });
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(await requests()).toBe(1);
    expect(await shown()).toMatchObject({ health: 'app_refused', problem: { code: 'APP_SECRET_INVALID' } });

    const place = { table: 'environment_secrets', rowId: environment.id } as const;
    const consumerSecret = await seal('not-known-yet', { ...place, column: 'consumer_secret' });
    const previousConsumerSecret = await seal('rotated-in-salesforce', {
      ...place,
      column: 'previous_consumer_secret',
    });
    await withSystem('test', async (tx) => {
      await tx.update(environmentSecrets).set({ consumerSecret, previousConsumerSecret });
      await tx.update(environments).set({ updatedAt: new Date(), appPausedUntil: null });
    });
    expect(await source.renew(1)).toMatchObject({ generation: 2 });
    expect(await requests()).toBe(3);
  });

  it('is not sent while the password flow is off', async () => {
    const { ctx, source, environment, requests, shown } = await expired('password');
    await setPasswordFlow(ctx, { slug: environment.slug, allowed: false });
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'APP_FLOW_DISABLED' });
    expect(await requests()).toBe(0);
    expect(await shown()).toMatchObject({ health: 'app_refused', problem: { code: 'APP_FLOW_DISABLED' } });
    await setPasswordFlow(ctx, { slug: environment.slug, allowed: true });
    expect(await source.renew(1)).toMatchObject({ generation: 2 });
  });

  it('is not sent with credentials that cannot be read', async () => {
    const { ctx, id, environment, source, requests } = await expired('jwt_bearer');
    const place = { table: 'service_credentials', column: 'secret', rowId: id } as const;
    const secret = await seal('{"current":', place);
    await withSystem('test', (tx) => tx.update(serviceCredentials).set({ secret }));
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'VAULT_VALUE_DAMAGED' });
    expect(await requests()).toBe(0);
    expect(await getServiceConnection(ctx, { slug: environment.slug, id })).toMatchObject({
      certificate: null,
      problem: { code: 'VAULT_VALUE_DAMAGED' },
    });
    const form = { flow: 'jwt_bearer', username: ada.username };
    await expect(
      renewServiceConnection(ctx, { id, form: { ...form, key: 'current' } }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await renewServiceConnection(ctx, { id, form: { ...form, key: 'own', privateKey } });
    expect(await source.renew(1)).toMatchObject({ generation: 2 });
  });

  it('says that the app was changed, in words for an administrator', async () => {
    const { ctx, id, source, environment, requests, shown } = await expired();
    await withSystem('test', (tx) =>
      tx
        .update(environments)
        .set({ clientId: 'another', appChangedAt: sql`orgdock.now()` })
        .where(eq(environments.id, environment.id)),
    );
    await expect(source.renew(1)).rejects.toMatchObject({ code: 'GRANT_APP_CHANGED' });
    expect(await requests()).toBe(0);
    const { problem } = await shown();
    expect(problem?.nextStep).toMatch(/administrator/);
    await withSystem('test', (tx) =>
      tx
        .update(environments)
        .set({ clientId: PRODUCTION.clientId })
        .where(eq(environments.id, environment.id)),
    );
    await renewServiceConnection(ctx, { id, form: { flow: 'client_credentials' } });
    expect(await shown()).toMatchObject({ health: 'healthy' });
  });
});

describe('a lost answer', () => {
  it.each(['drop_after', 'gateway_timeout_after', 'truncated_json', 'html_answer'] as const)(
    'is asked for again after %s, because nothing is used up',
    async (fault) => {
      const { id, source, requests, shown } = await expired();
      await org.control.addFault({ fault, endpoint: 'service_grant' });
      await expect(source.renew(1)).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
      expect((await readServiceRow(id)).row).toMatchObject({ state: 'idle', problemCode: null });
      expect(await shown()).toMatchObject({ health: 'healthy', problem: null });
      expect(await source.renew(1)).toMatchObject({ generation: 2 });
      expect(await requests()).toBe(2);
      const { attempts } = await readServiceRow(id);
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['retry_later', 'landed']);
    },
  );

  it('rests between two tries', async () => {
    const { source, requests } = await expired();
    setPolicy({ backoffMs: { first: 60_000, longest: 60_000 } });
    await org.control.addFault({ fault: 'drop_before', endpoint: 'service_grant', count: null });
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(source.renew(1)).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
    }
    expect(await requests()).toBe(1);
  });

  it('leaves nothing uncertain when the process that asked is gone', async () => {
    const { id, source, shown } = await expired();
    const { row } = await readServiceRow(id);
    setPolicy({ leaseMs: 1 });
    (await claim({ connectionId: id, grantId: row.grantId, generation: 1 }))?.lease.end();
    expect((await readServiceRow(id)).row.state).toBe('refreshing');
    expect(await shown()).toMatchObject({ health: 'healthy', problem: null });
    setPolicy({ leaseMs: 180_000 });
    await sweepLostLeases();
    expect((await readServiceRow(id)).row).toMatchObject({
      state: 'idle',
      leaseOwner: null,
      problemCode: null,
    });
    expect(await source.renew(1)).toMatchObject({ generation: 2 });
  });
});

it('gives the token back that comes after the connection was removed', async () => {
  const { ctx, id, source } = await expired();
  await org.control.addFault({ fault: 'slow', endpoint: 'service_grant', ms: 700 });
  const renewing = source.renew(1).catch((error: unknown) => error);
  await expect.poll(async () => (await readServiceRow(id)).row.state).toBe('refreshing');
  await removeServiceConnection(ctx, id);
  expect(await renewing).toMatchObject({
    code: 'GRANT_DISCONNECTED',
    message: expect.stringContaining('removed'),
  });
  await settled();
  const { row, secret, audit } = await readServiceRow(id);
  expect(row.state).toBe('disconnected');
  expect(secret).toBeNull();
  expect(audit.at(-1)).toMatchObject({ action: 'token.revoke', outcome: 'done' });
  const left = await withSystem('test', (tx) =>
    tx.select().from(connections).where(eq(connections.state, 'disconnecting')),
  );
  expect(left).toEqual([]);
});

import { generateKeyPairSync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, environments } from '@/db/schema';
import { serviceCredentials } from '@/db/schema/connections';
import { renewAccess } from '@/lib/connections/refresh/renew';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { prepareServiceKey } from '@/lib/connections/service/keys/prepare-key';
import {
  getServiceConnection,
  hasSharedKey,
  listServiceConnections,
} from '@/lib/connections/service/queries';
import { renewServiceConnection } from '@/lib/connections/service/renew-connection';
import { setPasswordFlow } from '@/lib/environments/password-flow';
import { DEMO_PASSWORD, DEMO_SECURITY_TOKEN, PRODUCTION, UAT } from '@/simulator/seed/facts';
import { makeContext } from '@/tests/factories';
import { readServiceRow, startServiceOrg } from '@/tests/service-org';

const { ada, grace, franz } = PRODUCTION.users;
const org = startServiceOrg();

const jwt = { flow: 'jwt_bearer', username: ada.username };
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ownKey = own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const ownPublicKey = own.publicKey.export({ type: 'spki', format: 'pem' }) as string;

async function countIn(environmentId: string): Promise<number> {
  const rows = await withSystem('test', (tx) =>
    tx.select().from(connections).where(eq(connections.environmentId, environmentId)),
  );
  return rows.length;
}

async function set(environmentId: string, values: Partial<typeof environments.$inferInsert>): Promise<void> {
  await withSystem('test', (tx) =>
    tx.update(environments).set(values).where(eq(environments.id, environmentId)),
  );
}

describe('a client credentials connection', () => {
  it('is stored with the user whom the app runs as, and pins the org', async () => {
    const ctx = await makeContext('admin');
    const { slug, id: environmentId } = await org.environment();
    const { id } = await createServiceConnection(ctx, {
      slug,
      form: { name: 'Reporting', flow: 'client_credentials' },
    });
    const [listed] = await listServiceConnections(ctx, slug);
    expect(listed).toMatchObject({
      id,
      name: 'Reporting',
      flow: 'client_credentials',
      prepared: false,
      runAs: { username: franz.username, displayName: 'Franz Lindner' },
      orgId: PRODUCTION.orgId,
      orgName: 'Acme Corporation',
      health: 'healthy',
      problem: null,
      sharedWithEveryone: false,
      sharedWith: [],
    });
    const { row, secret, audit } = await readServiceRow(id);
    expect(row).toMatchObject({ ownerId: null, state: 'idle', generation: 1, locale: 'de_DE' });
    expect(row.scopes).not.toContain('refresh_token');
    expect(secret?.refreshToken).toBeNull();
    expect(secret?.accessToken).not.toContain('!');
    expect(audit).toMatchObject([
      {
        action: 'service_connection.create',
        personId: ctx.personId,
        details: { name: 'Reporting', flow: 'client_credentials', username: franz.username, environmentId },
      },
    ]);
    const [environment] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, environmentId)),
    );
    expect(environment?.expectedOrgId).toBe(PRODUCTION.orgId);
  });

  it('has to run as the user whom the environment names, else its token is revoked', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    const form = { name: 'Reporting', flow: 'client_credentials' };
    await set(id, { runAsUsername: grace.username });
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'CONSENT_WRONG_USER',
      message: expect.stringContaining(`run as ${grace.username}, but the app runs as ${franz.username}`),
    });
    expect(await countIn(id)).toBe(0);
    const revoked = (await org.control.listRequests()).filter(({ path }) => path.endsWith('/revoke'));
    expect(revoked.at(-1)).toMatchObject({ status: 200 });
    await set(id, { runAsUsername: franz.username.toUpperCase() });
    await createServiceConnection(ctx, { slug, form });
    expect(await countIn(id)).toBe(1);
  });

  it('is refused by a disabled environment before anything is sent, and renewed by none', async () => {
    const ctx = await makeContext('admin');
    const { slug, id: environmentId } = await org.environment();
    const form = { name: 'Reporting', flow: 'client_credentials' };
    const { id } = await createServiceConnection(ctx, { slug, form });
    await set(environmentId, { status: 'disabled' });
    const before = (await org.control.listRequests()).length;
    const disabled = { code: 'ENVIRONMENT_DISABLED' };
    await expect(createServiceConnection(ctx, { slug, form: { ...form, name: 'x' } })).rejects.toMatchObject(
      disabled,
    );
    const renewing = renewAccess(id, 1);
    await expect(renewing).rejects.toMatchObject(disabled);
    expect(await org.control.listRequests()).toHaveLength(before);
  });

  it('is not stored when Salesforce refuses, and says what to do there', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment('uat');
    const creating = createServiceConnection(ctx, { slug, form: { name: 'x', flow: 'client_credentials' } });
    await expect(creating).rejects.toMatchObject({
      code: 'APP_FLOW_DISABLED',
      nextStep: expect.stringContaining('Run As'),
      salesforce: { error: 'invalid_grant', description: 'no client credentials user enabled' },
    });
    expect(await countIn(id)).toBe(0);
  });

  it('is refused in another org with both names, proposed, and its token is revoked', async () => {
    const ctx = await makeContext('admin');
    const environment = await org.environment();
    await set(environment.id, { expectedOrgId: UAT.orgId, expectedOrgName: 'Acme Corporation UAT' });
    const form = { name: 'x', flow: 'client_credentials' };
    await expect(createServiceConnection(ctx, { slug: environment.slug, form })).rejects.toMatchObject({
      code: 'CONSENT_WRONG_ORG',
      message: expect.stringMatching(/Acme Corporation UAT .* Acme Corporation \(/),
    });
    expect(await countIn(environment.id)).toBe(0);
    const revoked = (await org.control.listRequests()).filter(({ path }) => path.endsWith('/revoke'));
    expect(revoked).toMatchObject([{ status: 200 }]);
    const [after] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, environment.id)),
    );
    expect(after).toMatchObject({ expectedOrgId: UAT.orgId, proposedOrgId: PRODUCTION.orgId });
  });

  it('does not ask Salesforce for a name that is taken, an unknown environment, or without the role', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment();
    const form = { name: 'Reporting', flow: 'client_credentials' };
    await createServiceConnection(ctx, { slug, form });
    const asked = await org.tokenRequests();
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { name: expect.stringContaining('has this name') },
    });
    await expect(createServiceConnection(ctx, { slug: 'nowhere', form })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const role of ['member', 'auditor'] as const) {
      const other = await makeContext(role);
      await expect(createServiceConnection(other, { slug, form })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const member = await makeContext('member');
    await expect(listServiceConnections(member, slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await listServiceConnections(await makeContext('auditor'), slug)).toHaveLength(1);
    expect(await org.tokenRequests()).toBe(asked);
  });

  it('gives the token back when a name was taken meanwhile', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    const form = { name: 'Reporting', flow: 'client_credentials' };
    const both = await Promise.allSettled([
      createServiceConnection(ctx, { slug, form }),
      createServiceConnection(ctx, { slug, form }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await countIn(id)).toBe(1);
  });

  it('is not tried at a login host', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment('production', { origin: 'https://login.salesforce.com' });
    const form = { name: 'x', flow: 'client_credentials' };
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'APP_FLOW_DISABLED',
      nextStep: expect.stringContaining('My Domain'),
    });
  });
});

describe('a JWT bearer connection', () => {
  it('waits with a key of Orgdock until its certificate is in Salesforce', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment();
    const { id } = await createServiceConnection(ctx, { slug, form: { name: 'Sync', key: 'make', ...jwt } });
    const waiting = await getServiceConnection(ctx, { slug, id });
    expect(waiting).toMatchObject({ prepared: true, certificate: null, runAs: { username: ada.username } });
    expect(JSON.stringify(waiting)).not.toContain('PRIVATE KEY');
    expect(await readServiceRow(id)).toMatchObject({ row: { state: 'disconnected' }, secret: null });
    expect(await org.tokenRequests()).toBe(0);

    const form = { ...jwt, key: 'next' };
    await expect(renewServiceConnection(ctx, { id, form })).rejects.toMatchObject({
      code: 'GRANT_CREDENTIALS_REFUSED',
      salesforce: { description: 'invalid assertion' },
    });
    expect((await readServiceRow(id)).row.state).toBe('disconnected');

    const pem = waiting?.nextCertificate?.pem ?? '';
    await org.admit(pem, [ada.username]);
    await renewServiceConnection(ctx, { id, form });
    expect(await getServiceConnection(ctx, { slug, id })).toMatchObject({
      prepared: false,
      health: 'healthy',
      runAs: { username: ada.username, displayName: 'Ada Okafor' },
      certificate: { pem },
      nextCertificate: null,
    });
    const { row, audit } = await readServiceRow(id);
    expect(row).toMatchObject({ state: 'idle', orgId: PRODUCTION.orgId, salesforceUserId: ada.id });
    expect(audit.map(({ action }) => action)).toEqual([
      'service_connection.prepare_key',
      'service_connection.renew',
    ]);
  });

  it('keeps its private key sealed', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment();
    const { id } = await createServiceConnection(ctx, { slug, form: { name: 'Sync', key: 'make', ...jwt } });
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(serviceCredentials).where(eq(serviceCredentials.connectionId, id)),
    );
    expect(row?.secret).toMatch(/^ey/);
    expect(row?.secret).not.toContain('PRIVATE');
    const facts = await getServiceConnection(ctx, { slug, id });
    expect(row?.certificateFingerprint).toBe(facts?.nextCertificate?.fingerprint);
    const audit = await withSystem('test', (tx) => tx.select().from(auditLog));
    expect(JSON.stringify(audit)).not.toContain('PRIVATE');
  });

  it('takes a key that was brought along, and lends it to the next one of the app', async () => {
    const ctx = await makeContext('admin');
    const { slug, id: environmentId } = await org.environment();
    const at = { environmentId, except: null };
    await org.admit(ownPublicKey, [ada.username, grace.username]);
    expect(await hasSharedKey(ctx, at)).toBe(false);
    const shared = { ...jwt, username: grace.username, key: 'shared' };
    await expect(
      createServiceConnection(ctx, { slug, form: { name: 'Second', ...shared } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { key: expect.any(String) } });
    const form = { name: 'First', key: 'own', privateKey: ownKey, ...jwt };
    const first = await createServiceConnection(ctx, { slug, form });
    expect(await hasSharedKey(ctx, at)).toBe(true);
    expect(await hasSharedKey(ctx, { environmentId, except: first.id })).toBe(false);
    const second = await createServiceConnection(ctx, { slug, form: { name: 'Second', ...shared } });
    expect(await getServiceConnection(ctx, { slug, id: second.id })).toMatchObject({
      runAs: { username: grace.username },
      certificate: null,
    });
  });

  it('names the user who is not approved', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    await org.control.act({
      act: 'change_app',
      org: 'production',
      changes: { certificate: ownPublicKey },
    });
    const form = { name: 'x', key: 'own', privateKey: ownKey, ...jwt };
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'APP_USER_NOT_APPROVED',
      salesforce: { description: "user hasn't approved this consumer" },
    });
    expect(await countIn(id)).toBe(0);
  });

  it('goes on with the old key until the new one is in Salesforce, then every connection of the app changes', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment();
    await org.admit(ownPublicKey, [ada.username, grace.username]);
    const first = await createServiceConnection(ctx, {
      slug,
      form: { name: 'First', key: 'own', privateKey: ownKey, ...jwt },
    });
    const second = await createServiceConnection(ctx, {
      slug,
      form: { name: 'Second', flow: 'jwt_bearer', username: grace.username, key: 'shared' },
    });
    await prepareServiceKey(ctx, first.id);
    const waiting = await getServiceConnection(ctx, { slug, id: first.id });
    const pem = waiting?.nextCertificate?.pem ?? '';
    expect(pem).toContain('BEGIN CERTIFICATE');
    await renewServiceConnection(ctx, {
      id: second.id,
      form: { ...jwt, username: grace.username, key: 'current' },
    });
    await org.admit(pem, [ada.username, grace.username]);
    await renewServiceConnection(ctx, { id: first.id, form: { ...jwt, key: 'next' } });
    for (const { id } of [first, second]) {
      expect(await getServiceConnection(ctx, { slug, id })).toMatchObject({
        certificate: { pem },
        nextCertificate: null,
      });
    }
    const form = { flow: 'jwt_bearer', username: grace.username, key: 'current' };
    await renewServiceConnection(ctx, { id: second.id, form });
    await expect(
      renewServiceConnection(ctx, { id: first.id, form: { ...jwt, key: 'next' } }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a username-password connection', () => {
  const form = {
    name: 'Legacy',
    flow: 'password',
    username: grace.username,
    password: DEMO_PASSWORD,
    securityToken: DEMO_SECURITY_TOKEN,
  };

  it('is not possible until an administrator allows it in the environment', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    await org.control.act({ act: 'password_flow', org: 'production', on: true });
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'APP_FLOW_DISABLED',
    });
    expect(await org.tokenRequests()).toBe(0);
    await setPasswordFlow(ctx, { slug, allowed: true });
    const made = await createServiceConnection(ctx, { slug, form });
    expect(await listServiceConnections(ctx, slug)).toMatchObject([
      { id: made.id, flow: 'password', health: 'healthy', runAs: { username: grace.username } },
    ]);
    await setPasswordFlow(ctx, { slug, allowed: false });
    expect(await listServiceConnections(ctx, slug)).toMatchObject([
      { health: 'app_refused', problem: { code: 'APP_FLOW_DISABLED' } },
    ]);
    const audit = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id),
    );
    expect(audit.filter(({ action }) => action === 'environment.password_flow')).toMatchObject([
      { details: { allowed: true } },
      { details: { allowed: false } },
    ]);
  });

  it('takes a password with special characters as it is', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await org.environment('production', { allowPasswordFlow: true });
    await org.control.act({ act: 'password_flow', org: 'production', on: true });
    const password = '#42LBMDEH+& ü%';
    await org.control.act({ act: 'change_password', org: 'production', username: grace.username, password });
    await createServiceConnection(ctx, { slug, form: { ...form, password } });
    const [request] = await org.control.listRequests();
    expect(request).toMatchObject({ status: 200, params: { grant_type: 'password', password: '***' } });
    const audit = await withSystem('test', (tx) => tx.select().from(auditLog));
    expect(JSON.stringify(audit)).not.toContain('42LBMDEH');
  });

  it('stores nothing of a password that Salesforce refuses', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment('production', { allowPasswordFlow: true });
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'GRANT_CREDENTIALS_REFUSED',
      nextStep: expect.stringContaining('Login History'),
      salesforce: { description: 'authentication failure' },
    });
    expect(await countIn(id)).toBe(0);
  });
});

describe('Salesforce out of reach', () => {
  it('stores nothing and says to try again', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    await org.control.addFault({ fault: 'drop_after', endpoint: 'service_grant' });
    const form = { name: 'x', flow: 'client_credentials' };
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'SALESFORCE_UNAVAILABLE',
      salesforce: { error: 'answer_lost' },
    });
    expect(await countIn(id)).toBe(0);
  });

  it('gives the token back when nobody can be asked whom it belongs to', async () => {
    const ctx = await makeContext('admin');
    const { slug, id } = await org.environment();
    await org.control.addFault({ fault: 'server_error', endpoint: 'userinfo' });
    const form = { name: 'x', flow: 'client_credentials' };
    await expect(createServiceConnection(ctx, { slug, form })).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
    expect(await countIn(id)).toBe(0);
    const revoked = (await org.control.listRequests()).filter(({ path }) => path.endsWith('/revoke'));
    expect(revoked).toMatchObject([{ status: 200 }]);
  });
});

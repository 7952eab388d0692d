import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { people } from '@/db/schema';
import { connectionShares, serviceCredentials } from '@/db/schema/connections';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import {
  getConnection,
  listConnections,
  requireConnection,
  requireReadable,
} from '@/lib/connections/queries';
import {
  removeServiceConnection,
  renameServiceConnection,
  shareServiceConnection,
  shareWithEveryone,
  unshareServiceConnection,
} from '@/lib/connections/service/commands';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { prepareServiceKey } from '@/lib/connections/service/keys/prepare-key';
import { getServiceConnection, listServiceConnections } from '@/lib/connections/service/queries';
import { renewServiceConnection } from '@/lib/connections/service/renew-connection';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { loadWindow } from '@/lib/records/load-window';
import { withRecords } from '@/lib/records/with-records';
import { parseGridState } from '@/lib/soql/grid-state';
import { PRODUCTION } from '@/simulator/seed/facts';
import { makeConnection, makeContext } from '@/tests/factories';
import { readServiceRow, startServiceOrg } from '@/tests/service-org';

const { franz, grace } = PRODUCTION.users;
const org = startServiceOrg();
const NOT_FOUND = { code: 'NOT_FOUND' };

async function make(name = 'Reporting') {
  const admin = await makeContext('admin');
  const environment = await org.environment();
  const { id } = await createServiceConnection(admin, {
    slug: environment.slug,
    form: { name, flow: 'client_credentials' },
  });
  return { admin, id, slug: environment.slug, environment };
}

async function emailOf({ personId }: PersonContext): Promise<string> {
  const [row] = await withSystem('test', (tx) => tx.select().from(people).where(eq(people.id, personId)));
  return row?.email ?? '';
}

async function readAccounts(ctx: PersonContext, id: string) {
  const connection = await requireReadable(ctx, id);
  const input = { sobject: 'Account', state: parseGridState({}) };
  return await withRecords(ctx, connection, (access) => loadWindow(access, input));
}

describe('a shared service connection', () => {
  it('is read through with the rights of its own user, by those whom it was shared with', async () => {
    const { admin, id } = await make();
    const member = await makeContext();
    expect(await getConnection(member, id)).toBeNull();
    await shareServiceConnection(admin, { id, person: await emailOf(member) });
    expect(await listConnections(member)).toMatchObject([
      { id, service: { name: 'Reporting', flow: 'client_credentials' }, username: franz.username },
    ]);
    const window = await readAccounts(member, id);
    expect(window.rows.total).toBe(30);
    expect(window.columns.map(({ name }) => name)).not.toContain('AnnualRevenue');
    const [query] = (await org.control.listRequests()).filter(({ path }) => path.endsWith('/query'));
    expect(query?.username).toBe(franz.username);
  });

  it('shows an administrator no record, unless it is shared with them too', async () => {
    const { admin, id } = await make();
    for (const ctx of [admin, await makeContext('admin'), await makeContext('auditor')]) {
      expect(await getConnection(ctx, id)).toBeNull();
      expect(await listConnections(ctx)).toEqual([]);
    }
    await shareServiceConnection(admin, { id, person: admin.personId });
    expect(await getConnection(admin, id)).toMatchObject({ id });
  });

  it('is everybody’s while it is shared with everyone', async () => {
    const { admin, id } = await make();
    const member = await makeContext();
    await shareWithEveryone(admin, { id, everyone: true });
    expect(await getConnection(member, id)).toMatchObject({ id });
    await shareWithEveryone(admin, { id, everyone: true });
    await shareWithEveryone(admin, { id, everyone: false });
    expect(await getConnection(member, id)).toBeNull();
    const { audit } = await readServiceRow(id);
    expect(audit.filter(({ action }) => action === 'service_connection.share')).toMatchObject([
      { details: { with: 'everyone', shared: true } },
      { details: { with: 'everyone', shared: false } },
    ]);
  });

  it('cannot be changed by those who read through it', async () => {
    const { admin, id } = await make();
    const member = await makeContext();
    await shareServiceConnection(admin, { id, person: member.personId });
    for (const ctx of [member, admin]) {
      await expect(disconnectConnection(ctx, id)).rejects.toMatchObject(NOT_FOUND);
      await expect(retryRevocation(ctx, id)).rejects.toMatchObject(NOT_FOUND);
    }
    const acts = [
      () => renameServiceConnection(member, { id, name: 'Mine' }),
      () => shareServiceConnection(member, { id, person: member.personId }),
      () => unshareServiceConnection(member, { id, personId: member.personId }),
      () => shareWithEveryone(member, { id, everyone: true }),
      () => removeServiceConnection(member, id),
      () => prepareServiceKey(member, id),
      () => renewServiceConnection(member, { id, form: { flow: 'client_credentials' } }),
      () => getServiceConnection(member, { slug: 'production', id }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await readServiceRow(id)).row.state).toBe('idle');
  });

  it('is taken away again', async () => {
    const { admin, id, slug } = await make();
    const member = await makeContext();
    const { personId } = member;
    await shareServiceConnection(admin, { id, person: personId });
    await shareServiceConnection(admin, { id, person: personId });
    const shown = await getServiceConnection(admin, { slug, id });
    expect(shown?.sharedWith).toMatchObject([{ id: personId, displayName: member.displayName }]);
    await unshareServiceConnection(admin, { id, personId });
    await unshareServiceConnection(admin, { id, personId: 'nobody' });
    expect(await getConnection(member, id)).toBeNull();
    const { audit } = await readServiceRow(id);
    expect(audit.filter(({ action }) => action === 'service_connection.share')).toMatchObject([
      { details: { with: personId, shared: true } },
      { details: { with: personId, shared: false } },
    ]);
  });

  it('is not shared with nobody, or with somebody deactivated', async () => {
    const { admin, id } = await make();
    await expect(shareServiceConnection(admin, { id, person: 'nobody' })).rejects.toMatchObject(NOT_FOUND);
    const member = await makeContext();
    await withSystem('test', (tx) =>
      tx.update(people).set({ deactivatedAt: new Date() }).where(eq(people.id, member.personId)),
    );
    await expect(shareServiceConnection(admin, { id, person: member.personId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('an administrator', () => {
  it('renames a connection, but not to a name that is taken', async () => {
    const { admin, id, slug } = await make();
    const other = await createServiceConnection(admin, {
      slug,
      form: { name: 'Other', flow: 'client_credentials' },
    });
    await renameServiceConnection(admin, { id, name: ' Reports ' });
    await renameServiceConnection(admin, { id, name: 'Reports' });
    const taken = renameServiceConnection(admin, { id: other.id, name: 'Reports' });
    await expect(taken).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { name: expect.any(String) },
    });
    expect((await listServiceConnections(admin, slug)).map(({ name }) => name)).toEqual(['Other', 'Reports']);
    const { audit } = await readServiceRow(id);
    expect(audit.filter(({ action }) => action === 'service_connection.rename')).toHaveLength(1);
  });

  it('removes a connection with its credentials and shares, and Salesforce hears of it', async () => {
    const { admin, id, slug } = await make();
    const member = await makeContext();
    await shareServiceConnection(admin, { id, person: member.personId });
    const { accessToken } = await tokenSource(await requireConnection(member, id)).current();
    await removeServiceConnection(admin, id);
    expect(await getConnection(member, id)).toBeNull();
    expect(await listConnections(member)).toEqual([]);
    expect(await listServiceConnections(admin, slug)).toEqual([]);
    expect(await getServiceConnection(admin, { slug, id })).toBeNull();
    const { row, secret, audit } = await readServiceRow(id);
    expect(row).toMatchObject({ state: 'disconnected', sharedWithEveryone: false });
    expect(secret).toBeNull();
    expect(audit.map(({ action, outcome }) => [action, outcome])).toContainEqual(['token.revoke', 'done']);
    const left = await withSystem('test', async (tx) => [
      ...(await tx.select().from(serviceCredentials).where(eq(serviceCredentials.connectionId, id))),
      ...(await tx.select().from(connectionShares).where(eq(connectionShares.connectionId, id))),
    ]);
    expect(left).toEqual([]);
    const refused = await org.client().get('/services/oauth2/userinfo', accessToken);
    expect(refused.status).toBe(403);
    await expect(removeServiceConnection(admin, id)).rejects.toMatchObject(NOT_FOUND);
    await createServiceConnection(admin, { slug, form: { name: 'Reporting', flow: 'client_credentials' } });
  });

  it('has no such connection in somebody’s own, in another environment, or made up', async () => {
    const { admin, id, environment } = await make();
    const { slug } = await org.environment();
    expect(await getServiceConnection(admin, { slug, id })).toBeNull();
    expect(await getServiceConnection(admin, { slug, id: 'made-up' })).toBeNull();
    const member = await makeContext();
    const own = await makeConnection({ ownerId: member.personId, environmentId: environment.id });
    for (const foreign of [own.id, 'made-up']) {
      await expect(removeServiceConnection(admin, foreign)).rejects.toMatchObject(NOT_FOUND);
      await expect(renameServiceConnection(admin, { id: foreign, name: 'x' })).rejects.toMatchObject(
        NOT_FOUND,
      );
    }
    expect(await getServiceConnection(admin, { slug: environment.slug, id: own.id })).toBeNull();
  });
});

describe('a connection that runs as somebody else', () => {
  it('is not renewed until that is accepted', async () => {
    const { admin, id } = await make();
    const changes = { clientCredentialsUser: grace.username };
    await org.control.act({ act: 'change_app', org: 'production', changes });
    const form = { flow: 'client_credentials' };
    await expect(renewServiceConnection(admin, { id, form })).rejects.toMatchObject({
      code: 'CONSENT_WRONG_USER',
      details: { expectedUsername: franz.username, actualUsername: grace.username },
    });
    expect((await readServiceRow(id)).row).toMatchObject({ username: franz.username, generation: 1 });
    await renewServiceConnection(admin, { id, form: { ...form, acceptOtherUser: 'on' } });
    const { row, audit } = await readServiceRow(id);
    expect(row).toMatchObject({ username: grace.username, generation: 2, state: 'idle' });
    expect(audit.at(-1)).toMatchObject({
      action: 'token.revoke',
      details: { why: 'superseded by a new token' },
    });
    expect(audit.at(-2)).toMatchObject({
      action: 'service_connection.renew',
      details: { usernameBefore: franz.username, username: grace.username },
    });
  });

  it('keeps its flow', async () => {
    const { admin, id } = await make();
    const form = { flow: 'jwt_bearer', username: franz.username, key: 'current' };
    await expect(renewServiceConnection(admin, { id, form })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(prepareServiceKey(admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

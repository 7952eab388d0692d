import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, environments } from '@/db/schema';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { listWitnesses } from '@/lib/connections/service/witness';
import type { PersonContext } from '@/lib/context';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { LIMITS } from '@/lib/limits/limits';
import { createApprovalRequest } from '@/lib/provisioning/approval/commands';
import { listOwnApprovals } from '@/lib/provisioning/approval/queries';
import { PRODUCTION } from '@/simulator/seed/facts';
import { startDoctorPlaces } from '@/tests/doctor-places';
import { makeContext, makeEnvironment } from '@/tests/factories';

const { ada, grace } = PRODUCTION.users;
const { orgId } = PRODUCTION;
const org = 'production';
const places = startDoctorPlaces();

const question = (environmentId: string = places.environment.id) => ({
  environmentId,
  orgId,
  salesforceUserId: grace.id,
  username: grace.username,
  since: new Date(Date.now() - 86_400_000),
});

const change = (changes: Partial<typeof environments.$inferInsert>, id: string = places.environment.id) =>
  withSystem('test', (tx) => tx.update(environments).set(changes).where(eq(environments.id, id)));

/** A person who waits for the app of an environment to be installed. */
async function waitFor(environmentSlug: string): Promise<() => Promise<string | undefined>> {
  const ctx = await makeContext();
  await createApprovalRequest(ctx, { environmentSlug });
  return async () => (await listOwnApprovals(ctx))[0]?.state;
}

async function makeService(): Promise<{ admin: PersonContext; id: string }> {
  const admin = await makeContext('admin');
  await places.control.act({ act: 'change_app', org, changes: { clientCredentialsUser: ada.username } });
  const form = { name: 'Watcher', flow: 'client_credentials' };
  await createServiceConnection(admin, { slug: places.environment.slug, form });
  const [row] = await withSystem('test', (tx) =>
    tx.select({ id: connections.id }).from(connections).where(eq(connections.name, 'Watcher')),
  );
  return { admin, id: row?.id ?? '' };
}

describe('an org that shows the app installed', () => {
  it('tells whoever waits for that, when it is the org that the environment is pinned to', async () => {
    await change({ expectedOrgId: orgId });
    await places.connect(grace.username);
    const { ctx } = await places.connect();
    const state = await waitFor(places.environment.slug);
    const evidence = await askOrg(ctx, question());
    expect(evidence.appInstalled).toBe(true);
    expect(evidence.sentences.join()).toContain('OauthToken holds 1 grant of this user for Orgdock');
    expect(await state()).toBe('done');
  });

  it('tells nobody when the environment is pinned to no org, or to another', async () => {
    const { ctx } = await places.connect();
    const state = await waitFor(places.environment.slug);
    for (const expectedOrgId of [null, '00D000000000009EAA']) {
      await change({ expectedOrgId });
      expect((await askOrg(ctx, question())).appInstalled).toBe(false);
    }
    expect(await state()).toBe('waiting');
  });

  it('says nothing of the app of another environment than that which it was asked through', async () => {
    await places.connect(grace.username);
    const { ctx } = await places.connect();
    const other = await makeEnvironment({ expectedOrgId: orgId });
    const state = await waitFor(other.slug);
    const evidence = await askOrg(ctx, question(other.id));
    expect(evidence.sentences.join()).toMatch(/LoginHistory/);
    expect(evidence.sentences.join()).not.toMatch(/OauthToken|ConnectedApplication/);
    expect(evidence.appInstalled).toBe(false);
    expect(await state()).toBe('waiting');
  });
});

describe('asking an org', () => {
  it('is counted by person, apart from what else they do', async () => {
    const ctx = await makeContext();
    const ask = () => askOrg(ctx, question());
    for (let count = 0; count < LIMITS.org_evidence.points; count += 1)
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('keeps to the reading hours of the environment that it goes through', async () => {
    const { ctx } = await places.connect();
    const tomorrow = ((new Date().getUTCDay() + 1) % 7) + 1;
    const readingHours = { days: [tomorrow], from: '09:00', to: '10:00', timeZone: 'UTC' };
    await change({ readingHours, outsideHours: 'refuse' });
    await places.control.clearLedger();
    await expect(askOrg(ctx, question())).rejects.toMatchObject({ code: 'ENVIRONMENT_CLOSED' });
    expect(await places.control.listRequests({ org })).toEqual([]);
    await change({ readingHours: null, outsideHours: 'alert' });
    expect((await askOrg(ctx, question())).through).toContain('your connection as');
  });

  it('is for members through their own grants, and for administrators through service connections too', async () => {
    const { admin, id } = await makeService();
    await withSystem('test', (tx) =>
      tx.update(connections).set({ sharedWithEveryone: true }).where(eq(connections.id, id)),
    );
    expect(await listWitnesses(await makeContext(), question())).toEqual([]);
    expect(await listWitnesses(await makeContext('auditor'), question())).toEqual([]);
    expect(await listWitnesses(admin, question())).toMatchObject([{ connection: { id } }]);
    const audited = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'connection.ask_org')),
    );
    expect(audited.filter(({ personId }) => personId === admin.personId)).toHaveLength(1);
  });

  it('goes through no service connection of an environment that is not in use, or has another app now', async () => {
    const { admin } = await makeService();
    const { clientId } = places.environment;
    for (const changes of [
      { status: 'disabled' as const },
      { status: 'draft' as const },
      { clientId: 'another' },
    ]) {
      await change(changes);
      expect(await listWitnesses(admin, question())).toEqual([]);
      await change({ status: 'active', clientId });
    }
    expect(await listWitnesses(admin, question())).toHaveLength(1);
  });

  it('calls the org as its environment says', async () => {
    await change({ headerPrefix: 'OAuth', queryTimeoutSeconds: 7 });
    const { ctx } = await places.connect();
    const clients = (await listWitnesses(ctx, question())).map(({ client }) => client);
    await change({ headerPrefix: 'Bearer', queryTimeoutSeconds: 120 });
    expect(clients).toMatchObject([{ headerPrefix: 'OAuth', timeoutMs: 7_000, apiVersion: '66.0' }]);
  });
});

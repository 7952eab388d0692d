import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { appDeployments, auditLog, connections, environmentSecrets, environments } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { cancelDeployment, deployApp } from '@/lib/provisioning/deployment/commands';
import { enterAppCredentials } from '@/lib/provisioning/deployment/enter-credentials';
import { getDeployment } from '@/lib/provisioning/deployment/queries';
import { resumeDeployments } from '@/lib/provisioning/deployment/resume';
import { stepDeployment } from '@/lib/provisioning/deployment/step';
import { readAppDrift } from '@/lib/provisioning/drift/commands';
import { listSetUpAccess } from '@/lib/provisioning/set-up-access/queries';
import { open } from '@/lib/vault/seal';
import { type EnvironmentRow, makeContext, makeEnvironment } from '@/tests/factories';
import { useSimulatedOrgs } from '@/tests/simulated';

const org = 'production';
const EVERYBODY = { permittedUsers: 'AllSelfAuthorized' };

describe('the app assistant', () => {
  const sim = useSimulatedOrgs();

  /** An administrator with set-up access through the org's existing app, and a draft for the same org. */
  async function setting(values: Partial<EnvironmentRow> = {}) {
    const ctx = await makeContext('admin');
    const way = await sim.makeEnvironment(org);
    const { id: connectionId } = await sim.connect(way, 'ada', ctx);
    await withSystem('test', (tx) =>
      tx.update(connections).set({ purpose: 'bootstrap' }).where(eq(connections.id, connectionId)),
    );
    const draft = await makeEnvironment({
      status: 'draft',
      clientId: '',
      origin: sim.org(org).origin,
      contactEmail: 'admin@acme.example',
      ...values,
    });
    await sim.control.act({ act: 'secrets_by_rest', org, on: true });
    return { ctx, way, connectionId, draft, slug: draft.slug };
  }

  const start = (ctx: PersonContext, at: { slug: string; connectionId: string }, more = {}) =>
    deployApp(ctx, { ...at, runtimeConfirmed: false, choice: EVERYBODY, ...more });

  /** Does steps until the deployment has ended, as the jobs would. */
  async function run(deploymentId: string) {
    for (let steps = 0; steps < 12; steps += 1) {
      await stepDeployment(deploymentId);
      const row = await rowOf(deploymentId);
      if (row.finishedAt !== null) return row;
    }
    throw new Error('the deployment does not end');
  }

  async function rowOf(id: string) {
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(appDeployments).where(eq(appDeployments.id, id)),
    );
    if (!row) throw new Error('no such deployment');
    return row;
  }

  const change = (id: string, values: Partial<typeof appDeployments.$inferInsert>) =>
    withSystem('test', (tx) => tx.update(appDeployments).set(values).where(eq(appDeployments.id, id)));
  const backdate = (id: string) => change(id, { startedAt: new Date(Date.now() - 11 * 60_000) });

  async function stored(environmentId: string) {
    return await withSystem('test', async (tx) => {
      const [row] = await tx.select().from(environments).where(eq(environments.id, environmentId));
      const [secret] = await tx
        .select()
        .from(environmentSecrets)
        .where(eq(environmentSecrets.environmentId, environmentId));
      const place = {
        table: 'environment_secrets',
        column: 'consumer_secret',
        rowId: environmentId,
      } as const;
      return { row, secret: secret ? await open(secret.consumerSecret, place) : null };
    });
  }

  const deploys = async () =>
    (await sim.control.listRequests()).filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/metadata/deployRequest'),
    ).length;

  it('deploys the app, reads key and secret back, and takes the draft into use', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await expect(start(ctx, { slug, connectionId })).rejects.toMatchObject({ code: 'CONFLICT' });
    await stepDeployment(deploymentId);
    expect(await getDeployment(ctx, draft.id)).toMatchObject({ state: 'in_progress', finishedAt: null });
    expect(await run(deploymentId)).toMatchObject({
      state: 'succeeded',
      salesforceStatus: 'Succeeded',
      credentials: 'stored',
      componentsDone: 5,
      componentsTotal: 5,
      errors: [],
      error: null,
    });
    const { row, secret } = await stored(draft.id);
    const [{ apps = [] } = {}] = await sim.control.listOrgs();
    expect(row).toMatchObject({ status: 'active', clientId: apps.at(-1)?.clientId });
    expect(secret).toMatch(/^[0-9A-F]{64}$/);
    expect(await deploys()).toBe(1);
    const audit = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, draft.id)).orderBy(auditLog.id),
    );
    expect(audit.map(({ action, details }) => [action, details.state ?? details.from])).toEqual([
      ['environment.app_deploy', 'started'],
      ['environment.app_credentials', 'org'],
      ['environment.app_deploy', 'succeeded'],
    ]);
    expect(JSON.stringify(audit)).not.toContain(secret);
    expect(await getDeployment(ctx, draft.id)).toMatchObject({ canDisconnect: true });
  });

  it('keeps the key alone, and says why, where the org keeps its secrets to itself', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    const { deploymentId } = await start(ctx, { slug, connectionId });
    expect(await run(deploymentId)).toMatchObject({
      state: 'succeeded',
      credentials: 'key_only',
      error: 'FUNCTIONALITY_NOT_ENABLED',
    });
    const { row, secret } = await stored(draft.id);
    expect(row).toMatchObject({ status: 'draft', clientId: expect.stringMatching(/./) });
    expect(secret).toBeNull();
  });

  it('shows a new key that waits for its secret, changes nothing, and takes both together', async () => {
    const { ctx, draft, slug, connectionId } = await setting({ status: 'active', clientId: '3MVG9before' });
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await run(deploymentId);
    expect((await stored(draft.id)).row).toMatchObject({ clientId: '3MVG9before' });
    const waitingKey = (await getDeployment(ctx, draft.id))?.waitingKey ?? '';
    expect(waitingKey).toMatch(/^3MVG9(?!before)/);
    await enterAppCredentials(ctx, {
      slug,
      form: { clientId: waitingKey, consumerSecret: 'of-the-new-key' },
    });
    expect((await stored(draft.id)).row).toMatchObject({ clientId: waitingKey });
    expect(await getDeployment(ctx, draft.id)).toMatchObject({ waitingKey: null });
  });

  it('tells Salesforce’s words about each component that it refused', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    const choice = { permittedUsers: 'AdminApprovedPreAuthorized', permissionSet: 'Nobody_knows_it' };
    const { deploymentId } = await start(ctx, { slug, connectionId }, { choice });
    const row = await run(deploymentId);
    expect(row).toMatchObject({ state: 'failed', salesforceStatus: 'Failed', credentials: null });
    expect(row.errors).toEqual([
      {
        component: expect.stringContaining('ExtlClntAppOauthConfigurablePolicies Orgdock_'),
        problem: expect.stringContaining('no PermissionSet named Nobody_knows_it found'),
        line: expect.any(Number),
      },
    ]);
    expect((await stored(draft.id)).row?.status).toBe('draft');
  });

  it('never sends twice: of a lost answer it looks for the app in the org', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    // Before the deployment is sent the org is asked once.
    const loseAnswer = () => sim.control.addFault({ endpoint: 'data', org, fault: 'drop_after', skip: 1 });
    const first = await start(ctx, { slug, connectionId });
    await loseAnswer();
    await stepDeployment(first.deploymentId);
    expect((await rowOf(first.deploymentId)).state).toBe('unknown');
    await backdate(first.deploymentId);
    expect(await run(first.deploymentId)).toMatchObject({ state: 'unknown', credentials: null });
    expect(await deploys()).toBe(1);
    expect((await stored(draft.id)).row?.status).toBe('draft');

    await run((await start(ctx, { slug, connectionId })).deploymentId);
    const third = await start(ctx, { slug, connectionId });
    await loseAnswer();
    expect(await run(third.deploymentId)).toMatchObject({ state: 'unknown', credentials: 'stored' });
    expect(await deploys()).toBe(3);
  });

  it('goes on after its process died, and takes what may have been sent as sent', async () => {
    const { ctx, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await change(deploymentId, { state: 'sent' });
    await stepDeployment(deploymentId);
    // Its answer may still be on its way.
    expect((await rowOf(deploymentId)).state).toBe('sent');
    await backdate(deploymentId);
    await resumeDeployments();
    expect(await run(deploymentId)).toMatchObject({ state: 'unknown', credentials: null });
    expect(await deploys()).toBe(0);
  });

  it('is cancelled before it is sent, and at Salesforce after', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    const first = await start(ctx, { slug, connectionId });
    await cancelDeployment(ctx, slug);
    await stepDeployment(first.deploymentId);
    expect(await rowOf(first.deploymentId)).toMatchObject({ state: 'cancelled' });
    expect(await deploys()).toBe(0);
    await expect(cancelDeployment(ctx, slug)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const second = await start(ctx, { slug, connectionId });
    await stepDeployment(second.deploymentId);
    await cancelDeployment(ctx, slug);
    expect(await run(second.deploymentId)).toMatchObject({
      state: 'cancelled',
      salesforceStatus: 'Canceled',
    });
    expect((await stored(draft.id)).row?.status).toBe('draft');
  });

  it('takes one’s own grant of the same org only, and one to read records only when that is confirmed', async () => {
    const { ctx, way, draft, slug, connectionId } = await setting();
    const other = await makeContext('admin');
    await expect(start(other, { slug, connectionId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(start(await makeContext('auditor'), { slug, connectionId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const elsewhere = await makeEnvironment({
      status: 'draft',
      clientId: '',
      contactEmail: 'a@acme.example',
    });
    await expect(start(ctx, { slug: elsewhere.slug, connectionId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const runtime = await sim.connect(way, 'ada', ctx);
    await expect(start(ctx, { slug, connectionId: runtime.id })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { runtimeConfirmed: expect.any(String) },
    });
    await start(ctx, { slug, connectionId: runtime.id }, { runtimeConfirmed: true });
    const app = await requireAppEnvironment(ctx, slug);
    const { ways, connections: listed } = await listSetUpAccess(ctx, app);
    expect(ways).toContainEqual({ slug: way.slug, name: way.name });
    expect(ways).not.toContainEqual(expect.objectContaining({ slug }));
    expect(listed.map(({ id, purpose }) => [id, purpose]).sort()).toEqual(
      [
        [connectionId, 'bootstrap'],
        [runtime.id, 'runtime'],
      ].sort(),
    );
    expect((await getDeployment(ctx, draft.id))?.canDisconnect).toBe(false);
  });

  it('has nothing to deploy for an existing app', async () => {
    const { ctx, slug, connectionId } = await setting({ appType: 'connected_app' });
    await expect(start(ctx, { slug, connectionId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('sees what was changed in the org since, and keeps the look', async () => {
    const { ctx, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await run(deploymentId);
    const stateOf = async () => {
      const { rows } = await readAppDrift(ctx, { slug, connectionId });
      return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
    };
    expect(await stateOf()).toEqual({
      app_type: 'same',
      enabled: 'same',
      oauth_enabled: 'same',
      callback: 'same',
      scopes: 'same',
      pkce: 'same',
      secret_web_server: 'same',
      secret_refresh: 'same',
      rotation: 'same',
      permitted_users: 'same',
      ip_relaxation: 'same',
      refresh_policy: 'same',
    });
    await sim.control.act({
      act: 'change_app',
      org,
      app: `Orgdock_${slug.replaceAll('-', '_')}`,
      changes: {
        pkceRequired: false,
        rotation: false,
        secretRequiredForRefresh: false,
        callbackUrls: ['https://elsewhere.example/'],
        scopes: ['openid', 'api'],
        ipRelaxation: 'Bypass',
        preApproved: [],
        refreshIdleMs: null,
        oauthEnabled: true,
      },
    });
    expect(await stateOf()).toMatchObject({
      callback: 'different',
      pkce: 'different',
      rotation: 'different',
      secret_refresh: 'different',
      scopes: 'different',
      ip_relaxation: 'different',
      permitted_users: 'different',
      refresh_policy: 'different',
      enabled: 'same',
    });
    expect(
      await withSystem('test', (tx) => tx.$count(auditLog, eq(auditLog.action, 'environment.app_read'))),
    ).toBe(2);
  });
});

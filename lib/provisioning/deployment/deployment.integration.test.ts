import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { appDeployments, auditLog, connections, environmentSecrets, environments } from '@/db/schema';
import { requireOwnConnection } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { cancelDeployment, deployApp } from '@/lib/provisioning/deployment/commands';
import { enterAppCredentials } from '@/lib/provisioning/deployment/enter-credentials';
import { getDeployment } from '@/lib/provisioning/deployment/queries';
import { resumeDeployments } from '@/lib/provisioning/deployment/resume';
import { stepDeployment } from '@/lib/provisioning/deployment/step';
import { readAppDrift } from '@/lib/provisioning/drift/commands';
import {
  findSetUpGrant,
  requireRotationClient,
} from '@/lib/provisioning/secret-rotation/org/rotation-client';
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
  const backdate = (id: string, minutes = 11) =>
    change(id, { startedAt: new Date(Date.now() - minutes * 60_000) });

  /** Seconds until the next step of a deployment. */
  async function secondsToNext(id: string): Promise<number> {
    const { rows } = await withSystem('test', (tx) =>
      tx.execute<{ seconds: number }>(sql`
        SELECT extract(epoch FROM run_at - now())::float8 AS seconds
          FROM graphile_worker.jobs WHERE key = ${`app_deployment:${id}`}`),
    );
    if (!rows[0]) throw new Error('no step is enqueued');
    return Math.round(rows[0].seconds);
  }

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

  /** Lets the deployment succeed, and answers how it ended when `values` became of its environment meanwhile. */
  async function endAfter(values: Partial<EnvironmentRow>) {
    const made = await setting();
    const { deploymentId } = await start(made.ctx, made);
    await stepDeployment(deploymentId);
    await withSystem('test', (tx) =>
      tx.update(environments).set(values).where(eq(environments.id, made.draft.id)),
    );
    return { end: await run(deploymentId), ...(await stored(made.draft.id)) };
  }

  it.each([
    ['moved', { origin: 'https://other.my.salesforce.com' }, 'another org'],
    ['pinned elsewhere', { expectedOrgId: '00D000000000009EAA' }, 'another org'],
    ['deleted', { deletedAt: new Date() }, 'deleted'],
  ])('stores nothing when its environment was %s meanwhile, and says so', async (_, values, words) => {
    const { end, row, secret } = await endAfter(values);
    expect(end).toMatchObject({
      state: 'succeeded',
      credentials: 'failed',
      errorDescription: expect.stringContaining(words),
    });
    expect(row).toMatchObject({ status: 'draft', clientId: '' });
    expect(secret).toBeNull();
  });

  it('stores no secret for an environment that became a public client meanwhile', async () => {
    const { end, row, secret } = await endAfter({ clientType: 'public' });
    expect(end).toMatchObject({ state: 'succeeded', credentials: 'stored' });
    expect(row).toMatchObject({ status: 'active', clientId: expect.stringMatching(/./) });
    expect(secret).toBeNull();
  });

  it('stores nothing, and says so, where only the key is read and another app is in use', async () => {
    const { ctx, draft, slug, connectionId } = await setting({ status: 'active', clientId: '3MVG9.in-use' });
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    const { deploymentId } = await start(ctx, { slug, connectionId });
    expect(await run(deploymentId)).toMatchObject({
      state: 'succeeded',
      credentials: 'failed',
      error: 'FUNCTIONALITY_NOT_ENABLED',
      errorDescription: expect.stringContaining('Nothing was stored'),
    });
    expect((await stored(draft.id)).row?.clientId).toBe('3MVG9.in-use');
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

  it('keeps the secret before a new one of the same key until Salesforce accepts that, and of no other', async () => {
    const { ctx, draft, slug } = await setting();
    const enter = async (clientId: string, consumerSecret: string) => {
      await enterAppCredentials(ctx, { slug, form: { clientId, consumerSecret } });
      return await withSystem('test', (tx) => openOAuthApp(tx, draft.id));
    };
    await enter('3MVG9.one', 'the-first');
    expect(await enter('3MVG9.one', 'the-second')).toMatchObject({
      clientSecret: 'the-second',
      previousSecret: 'the-first',
    });
    expect(await enter('3MVG9.other', 'of-the-other')).toMatchObject({
      clientSecret: 'of-the-other',
      previousSecret: null,
    });
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
    expect(await secondsToNext(deploymentId)).toBeGreaterThan(15);
    await resumeDeployments();
    expect(await secondsToNext(deploymentId)).toBeLessThanOrEqual(0);
    expect(await run(deploymentId)).toMatchObject({ state: 'unknown', credentials: null });
    expect(await deploys()).toBe(0);
  });

  it('counts from when it was sent, however long it waited for a worker', async () => {
    const { ctx, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await backdate(deploymentId);
    await sim.control.addFault({ endpoint: 'data', org, fault: 'slow', ms: 1_500, skip: 1 });
    const sending = stepDeployment(deploymentId);
    await expect.poll(async () => (await rowOf(deploymentId)).state).toBe('sent');
    // A sweep that comes while Salesforce takes its time.
    await stepDeployment(deploymentId);
    expect((await rowOf(deploymentId)).state).toBe('sent');
    await sending;
    expect(await run(deploymentId)).toMatchObject({ state: 'succeeded', credentials: 'stored' });
  });

  it('is looked at less and less often, and no more after an hour', async () => {
    const { ctx, draft, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await stepDeployment(deploymentId);
    expect(await secondsToNext(deploymentId)).toBeLessThanOrEqual(2);
    await backdate(deploymentId, 20);
    await stepDeployment(deploymentId);
    expect(await secondsToNext(deploymentId)).toBeGreaterThan(55);
    expect(await secondsToNext(deploymentId)).toBeLessThanOrEqual(60);

    await change(deploymentId, { state: 'cancelled', finishedAt: new Date() });
    const second = await start(ctx, { slug, connectionId });
    await stepDeployment(second.deploymentId);
    await backdate(second.deploymentId, 61);
    await stepDeployment(second.deploymentId);
    expect(await rowOf(second.deploymentId)).toMatchObject({
      state: 'unknown',
      finishedAt: expect.any(Date),
      salesforceStatus: 'InProgress',
      error: 'STILL_RUNNING',
      errorDescription: expect.stringContaining('Deployment Status'),
    });
    expect((await stored(draft.id)).row?.status).toBe('draft');
  });

  it('asks again for key and secret when Salesforce is out for a moment, and not for ever', async () => {
    const { ctx, slug, connectionId } = await setting();
    const { deploymentId } = await start(ctx, { slug, connectionId });
    await change(deploymentId, { state: 'succeeded' });
    const out = await sim.control.addFault({ endpoint: 'data', org, fault: 'server_error', count: null });
    await stepDeployment(deploymentId);
    expect(await rowOf(deploymentId)).toMatchObject({ credentials: null, finishedAt: null });
    await sim.control.removeFault(out);
    await change(deploymentId, { state: 'waiting' });
    expect(await run(deploymentId)).toMatchObject({ state: 'succeeded', credentials: 'stored', error: null });

    const late = await start(ctx, { slug, connectionId });
    await change(late.deploymentId, { state: 'succeeded' });
    await backdate(late.deploymentId, 16);
    await sim.control.addFault({ endpoint: 'data', org, fault: 'server_error', count: null });
    await stepDeployment(late.deploymentId);
    expect(await rowOf(late.deploymentId)).toMatchObject({
      state: 'succeeded',
      credentials: 'failed',
      finishedAt: expect.any(Date),
    });
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
    const audit = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, draft.id)).orderBy(auditLog.id),
    );
    expect(audit.map(({ personId, details }) => [personId, details.state])).toEqual([
      [ctx.personId, 'started'],
      [ctx.personId, 'cancelled'],
      [ctx.personId, 'started'],
      [ctx.personId, 'cancelling'],
      [null, 'cancelled'],
    ]);
    expect(audit[3]?.details).toMatchObject({ deploymentId: second.deploymentId, connectionId });
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

  it('takes no grant of whatever org at a common login host, until its org is known', async () => {
    const origin = 'https://login.salesforce.com';
    const { ctx, draft, slug, connectionId } = await setting({ origin });
    await withSystem('test', (tx) =>
      tx.update(connections).set({ tokenHost: origin }).where(eq(connections.id, connectionId)),
    );
    const listed = async () =>
      (await listSetUpAccess(ctx, await requireAppEnvironment(ctx, slug))).connections;
    const unknown = { code: 'CONFLICT', nextStep: expect.stringContaining('pin the org first') };
    expect(await listed()).toEqual([]);
    await expect(start(ctx, { slug, connectionId })).rejects.toMatchObject(unknown);
    const target = { origin, expectedOrgId: null, apiVersion: '66.0' };
    await expect(requireRotationClient(ctx, target)).rejects.toMatchObject(unknown);
    expect(await withActor(ctx, (tx) => findSetUpGrant(tx, ctx, target))).toBeNull();

    const { orgId } = await requireOwnConnection(ctx, connectionId);
    await withSystem('test', (tx) =>
      tx.update(environments).set({ expectedOrgId: orgId }).where(eq(environments.id, draft.id)),
    );
    expect(await listed()).toMatchObject([{ id: connectionId }]);
    const pinned = { ...target, expectedOrgId: orgId };
    expect(await withActor(ctx, (tx) => findSetUpGrant(tx, ctx, pinned))).toBe(connectionId);
    await start(ctx, { slug, connectionId });
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

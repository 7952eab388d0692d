import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environmentSecrets, environments } from '@/db/schema';
import { environmentChecks } from '@/db/schema/provisioning';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { tokenSource } from '@/lib/connections/token-source';
import type { ConnectionId, Role } from '@/lib/context';
import { runPreflight } from '@/lib/provisioning/preflight/commands';
import { getLastPreflight } from '@/lib/provisioning/preflight/queries';
import type { PreflightReport } from '@/lib/provisioning/preflight/types';
import { seal } from '@/lib/vault/seal';
import { EGRESS_ADDRESS, PRODUCTION } from '@/simulator/seed/facts';
import { readStored } from '@/tests/connected';
import { type EnvironmentRow, makeContext, makePerson } from '@/tests/factories';
import { connectSimulated, type SimulatedOrg, startSimulatedOrg } from '@/tests/simulated-org';

const { ada, grace, noapi } = PRODUCTION.users;
const org = 'production';

const stateOf = ({ checks }: PreflightReport) =>
  Object.fromEntries(checks.map(({ id, state }) => [id, state]));

function check({ checks }: PreflightReport, id: string) {
  const found = checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
}

async function change(environment: EnvironmentRow, values: Partial<typeof environments.$inferInsert>) {
  await withSystem('test', (tx) =>
    tx.update(environments).set(values).where(eq(environments.id, environment.id)),
  );
}

async function connectAs(sim: SimulatedOrg, username: string, role: Role = 'admin') {
  const connected = await connectSimulated(sim, username, await makePerson({ role }));
  const renew = async () => {
    const { row } = await readStored(connected.connectionId);
    await tokenSource({ id: connected.connectionId as ConnectionId }).renew(row.generation);
  };
  return { ...connected, renew };
}

const BEFORE_CONSENT = {
  https: 'green',
  dns: 'green',
  // The simulator speaks http.
  tls: 'amber',
  clock: 'green',
  well_known: 'green',
  api_version: 'green',
  client_id: 'green',
  redirect_uri: 'green',
  app_usable: 'green',
  pkce: 'green',
  scopes_allowed: 'green',
  secret: 'green',
};

describe('a preflight', () => {
  it('knows before any consent what can be known, and says of the rest that it is not', async () => {
    const sim = await startSimulatedOrg();
    const report = await runPreflight(await makeContext('admin'), sim.environment.slug);
    expect(stateOf(report)).toEqual({
      ...BEFORE_CONSENT,
      scopes_granted: 'amber',
      rotation: 'amber',
      api_enabled: 'amber',
      egress_address: 'amber',
      administrator: 'amber',
      address_reputation: 'amber',
    });
    expect(check(report, 'egress_address').evidence[0]).toContain('Not known yet');
    expect(await sim.control.listGrants(org)).toEqual([]);
    expect(await sim.control.counts()).toMatchObject({ unknown: 0, violations: 0 });
  });

  it('knows after a consent and a refresh all but what nobody can know', async () => {
    const sim = await startSimulatedOrg();
    const { ctx, renew } = await connectAs(sim, ada.username);
    await renew();
    const report = await runPreflight(ctx, sim.environment.slug);
    expect(stateOf(report)).toEqual({
      ...BEFORE_CONSENT,
      scopes_granted: 'green',
      rotation: 'green',
      api_enabled: 'green',
      egress_address: 'green',
      administrator: 'green',
      address_reputation: 'amber',
    });
    expect(check(report, 'egress_address').evidence[0]).toBe(
      `The org saw Orgdock come from ${EGRESS_ADDRESS} (AuthSession).`,
    );
    expect(check(report, 'administrator').evidence[0]).toContain('has the permission “Manage Users”');
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, sim.environment.id)),
    );
    expect(row).toMatchObject({ egressAddress: EGRESS_ADDRESS, egressSeenAt: expect.any(Date) });
  });

  it('keeps the result, with an audit row, and shows the last one to staff only', async () => {
    const sim = await startSimulatedOrg();
    const admin = await makeContext('admin');
    const { slug, id } = sim.environment;
    expect(await getLastPreflight(admin, slug)).toBeNull();
    await runPreflight(admin, slug);
    await change(sim.environment, { apiVersion: '20.0' });
    const report = await runPreflight(admin, slug);
    const auditor = await makeContext('auditor');
    expect(await getLastPreflight(auditor, slug)).toEqual(report);
    expect(report).toMatchObject({ state: 'red', startedBy: admin.displayName });
    expect(Date.parse(report.finishedAt)).toBeGreaterThanOrEqual(Date.parse(report.startedAt));
    const rows = await withSystem('test', (tx) =>
      tx.select().from(environmentChecks).where(eq(environmentChecks.environmentId, id)),
    );
    expect(rows).toHaveLength(2);
    const audit = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'environment.check')).orderBy(auditLog.id),
    );
    expect(audit.at(-1)).toMatchObject({
      subjectId: id,
      personId: admin.personId,
      details: { state: 'red', red: ['api_version'] },
    });
    await expect(getLastPreflight(await makeContext(), slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is for administrators', async () => {
    const sim = await startSimulatedOrg();
    for (const role of ['member', 'auditor'] as const) {
      await expect(runPreflight(await makeContext(role), sim.environment.slug)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    expect(await sim.control.listRequests({ org })).toEqual([]);
    await expect(runPreflight(await makeContext('admin'), 'no-such')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a preflight of a draft', () => {
  it('asks the org, and nothing of an app that is not there yet', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { status: 'draft', clientId: '' });
    const report = await runPreflight(await makeContext('admin'), sim.environment.slug);
    expect(stateOf(report)).toMatchObject({ https: 'green', api_version: 'green', client_id: 'amber' });
    expect(check(report, 'secret').evidence).toEqual(['No consumer key is entered yet.']);
    const paths = (await sim.control.listRequests({ org })).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/services/oauth2'))).toEqual([]);
  });

  it('is refused where there is no address', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { status: 'draft', clientId: '', origin: '' });
    await expect(runPreflight(await makeContext('admin'), sim.environment.slug)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('a red check', () => {
  const run = async (sim: SimulatedOrg) =>
    await runPreflight(await makeContext('admin'), sim.environment.slug);

  it('names a wrong consumer key, and claims nothing of what comes later', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { clientId: '3MVG9wrong' });
    const report = await run(sim);
    expect(stateOf(report)).toMatchObject({
      client_id: 'red',
      redirect_uri: 'amber',
      app_usable: 'amber',
      pkce: 'amber',
      scopes_allowed: 'amber',
      secret: 'amber',
    });
    expect(check(report, 'client_id')).toMatchObject({
      evidence: ['Salesforce said “invalid_client_id: client identifier invalid”.'],
      fix: { path: expect.stringContaining('External Client App Manager') },
    });
  });

  it('names a callback URL that is not registered, whole', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { slug: `${sim.environment.slug}-2` });
    const report = await runPreflight(await makeContext('admin'), `${sim.environment.slug}-2`);
    expect(stateOf(report)).toMatchObject({ client_id: 'green', redirect_uri: 'red', app_usable: 'amber' });
    expect(check(report, 'redirect_uri').fix?.text).toContain(
      `http://localhost:3000/api/auth/callback/${sim.environment.slug}-2`,
    );
  });

  it('names a wrong secret, and shows none', async () => {
    const sim = await startSimulatedOrg();
    const rowId = sim.environment.id;
    const wrong = 'F'.repeat(64);
    const consumerSecret = await seal(wrong, {
      table: 'environment_secrets',
      column: 'consumer_secret',
      rowId,
    });
    await withSystem('test', (tx) =>
      tx
        .update(environmentSecrets)
        .set({ consumerSecret })
        .where(eq(environmentSecrets.environmentId, rowId)),
    );
    const report = await run(sim);
    expect(stateOf(report)).toMatchObject({ client_id: 'green', redirect_uri: 'green', secret: 'red' });
    expect(JSON.stringify(report)).not.toContain(wrong);
    expect(JSON.stringify(report)).not.toContain(sim.org.clientSecret);
  });

  it('names an app that is blocked, wherever Salesforce tells it, and one that is not installed', async () => {
    const sim = await startSimulatedOrg();
    await sim.control.act({ act: 'block_app', org });
    expect(stateOf(await run(sim))).toMatchObject({
      redirect_uri: 'green',
      app_usable: 'red',
      pkce: 'amber',
    });
    await sim.control.act({ act: 'app_errors', org, delivery: 'page' });
    expect(stateOf(await run(sim))).toMatchObject({ redirect_uri: 'amber', app_usable: 'red' });
    await sim.control.act({ act: 'block_app', org, blocked: false });
    await sim.control.act({ act: 'uninstall_app', org });
    const report = await run(sim);
    expect(stateOf(report)).toMatchObject({ client_id: 'amber', app_usable: 'red' });
    expect(check(report, 'app_usable').fix?.path).toBe('Setup → Connected Apps OAuth Usage');
  });

  it('names scopes that the app does not have, and PKCE that it does not ask for', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { scopes: ['api', 'refresh_token', 'openid', 'eclair_api'] });
    expect(stateOf(await run(sim))).toMatchObject({ redirect_uri: 'green', scopes_allowed: 'red' });
    await change(sim.environment, { scopes: ['api', 'refresh_token'] });
    await sim.control.act({ act: 'change_app', org, changes: { pkceRequired: false } });
    const report = await run(sim);
    expect(check(report, 'pkce')).toMatchObject({
      state: 'amber',
      fix: { text: 'Switch on “Require Proof Key for Code Exchange (PKCE)”.' },
    });
  });

  it('names an API version that the org does not offer, and a clock that is off', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { apiVersion: '20.0' });
    await sim.control.advanceClock(10 * 60_000);
    const report = await run(sim);
    expect(stateOf(report)).toMatchObject({ api_version: 'red', clock: 'red' });
    expect(check(report, 'clock').evidence[0]).toBe('This server’s clock is 10 minutes behind the org’s.');
  });

  it('names a host that is not reached, and asks nothing else of it', async () => {
    const sim = await startSimulatedOrg();
    await change(sim.environment, { origin: 'http://127.0.0.1:4501' });
    const report = await run(sim);
    expect(stateOf(report)).toMatchObject({ https: 'amber', dns: 'red', secret: 'amber', clock: 'amber' });
    expect(await sim.control.listRequests({ org })).toEqual([]);
  });

  it('names a user who may not use the API', async () => {
    const sim = await startSimulatedOrg();
    const { ctx } = await connectAs(sim, noapi.username);
    const report = await runPreflight(ctx, sim.environment.slug);
    expect(check(report, 'api_enabled')).toMatchObject({
      state: 'red',
      evidence: [expect.stringContaining(noapi.username), expect.stringContaining('API_DISABLED_FOR_ORG')],
      fix: { path: expect.stringContaining('API Enabled') },
    });
    expect(stateOf(report)).toMatchObject({ egress_address: 'amber', administrator: 'amber' });
  });

  it('names a grant that lacks what the environment asks for now', async () => {
    const sim = await startSimulatedOrg();
    const { ctx } = await connectAs(sim, grace.username);
    await change(sim.environment, { scopes: ['openid', 'api', 'refresh_token', 'web'] });
    expect(check(await runPreflight(ctx, sim.environment.slug), 'scopes_granted')).toMatchObject({
      state: 'amber',
      evidence: [expect.stringContaining('lacks web')],
    });
  });
});

describe('rotation', () => {
  it('that is off is seen in the last refresh: amber, and red for a public client, whatever is stored', async () => {
    const sim = await startSimulatedOrg();
    const { ctx, renew } = await connectAs(sim, ada.username);
    await sim.control.act({ act: 'rotation', org, on: false });
    await renew();
    const report = await runPreflight(ctx, sim.environment.slug);
    expect(check(report, 'rotation')).toMatchObject({ state: 'amber', fix: { path: expect.any(String) } });
    await withSystem('test', (tx) =>
      tx.update(environments).set({ clientType: 'public' }).where(eq(environments.id, sim.environment.id)),
    );
    expect(stateOf(await runPreflight(ctx, sim.environment.slug))).toMatchObject({ rotation: 'red' });
    await sim.control.act({ act: 'rotation', org, on: true });
  });
});

describe('the connection that a test uses', () => {
  it('is never that of somebody else', async () => {
    const sim = await startSimulatedOrg();
    await connectAs(sim, ada.username, 'member');
    const before = (await sim.control.listRequests({ org })).length;
    const report = await runPreflight(await makeContext('admin'), sim.environment.slug);
    expect(stateOf(report)).toMatchObject({ api_enabled: 'amber', egress_address: 'amber' });
    // What custody may know of the grant is no use of it.
    expect(check(report, 'scopes_granted')).toMatchObject({ state: 'green', knownBy: 'other_connection' });
    const asked = (await sim.control.listRequests({ org })).slice(before);
    expect(asked.filter(({ tokens }) => tokens.authorization !== undefined)).toEqual([]);
  });

  it('may be one that the portal holds', async () => {
    const sim = await startSimulatedOrg();
    const admin = await makeContext('admin');
    const { slug } = sim.environment;
    await createServiceConnection(admin, { slug, form: { name: 'Reporting', flow: 'client_credentials' } });
    const report = await runPreflight(admin, slug);
    for (const id of ['api_enabled', 'egress_address', 'administrator']) {
      expect(check(report, id)).toMatchObject({ state: 'green', knownBy: 'other_connection' });
    }
    expect(check(report, 'administrator').evidence[0]).toContain('lacks the permission “Manage Users”');
  });

  it('spends no refresh token, not even for an access token that has ended', async () => {
    const sim = await startSimulatedOrg();
    const { ctx, connectionId } = await connectAs(sim, ada.username);
    await sim.control.act({ act: 'expire_access_tokens', org });
    const report = await runPreflight(ctx, sim.environment.slug);
    expect(check(report, 'api_enabled')).toMatchObject({
      state: 'amber',
      evidence: [expect.stringContaining('does not refresh')],
    });
    const tokenRequests = (await sim.control.listRequests({ org })).filter(
      ({ params }) => params.grant_type === 'refresh_token',
    );
    expect(tokenRequests).toEqual([]);
    expect((await readStored(connectionId)).row).toMatchObject({ generation: 1, state: 'idle' });
  });

  it('tells when the address that the org sees has changed', async () => {
    const sim = await startSimulatedOrg();
    const { ctx, renew } = await connectAs(sim, grace.username);
    await runPreflight(ctx, sim.environment.slug);
    await sim.control.act({ act: 'egress_address', org, address: '192.0.2.55' });
    await renew();
    const changed = await runPreflight(ctx, sim.environment.slug);
    expect(check(changed, 'egress_address')).toMatchObject({
      state: 'amber',
      evidence: [
        'The org saw Orgdock come from 192.0.2.55 (AuthSession).',
        expect.stringContaining(EGRESS_ADDRESS),
      ],
    });
    const again = await runPreflight(ctx, sim.environment.slug);
    expect(check(again, 'egress_address').state).toBe('green');
  });
});

import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type Tx, withSystem } from '@/db/client';
import { auditLog, connections, consentAttempts, consentFailures, environments } from '@/db/schema';
import { requireConnection } from '@/lib/connections/queries';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { tokenSource } from '@/lib/connections/token-source';
import { findFailure } from '@/lib/consent/failures';
import { listPendingConsents } from '@/lib/consent/queries';
import { tellWhatSalesforceShowed } from '@/lib/consent/unanswered/commands';
import { keepUnanswered } from '@/lib/consent/unanswered/keep';
import type { PersonContext } from '@/lib/context';
import { toAlternative } from '@/lib/doctor/alternatives';
import { CAUSES } from '@/lib/doctor/catalogue/causes';
import { diagnoseConnection, diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';
import { diagnoseEnvironment } from '@/lib/doctor/diagnose-environment';
import { askOrg } from '@/lib/doctor/evidence/ask-org';
import { readLogins } from '@/lib/doctor/evidence/read-logins';
import { weighEvidence } from '@/lib/doctor/evidence/weigh';
import { retestConnection } from '@/lib/doctor/retest';
import { requireEnvironment } from '@/lib/environments/queries';
import { PRODUCTION } from '@/simulator/seed/facts';
import { startDoctorPlaces } from '@/tests/doctor-places';
import { makeContext } from '@/tests/factories';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';

const { ada, grace } = PRODUCTION.users;
const org = 'production';
const places = startDoctorPlaces();

const failureOf = async (ctx: PersonContext) => {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(consentFailures).where(eq(consentFailures.personId, ctx.personId)),
  );
  const failure = await findFailure(row?.id ?? '', { browser: null, personId: ctx.personId });
  if (!failure) throw new Error('no failure was kept');
  return failure;
};
const age = (interval: string) =>
  withSystem('test', (tx) =>
    tx.update(consentAttempts).set({
      createdAt: sql`orgdock.now() - ${interval}::interval`,
      expiresAt: sql`orgdock.now() - ${interval}::interval + interval '10 minutes'`,
    }),
  );
/** Whether another transaction waits for this one. */
/** Looks anew each time: a transaction keeps the first list of connections that it saw. */
async function isWaitedFor(tx: Tx): Promise<boolean> {
  await tx.execute(sql`SELECT pg_stat_clear_snapshot()`);
  const { rows } = await tx.execute(
    sql`SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
  );
  return rows.length > 0;
}
const sinceYesterday = () => new Date(Date.now() - 86_400_000);

describe('a consent that never came back', () => {
  it('is kept when its attempt is forgotten, for its person only, with likely causes', async () => {
    const { ctx } = await places.leave();
    await age('2 days');
    await withSystem('test', keepUnanswered);
    const failure = await failureOf(ctx);
    const stranger = await makeContext();
    expect(await findFailure(failure.id, { browser: null, personId: stranger.personId })).toBeNull();
    const diagnosis = await diagnoseConsent(ctx, failure);
    expect(diagnosis).toMatchObject({
      cause: { id: 'never_came_back' },
      place: 'authorize_page',
      certainty: 'possible',
      raw: null,
    });
    // The app was entered a moment ago: Salesforce may not know it yet.
    expect(diagnosis.alternatives.map(({ id }) => id).slice(0, 4)).toEqual([
      'client_id_unknown',
      'app_not_installed',
      'app_blocked',
      'redirect_uri_mismatch',
    ]);
  });

  it.each([
    ['another replica', keepUnanswered, 1],
    ['its person', (tx: Tx) => tx.delete(consentAttempts), 0],
  ] as const)(
    'is kept once, or not at all, when %s takes its attempt away meanwhile',
    async (_who, take, kept) => {
      const { ctx } = await places.leave();
      await age('2 days');
      const second = await withSystem('test', async (tx) => {
        await take(tx);
        const sweep = withSystem('test', keepUnanswered);
        await expect.poll(() => isWaitedFor(tx), { timeout: 20_000 }).toBe(true);
        return { sweep };
      });
      await second.sweep;
      const mine = eq(consentFailures.personId, ctx.personId);
      expect(await withSystem('test', (tx) => tx.$count(consentFailures, mine))).toBe(kept);
    },
  );

  it('is rather the person than the app once the app has worked for somebody', async () => {
    await places.connect();
    const { ctx } = await places.leave();
    await age('2 days');
    await withSystem('test', async (tx) => {
      await tx.update(environments).set({ appChangedAt: sql`orgdock.now() - interval '3 days'` });
      await keepUnanswered(tx);
    });
    const { alternatives, needsApproval } = await diagnoseConsent(ctx, await failureOf(ctx));
    expect(alternatives[0]?.id).toBe('page_closed');
    expect(needsApproval).toBe(false);
  });

  it('may be told of after a minute, by its person and nobody else, in words that Orgdock knows', async () => {
    const { ctx } = await places.leave();
    const [pending] = await listPendingConsents(ctx);
    const id = pending?.id ?? '';
    expect(pending?.mayTell).toBe(false);
    const tell = (who: PersonContext, seen: string) => tellWhatSalesforceShowed(who, id, { seen });
    await expect(tell(ctx, 'app_blocked')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await age('2 minutes');
    await expect(tell(await makeContext(), 'app_blocked')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(tell(ctx, '<b>words of mine</b>')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await tell(ctx, 'app_blocked')).toMatch(/^\/consent\//);
    expect(await diagnoseConsent(ctx, await failureOf(ctx))).toMatchObject({
      cause: { id: 'app_blocked', setup: { url: expect.stringContaining('/lightning/setup/') } },
      certainty: 'likely',
      needsApproval: true,
    });
    expect(await listPendingConsents(ctx)).toEqual([]);
  });

  it('shows both callback URLs side by side when Salesforce knows the one not', async () => {
    const { comparison } = await places.diagnose({
      place: 'page',
      error: 'redirect_uri_mismatch',
      description: 'redirect_uri must match configuration',
      cause: 'redirect_uri_mismatch',
    });
    expect(comparison?.ours.value).toBe('http://localhost:3000/api/auth/callback/doctor-table');
    expect(comparison?.theirs).toMatchObject({ name: 'The app lists', values: null });
  });
});

describe('what the Doctor does not know', () => {
  it('is shown raw, and says so', async () => {
    const row = { place: 'callback', error: 'quantum_misalignment', description: 'flux', cause: '' } as const;
    expect(await places.diagnose(row)).toMatchObject({
      cause: { id: 'unknown', title: 'Orgdock does not know this one' },
      known: false,
      certainty: 'possible',
      raw: { error: 'quantum_misalignment', description: 'flux' },
      feedbackUrl: expect.stringContaining('/issues/new?title='),
    });
  });
});

describe('the way to Salesforce', () => {
  it.each([
    ['https://acme.lightning.force.com', 'host_lightning'],
    ['https://acme.my.salesforce-setup.com', 'host_setup'],
    ['https://10.0.0.1', 'host_not_salesforce'],
    ['http://no-such-host.invalid', 'host_unresolvable'],
    ['http://127.0.0.1:1', 'host_unreachable'],
  ])('%s is named %s', async (instanceUrl, cause) => {
    const { ctx, id } = await places.connect();
    if (instanceUrl.startsWith('http:')) allowOrigins(instanceUrl);
    await withSystem('test', (tx) =>
      tx.update(connections).set({ instanceUrl }).where(eq(connections.id, id)),
    );
    const { diagnosis } = await retestConnection(ctx, id);
    expect(diagnosis?.cause.id).toBe(cause);
    expect(diagnosis?.place).toBe('host');
  });

  it('a certificate that nobody vouches for, and an answer that does not come', () => {
    const problem = { code: 'HOST_UNREACHABLE', nextStep: null, salesforce: null, details: {} } as const;
    const refused = 'The certificate of acme.my.salesforce.com was not accepted (CERT_HAS_EXPIRED).';
    expect(diagnoseProblem({ ...problem, message: refused }, null).cause.id).toBe('certificate_refused');
    const silent = {
      ...problem,
      code: 'TIMEOUT',
      message: 'acme.my.salesforce.com did not answer in time.',
    } as const;
    expect(diagnoseProblem(silent, null).cause).toMatchObject({ id: 'host_timeout', retry: 'wait' });
  });
});

describe('what Orgdock itself refuses', () => {
  it.each([
    ['ENVIRONMENT_DISABLED', 'environment_disabled'],
    ['ENVIRONMENT_CLOSED', 'outside_reading_hours'],
    ['API_RESERVE_REACHED', 'api_reserve'],
    ['FILTER_TOO_LONG', 'filter_too_long'],
  ] as const)('as %s is named %s, and no fault of Salesforce', (code, cause) => {
    const problem = { code, message: 'x', nextStep: null, salesforce: null, details: {} };
    const diagnosis = diagnoseProblem(problem, null);
    expect(diagnosis).toMatchObject({ cause: { id: cause }, place: 'portal', known: true });
  });
});

describe('a re-test', () => {
  it('of a healthy connection is one data call, without a refresh', async () => {
    const { ctx, id } = await places.connect();
    await places.control.clearLedger();
    expect(await retestConnection(ctx, id)).toMatchObject({
      diagnosis: null,
      budget: { used: expect.any(Number) },
    });
    const requests = await places.control.listRequests({ org });
    expect(requests).toMatchObject([{ path: expect.stringMatching(/^\/services\/data\/v/), status: 200 }]);
  });

  it('calls the org as the environment says', async () => {
    const { ctx, id } = await places.connect();
    const { origin, seen } = await startLoopback((_, response) => sendJson(response, 200, {}));
    await withSystem('test', async (tx) => {
      await tx.update(connections).set({ instanceUrl: origin }).where(eq(connections.id, id));
      await tx
        .update(environments)
        .set({ headerPrefix: 'OAuth' })
        .where(eq(environments.id, places.environment.id));
    });
    await retestConnection(ctx, id);
    await withSystem('test', (tx) => tx.update(environments).set({ headerPrefix: 'Bearer' }));
    expect(seen[0]?.headers.authorization).toMatch(/^OAuth /);
  });

  it('of a grant that has ended says what is known of the end, and asks nobody', async () => {
    const { ctx, id } = await ended();
    await places.control.clearLedger();
    const { diagnosis } = await retestConnection(ctx, id);
    expect(diagnosis?.cause.id).toBe('grant.revoked');
    expect(await places.control.listRequests({ org })).toEqual([]);
  });

  it('is refused to anybody else', async () => {
    const { id } = await places.connect();
    await expect(retestConnection(await makeContext(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

/** Grace's grant ends in a way that Salesforce does not explain. */
async function ended() {
  const failing = await places.connect(grace.username);
  await expect(
    places.control
      .act({ act: 'revoke_grants', org, username: grace.username })
      .then(() => tokenSource({ id: failing.id } as never).renew(1)),
  ).rejects.toMatchObject({ code: 'GRANT_ENDED' });
  const connection = await requireConnection(failing.ctx, failing.id);
  const question = {
    environmentId: places.environment.id,
    orgId: connection.orgId,
    salesforceUserId: connection.salesforceUserId,
    username: connection.username,
    since: sinceYesterday(),
  };
  return { ...failing, connection, question };
}

describe('evidence', () => {
  it('counts who fails alike, without names', async () => {
    await places.connect();
    const { ctx, connection } = await ended();
    const diagnosis = await diagnoseConnection(ctx, connection);
    expect(diagnosis?.evidence.join(' ')).toMatch(/1 of 2 connections of this app fails this way since/);
    expect(JSON.stringify(diagnosis)).not.toContain(ada.username);
  });

  it('of the org moves the cause that its rows speak for to the front', async () => {
    const admin = await makeContext('admin');
    await places.control.act({ act: 'change_app', org, changes: { clientCredentialsUser: ada.username } });
    await createServiceConnection(admin, {
      slug: places.environment.slug,
      form: { name: 'Watcher', flow: 'client_credentials' },
    });
    const { ctx, connection, question } = await ended();
    await places.control.act({ act: 'rotation', org, on: false });
    const evidence = await askOrg(admin, question);
    expect(evidence.through).toContain('the service connection Watcher');
    expect(evidence.missing).toEqual([]);
    const said = evidence.sentences.join('\n');
    expect(said).toMatch(/SetupAuditTrail: Ada .*: Revoked the OAuth tokens of grace@acme\.example\./);
    expect(said).toMatch(/Changed Refresh Token Rotation of the app Orgdock from On to Off\./);
    expect(said).toMatch(/LoginHistory, .* from 203\.0\.113\.7/);
    const before = await diagnoseConnection(ctx, connection);
    if (!before) throw new Error('nothing is wrong');
    expect(before.certainty).toBe('possible');
    const after = weighEvidence(before, evidence);
    expect(after).toMatchObject({ cause: { id: 'grant.revoked' }, certainty: 'likely' });
    const weigh = (cause: 'grant_ended' | 'grant.app_blocked') => {
      const { title, fix, ...more } = CAUSES[cause];
      const thought = { ...more, title, fix, setup: null };
      const other = toAlternative(['grant.revoked', 'It may be so.']);
      const org = { instanceUrl: null, appType: null };
      return weighEvidence({ ...before, cause: thought, alternatives: [other], org }, evidence);
    };
    expect(weigh('grant_ended')).toMatchObject({ cause: { id: 'grant.revoked' }, alternatives: [] });
    expect(weigh('grant.app_blocked')).toMatchObject({
      cause: { id: 'grant.revoked', setup: { url: null } },
      certainty: 'likely',
      alternatives: [{ id: 'grant.app_blocked', why: 'What Orgdock thought before the org was asked.' }],
    });
    const audited = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'connection.ask_org')),
    );
    expect(audited.filter(({ personId }) => personId === admin.personId)).toHaveLength(1);
  });

  it('of a login that repeats Salesforce’s words speaks for no cause', async () => {
    const { question } = await ended();
    const { ctx, id } = await places.connect();
    const client = { source: tokenSource({ id } as never, ctx.personId), apiVersion: '66.0' };
    const { sentences, speaksFor } = await readLogins(client, question);
    expect(sentences.join(' ')).toContain('Expired access/refresh token');
    expect(speaksFor).toEqual([]);
  });

  it('is never asked through another person’s grant', async () => {
    await places.connect();
    const { ctx, question } = await ended();
    await expect(askOrg(ctx, question)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that the asking user may not see is named with the missing permission', async () => {
    const { ctx, id, question } = await ended();
    await withSystem('test', (tx) =>
      tx.update(connections).set({ ownerId: ctx.personId, orgId: 'moved' }).where(eq(connections.id, id)),
    );
    const franz = await places.connect(PRODUCTION.users.franz.username);
    const { missing } = await askOrg(franz.ctx, question);
    expect(missing).toContain('Login History needs the permission “Manage Users”.');
    expect(missing).toContain('Setup Audit Trail needs the permission “View Setup and Configuration”.');
  });
});

describe('an environment', () => {
  it('lists what fails by cause, for administrators and auditors only', async () => {
    await ended();
    await places.leave();
    await age('1 hour');
    const admin = await makeContext('admin');
    const environment = await requireEnvironment(admin, places.environment.slug);
    const troubles = await diagnoseEnvironment(admin, environment);
    expect(troubles.map(({ what, diagnosis }) => `${what}: ${diagnosis.cause.id}`)).toEqual([
      expect.stringMatching(/^connections: grant/),
      'consents: never_came_back',
    ]);
    expect(JSON.stringify(troubles)).not.toContain(grace.username);
    expect(await diagnoseEnvironment(await makeContext('auditor'), environment)).toHaveLength(2);
    await expect(diagnoseEnvironment(await makeContext(), environment)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

import { randomUUID } from 'node:crypto';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Tx, withActor, withCustody, withSystem } from '@/db/client';
import * as schema from '@/db/schema';
import { openDatabase } from '@/db/start';
import type { PersonContext } from '@/lib/context';
import { asOwner } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

type Actor = 'owner' | 'stranger' | 'admin' | 'auditor' | 'system' | 'nobody';
type Outcome = 'done' | 'nothing' | 'denied';

const tables = Object.values<unknown>(schema).filter((item): item is PgTable => is(item, PgTable));
const people = {} as Record<'owner' | 'stranger' | 'admin' | 'auditor', PersonContext>;
let environmentId: string;
let connectionId: string;

function as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (actor === 'system') return withSystem('test', work);
  if (actor === 'nobody') return openDatabase().then((db) => db.transaction(work));
  return withActor(people[actor], work);
}

/** What a statement does for an actor, undone again. */
async function attempt(actor: Actor, statement: ReturnType<typeof sql>): Promise<Outcome> {
  const undo = new Error('undo');
  let outcome: Outcome = 'nothing';
  const work = as(actor, async (tx) => {
    const result = await tx.execute(statement);
    if ((result.rowCount ?? 0) > 0) outcome = 'done';
    throw undo;
  });
  return work.then(
    () => outcome,
    (error: Error & { code?: string; cause?: { code?: string } }) => {
      if (error === undo) return outcome;
      // 42501: row-level security or a missing privilege.
      if ((error.code ?? error.cause?.code) === '42501') return 'denied';
      throw error;
    },
  );
}

async function visible(actor: Actor, table: PgTable): Promise<boolean> {
  return (await as(actor, (tx) => tx.select().from(table))).length > 0;
}

beforeAll(async () => {
  people.owner = await makeContext('member');
  people.stranger = await makeContext('member');
  people.admin = await makeContext('admin');
  people.auditor = await makeContext('auditor');
  environmentId = (await makeEnvironment({ sealedConsumerSecret: 'sealed' })).id;
  const sealedTokens = { accessToken: 'sealed', refreshToken: 'sealed' };
  const ownerId = people.owner.personId;
  connectionId = (await makeConnection({ ownerId, environmentId }, { sealedTokens })).id;
  const expiresAt = new Date(Date.now() + 60_000);
  const attemptOfOwner = {
    connectionId,
    purpose: 'refresh' as const,
    grantId: randomUUID(),
    generation: 1,
    fence: 1,
    leaseOwner: 'test',
  };
  await withSystem('test', async (tx) => {
    await tx.insert(schema.identities).values(identityOf(ownerId));
    await tx.insert(schema.signInLinks).values({ tokenHash: 'hash', personId: ownerId, expiresAt });
    await tx.insert(schema.refreshAttempts).values(attemptOfOwner);
    await tx.insert(schema.consentAttempts).values({
      stateHash: 'state',
      browserHash: 'browser',
      environmentId,
      tokenHost: 'https://acme.my.salesforce.com',
      clientId: 'key',
      intent: 'connect',
      personId: ownerId,
      codeVerifier: 'sealed',
      callbackPath: '/',
      expiresAt,
    });
    await tx.insert(schema.consentFailures).values({ personId: ownerId, code: 'X', message: 'x' });
    await tx.insert(schema.serviceCredentials).values({ connectionId, username: 'x', secret: 'sealed' });
    await tx.insert(schema.connectionShares).values({ connectionId, personId: ownerId });
    await tx.insert(schema.strayGrants).values({
      connectionId,
      environmentId,
      grantId: randomUUID(),
      generation: 1,
      tokenHost: 'https://acme.my.salesforce.com',
      clientId: 'key',
      token: 'sealed',
      why: 'test',
    });
    await tx
      .insert(schema.notifications)
      .values({ personId: ownerId, kind: 'connection_ended', connectionId, occasion: 'test' });
    await insertAdministration(tx, ownerId);
    await addProvisioning(tx, environmentId, ownerId);
    await addBroker(tx, environmentId, ownerId);
    await tx.insert(schema.auditLog).values({
      action: 'session.sign_in',
      actorKind: 'person',
      personId: ownerId,
      subjectType: 'session',
      subjectId: '1',
      outcome: 'done',
    });
    // Sessions of the others would make their own rows visible to them; only the owner keeps one.
    await tx.delete(schema.sessions).where(sql`person_id <> ${ownerId}`);
  });
});

/** A row in each table of access, custody and audit. */
async function insertAdministration(tx: Tx, ownerId: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 60_000);
  await tx.insert(schema.environmentAccess).values({ environmentId, personId: ownerId });
  await tx.insert(schema.accessRequests).values({ personId: ownerId, environmentId, displayName: 'Ada' });
  const [provider] = await tx
    .insert(schema.identityProviders)
    .values({ slug: 'acme', name: 'Acme', issuer: 'https://login.acme.example', clientId: 'key', scopes: [] })
    .returning();
  const identityProviderId = provider?.id ?? '';
  await tx.insert(schema.identityProviderSecrets).values({ identityProviderId, clientSecret: 'sealed' });
  await tx.insert(schema.providerAttempts).values({
    stateHash: 'state',
    browserHash: 'browser',
    identityProviderId,
    personId: ownerId,
    codeVerifier: 'sealed',
    nonce: 'nonce',
    callbackPath: '/',
    expiresAt,
  });
  const invitedBy = people.admin.personId;
  await tx.insert(schema.invitations).values({ tokenHash: 'hash', displayName: 'Bob', invitedBy, expiresAt });
  await tx.insert(schema.auditSeals).values({ position: 1, auditId: 1, hash: 'hash' });
  const checkpoint = { kind: 'head' as const, position: 1, hash: 'hash', signature: 'signature' };
  await tx.insert(schema.auditCheckpoints).values(checkpoint);
  await tx.insert(schema.rateLimits).values({ key: 'hash' });
  await insertCustody(tx);
  const ofGrid = { environmentId, sobject: 'Account' };
  await tx.insert(schema.gridViews).values({ ...ofGrid, ownerId, name: 'Shared', isShared: true, state: {} });
  await tx.insert(schema.gridPreferences).values({ ...ofGrid, personId: ownerId });
}

/** A row in each table of reviews, breaches and alerts. */
async function insertCustody(tx: Tx): Promise<void> {
  const start = { scopeName: 'all', startedBy: people.admin.personId, startedByName: 'Ada' };
  const [review] = await tx.insert(schema.accessReviews).values(start).returning();
  const grant = { grantId: randomUUID(), environmentName: 'Production' };
  await tx.insert(schema.accessReviewItems).values({ ...itemOf(review?.id ?? ''), connectionId });
  const breach = { ...start, scope: 'all' as const, reason: 'test', endsSessions: true };
  const [pressed] = await tx.insert(schema.breaches).values(breach).returning();
  const ended = { ...grant, kind: 'connection' as const, subjectId: connectionId };
  await tx.insert(schema.breachGrants).values({ ...ended, breachId: pressed?.id ?? '' });
  await tx.insert(schema.connectionUsage).values({ connectionId, hour: new Date(), rows: 1 });
  await tx.insert(schema.alerts).values({ kind: 'unusual_reading', connectionId, occasion: 'test' });
}

async function addProvisioning(tx: Tx, environmentId: string, personId: string): Promise<void> {
  const started = { environmentId, startedBy: personId };
  await tx.insert(schema.environmentChecks).values({ ...started, state: 'green', results: [] });
  await tx.insert(schema.appDeployments).values(started);
  await tx.insert(schema.appObservations).values({ environmentId, facts: {} });
  await tx.insert(schema.secretRotations).values({ ...started, source: 'pasted' });
  const asked = { environmentId, personId, tokenHash: 'test', expiresAt: new Date() };
  await tx.insert(schema.approvalRequests).values(asked);
}

/** A row in each table of keys, links and webhooks. */
async function addBroker(tx: Tx, environmentId: string, ownerId: string): Promise<void> {
  const [key] = await tx
    .insert(schema.apiKeys)
    .values({ ownerId, name: 'Nightly', policy: {}, createdBy: ownerId })
    .returning();
  const keyId = key?.id ?? '';
  await tx.insert(schema.apiKeySecrets).values({ keyId, prefix: 'odk_test', secretHash: 'hash' });
  await tx.insert(schema.apiKeyDays).values({ keyId, day: '2026-11-27' });
  await tx
    .insert(schema.apiKeyLocators)
    .values({ keyId, connectionId: randomUUID(), locatorHash: 'hash', touches: [] });
  const call = { keyId, ownerId, requestId: 'test', operation: 'query', method: 'POST', status: 200 };
  await tx.insert(schema.apiCalls).values({ ...call, milliseconds: 1 });
  await tx.insert(schema.idempotencyKeys).values({ keyId, ownerId, nameHash: 'hash', requestHash: 'hash' });
  await tx.insert(schema.namedQueries).values({ name: 'test', soql: 'SELECT Id FROM Account' });
  const link = {
    tokenHash: 'hash',
    holderId: ownerId,
    environmentId,
    purpose: 'test',
    expiresAt: new Date(),
  };
  await tx.insert(schema.connectLinks).values(link);
  const [endpoint] = await tx
    .insert(schema.webhookEndpoints)
    .values({ url: 'https://hooks.example', events: [], createdBy: ownerId })
    .returning();
  const endpointId = endpoint?.id ?? '';
  await tx.insert(schema.webhookSecrets).values({ endpointId, secret: 'sealed' });
  const sent = { endpointId, eventId: 'msg_test', event: 'connection.created', payload: '{}' };
  const [delivery] = await tx.insert(schema.webhookDeliveries).values(sent).returning();
  await tx.insert(schema.webhookTries).values({ deliveryId: delivery?.id ?? '', milliseconds: 1 });
}

/** A grant of a review, of a connection that is gone. */
function itemOf(reviewId: string) {
  return {
    reviewId,
    connectionId: randomUUID(),
    grantId: randomUUID(),
    environmentName: 'Production',
    ownerName: 'Grace',
    orgId: '00D',
    username: 'grace@acme.example',
    scopes: [],
    connectedAt: new Date(),
  };
}

function identityOf(personId: string) {
  return { personId, issuer: 'salesforce:00D', subject: `005${randomUUID()}`, username: 'ada@acme.example' };
}

describe('row-level security', () => {
  it('is on and forced for every table of the schema', async () => {
    const rows = await asOwner(
      (sql) => sql<Array<{ relname: string }>>`
        SELECT relname FROM pg_class
         WHERE relnamespace = 'orgdock'::regnamespace AND relkind = 'r'
           AND relrowsecurity AND relforcerowsecurity`,
    );
    expect(rows.map((row) => row.relname).sort()).toEqual(tables.map(getTableName).sort());
  });

  const readers: Record<string, Actor[]> = {
    people: ['owner', 'stranger', 'admin', 'auditor', 'system'],
    identities: ['owner', 'admin', 'auditor', 'system'],
    sessions: ['owner', 'admin', 'auditor', 'system'],
    invitations: ['admin', 'auditor', 'system'],
    environment_access: ['owner', 'admin', 'auditor', 'system'],
    access_requests: ['owner', 'admin', 'auditor', 'system'],
    identity_providers: ['owner', 'stranger', 'admin', 'auditor', 'system', 'nobody'],
    identity_provider_secrets: ['admin', 'system'],
    provider_attempts: ['owner', 'system'],
    rate_limits: ['owner', 'stranger', 'admin', 'auditor', 'system', 'nobody'],
    audit_seals: ['admin', 'auditor', 'system'],
    audit_checkpoints: ['admin', 'auditor', 'system'],
    sign_in_links: ['owner', 'system'],
    environments: ['owner', 'stranger', 'admin', 'auditor', 'system', 'nobody'],
    environment_secrets: ['admin', 'system'],
    connections: ['owner', 'system'],
    connection_secrets: ['system'],
    service_credentials: ['system'],
    connection_shares: ['owner', 'system'],
    refresh_attempts: ['owner', 'system'],
    stray_grants: ['system'],
    notifications: ['owner', 'system'],
    consent_attempts: ['owner', 'system'],
    consent_failures: ['owner', 'system'],
    audit_log: ['admin', 'auditor', 'system'],
    access_reviews: ['admin', 'auditor', 'system'],
    access_review_items: ['system'],
    breaches: ['admin', 'auditor', 'system'],
    breach_grants: ['system'],
    connection_usage: ['system'],
    alerts: ['admin', 'auditor', 'system'],
    environment_checks: ['admin', 'auditor', 'system'],
    app_deployments: ['admin', 'auditor', 'system'],
    app_observations: ['admin', 'auditor', 'system'],
    secret_rotations: ['admin', 'auditor', 'system'],
    approval_requests: ['owner', 'admin', 'auditor', 'system'],
    api_keys: ['owner', 'admin', 'auditor', 'system'],
    api_key_secrets: ['owner', 'admin', 'auditor', 'system'],
    api_key_days: ['owner', 'admin', 'auditor', 'system'],
    api_key_locators: ['owner', 'system'],
    api_calls: ['owner', 'admin', 'auditor', 'system'],
    idempotency_keys: ['owner', 'system'],
    named_queries: ['owner', 'stranger', 'admin', 'auditor', 'system'],
    connect_links: ['owner', 'admin', 'auditor', 'system'],
    webhook_endpoints: ['admin', 'auditor', 'system'],
    webhook_secrets: ['admin', 'system'],
    webhook_deliveries: ['admin', 'auditor', 'system'],
    webhook_tries: ['admin', 'auditor', 'system'],
    grid_views: ['owner', 'stranger', 'admin', 'system'],
    grid_preferences: ['owner', 'system'],
    portal: ['system'],
  };
  const actors: Actor[] = ['owner', 'stranger', 'admin', 'auditor', 'system', 'nobody'];

  it.each(tables.map((table) => ({ name: getTableName(table), table })))(
    'shows $name to its readers only',
    async ({ name, table }) => {
      const seen: Actor[] = [];
      for (const actor of actors) if (await visible(actor, table)) seen.push(actor);
      expect(seen).toEqual(readers[name]);
    },
  );

  it('shows custody facts to administrators and auditors who ask for them, and to nobody else', async () => {
    const custody = [
      'connections',
      'refresh_attempts',
      'connection_shares',
      'stray_grants',
      'connection_usage',
      'access_review_items',
      'breach_grants',
    ];
    for (const table of tables) {
      for (const actor of ['stranger', 'admin', 'auditor'] as const) {
        const rows = await withCustody(people[actor], (tx) => tx.select().from(table));
        const before = await visible(actor, table);
        const more = custody.includes(getTableName(table)) && actor !== 'stranger';
        expect(rows.length > 0, `${actor}, ${getTableName(table)}`).toBe(before || more);
      }
    }
    const update = withCustody(people.admin, (tx) =>
      tx.update(schema.connections).set({ lastUsedAt: new Date() }).returning(),
    );
    expect(await update).toEqual([]);
  });

  it('shows a service connection to those whom it is shared with', async () => {
    const service = await makeConnection({ ownerId: null, environmentId }, { name: 'Nightly' });
    const seen = async (actor: 'owner' | 'stranger' | 'admin') =>
      (await as(actor, (tx) => tx.select().from(schema.connections))).some(({ id }) => id === service.id);
    expect([await seen('owner'), await seen('stranger'), await seen('admin')]).toEqual([false, false, false]);
    const personId = people.stranger.personId;
    const share = { connectionId: service.id, personId };
    await withSystem('test', (tx) => tx.insert(schema.connectionShares).values(share));
    expect([await seen('owner'), await seen('stranger'), await seen('admin')]).toEqual([false, true, false]);
    await withSystem('test', (tx) =>
      tx
        .update(schema.connections)
        .set({ sharedWithEveryone: true })
        .where(eq(schema.connections.id, service.id)),
    );
    expect([await seen('owner'), await seen('stranger'), await seen('admin')]).toEqual([true, true, true]);
    expect(await as('nobody', (tx) => tx.select().from(schema.connections))).toEqual([]);
  });

  it('shows a view that is not shared to its owner only, and lets nobody else delete it', async () => {
    const row = {
      environmentId,
      sobject: 'Contact',
      ownerId: people.owner.personId,
      name: 'Private',
      state: {},
    };
    const [made] = await withSystem('test', (tx) => tx.insert(schema.gridViews).values(row).returning());
    const itself = eq(schema.gridViews.id, made?.id ?? '');
    for (const actor of ['stranger', 'admin', 'auditor', 'nobody'] as const) {
      expect(await as(actor, (tx) => tx.select().from(schema.gridViews).where(itself)), actor).toEqual([]);
      const { rowCount } = await as(actor, (tx) => tx.delete(schema.gridViews).where(itself));
      expect(rowCount, actor).toBe(0);
    }
    expect(await as('owner', (tx) => tx.select().from(schema.gridViews).where(itself))).toHaveLength(1);
  });

  it('lets an administrator change an open review, and nothing of a closed one', async () => {
    const changed = async (closedAt: Date | null) => {
      const id = await withSystem('test', async (tx) => {
        const start = { scopeName: 'all', startedBy: people.admin.personId, startedByName: 'Ada' };
        const [review] = await tx
          .insert(schema.accessReviews)
          .values({ ...start, closedAt })
          .returning();
        await tx.insert(schema.accessReviewItems).values(itemOf(review?.id ?? ''));
        return review?.id ?? '';
      });
      const itsItems = eq(schema.accessReviewItems.reviewId, id);
      const count = (statement: (tx: Tx) => Promise<{ rowCount: number | null }>) =>
        withCustody(people.admin, async (tx) => (await statement(tx)).rowCount);
      return {
        items: await count((tx) => tx.update(schema.accessReviewItems).set({ note: 'x' }).where(itsItems)),
        added: await count((tx) => tx.insert(schema.accessReviewItems).values(itemOf(id))).catch(() => 0),
        removed: await count((tx) => tx.delete(schema.accessReviewItems).where(itsItems)),
        reviews: await count((tx) =>
          tx.update(schema.accessReviews).set({ closedAt: null }).where(eq(schema.accessReviews.id, id)),
        ),
      };
    };
    expect(await changed(null)).toEqual({ items: 1, added: 1, removed: 0, reviews: 1 });
    expect(await changed(new Date())).toEqual({ items: 0, added: 0, removed: 0, reviews: 0 });
  });

  it('shows a member only their own person', async () => {
    const rows = await as('stranger', (tx) => tx.select().from(schema.people));
    expect(rows.map((row) => row.id)).toEqual([people.stranger.personId]);
    expect(await as('auditor', (tx) => tx.select().from(schema.people))).toHaveLength(4);
  });

  describe.each(['owner', 'stranger', 'admin', 'auditor', 'system', 'nobody'] as const)('for %s', (actor) => {
    const only = (...allowed: Actor[]) => (allowed.includes(actor) ? 'done' : 'nothing');
    const insertOnly = (...allowed: Actor[]) => (allowed.includes(actor) ? 'done' : 'denied');

    it('guards changes of a connection', async () => {
      const update = sql`UPDATE orgdock.connections SET last_used_at = orgdock.now()`;
      expect(await attempt(actor, update)).toBe(only('owner', 'system'));
      const remove = sql`DELETE FROM orgdock.connections`;
      expect(await attempt(actor, remove)).toBe(only('owner', 'system'));
    });

    it('guards the sealed tokens', async () => {
      const update = sql`UPDATE orgdock.connection_secrets SET refresh_token = 'x'`;
      expect(await attempt(actor, update)).toBe(only('system'));
    });

    it('guards changes of an environment and its secret', async () => {
      const rename = sql`UPDATE orgdock.environments SET name = 'x'`;
      expect(await attempt(actor, rename)).toBe(only('admin', 'system'));
      const remove = sql`DELETE FROM orgdock.environment_secrets`;
      expect(await attempt(actor, remove)).toBe(only('admin', 'system'));
      const insert = sql`INSERT INTO orgdock.environments (slug, name, kind, origin, client_id, api_version, scopes)
        VALUES ('x', 'x', 'uat', 'x', 'x', 'x', '{}')`;
      expect(await attempt(actor, insert)).toBe(insertOnly('admin', 'system'));
    });

    it('guards identities, sessions and sign-in links of the owner', async () => {
      const identity = sql`INSERT INTO orgdock.identities (person_id, issuer, subject, username)
        VALUES (${people.owner.personId}, 'a', 'b', 'c')`;
      expect(await attempt(actor, identity)).toBe(insertOnly('owner', 'admin', 'system'));
      const end = sql`UPDATE orgdock.sessions SET ended_at = orgdock.now()`;
      expect(await attempt(actor, end)).toBe(only('owner', 'admin', 'system'));
      expect(await attempt(actor, sql`DELETE FROM orgdock.sign_in_links`)).toBe(only('owner', 'system'));
    });

    it('guards people', async () => {
      const person = sql`INSERT INTO orgdock.people (display_name) VALUES ('x')`;
      expect(await attempt(actor, person)).toBe(insertOnly('admin', 'system'));
      const rename = sql`UPDATE orgdock.people SET display_name = 'x' WHERE id = ${people.owner.personId}`;
      expect(await attempt(actor, rename)).toBe(only('owner', 'admin', 'system'));
    });

    it('guards access, invitations and providers', async () => {
      const access = sql`DELETE FROM orgdock.environment_access`;
      expect(await attempt(actor, access)).toBe(only('admin', 'system'));
      const decide = sql`UPDATE orgdock.access_requests SET decision = 'granted'`;
      expect(await attempt(actor, decide)).toBe(only('admin', 'system'));
      const invite = sql`UPDATE orgdock.invitations SET role = 'admin'`;
      expect(await attempt(actor, invite)).toBe(only('admin', 'system'));
      const provider = sql`UPDATE orgdock.identity_providers SET admits_unknown = true`;
      expect(await attempt(actor, provider)).toBe(only('admin', 'system'));
      expect(await attempt(actor, sql`UPDATE orgdock.audit_seals SET hash = 'x'`)).toBe('denied');
      expect(await attempt(actor, sql`DELETE FROM orgdock.audit_checkpoints`)).toBe('denied');
    });

    it('guards reviews, breaches and alerts', async () => {
      const decide = sql`UPDATE orgdock.access_review_items SET decision = 'keep'`;
      expect(await attempt(actor, decide)).toBe(only('admin', 'system'));
      const close = sql`UPDATE orgdock.access_reviews SET closed_at = orgdock.now()`;
      expect(await attempt(actor, close)).toBe(only('admin', 'system'));
      for (const table of ['access_reviews', 'access_review_items', 'breaches', 'breach_grants', 'alerts']) {
        const remove = sql`DELETE FROM orgdock.${sql.identifier(table)}`;
        expect(await attempt(actor, remove), table).toBe(only('system'));
      }
      const finish = sql`UPDATE orgdock.breaches SET finished_at = orgdock.now()`;
      expect(await attempt(actor, finish)).toBe(only('system'));
      const press = sql`INSERT INTO orgdock.breaches (scope, scope_name, reason, started_by, started_by_name, ends_sessions)
        VALUES ('all', 'x', 'x', ${people.admin.personId}, 'x', true)`;
      expect(await attempt(actor, press)).toBe(insertOnly('system'));
      const confirm = sql`UPDATE orgdock.breach_grants SET outcome = 'confirmed'`;
      expect(await attempt(actor, confirm)).toBe(only('system'));
      const settle = sql`UPDATE orgdock.alerts SET settled_at = orgdock.now()`;
      expect(await attempt(actor, settle)).toBe(only('admin', 'system'));
      const hide = sql`UPDATE orgdock.connection_usage SET rows = 0`;
      expect(await attempt(actor, hide)).toBe(only('system'));
    });

    it('guards views and preferences of a grid', async () => {
      const update = sql`UPDATE orgdock.grid_views SET name = 'x'`;
      expect(await attempt(actor, update)).toBe(only('owner', 'system'));
      const shared = sql`DELETE FROM orgdock.grid_views`;
      expect(await attempt(actor, shared)).toBe(only('owner', 'admin', 'system'));
      const insert = sql`INSERT INTO orgdock.grid_views (environment_id, sobject, owner_id, name, state)
        VALUES (${environmentId}, 'Account', ${people.owner.personId}, 'x', '{}')`;
      expect(await attempt(actor, insert)).toBe(insertOnly('owner', 'system'));
      const prefer = sql`UPDATE orgdock.grid_preferences SET is_favourite = true`;
      expect(await attempt(actor, prefer)).toBe(only('owner', 'system'));
    });

    it('takes an audit row under the own name only, and never changes one', async () => {
      const row = sql`INSERT INTO orgdock.audit_log (action, actor_kind, person_id, subject_type, subject_id, outcome)
        VALUES ('session.sign_out', 'person', ${people.owner.personId}, 'session', '1', 'done')`;
      expect(await attempt(actor, row)).toBe(insertOnly('owner', 'system'));
      expect(await attempt(actor, sql`UPDATE orgdock.audit_log SET outcome = 'failed'`)).toBe('denied');
      expect(await attempt(actor, sql`DELETE FROM orgdock.audit_log`)).toBe('denied');
      expect(await attempt(actor, sql`TRUNCATE orgdock.audit_log`)).toBe('denied');
    });

    it('lets only the system change the portal row, and nobody the structure', async () => {
      expect(await attempt(actor, sql`UPDATE orgdock.portal SET setup_closed = true`)).toBe(only('system'));
      expect(await attempt(actor, sql`DELETE FROM orgdock.migrations`)).toBe('denied');
      expect(await attempt(actor, sql`ALTER TABLE orgdock.people DISABLE ROW LEVEL SECURITY`)).toBe('denied');
    });
  });

  it('lets nobody give themselves a role or come back after deactivation', async () => {
    const promote = sql`UPDATE orgdock.people SET role = 'admin' WHERE id = ${people.owner.personId}`;
    expect(await attempt('owner', promote)).toBe('denied');
    const gone = await makeContext();
    await withSystem('test', (tx) =>
      tx.update(schema.people).set({ deactivatedAt: new Date() }).where(eq(schema.people.id, gone.personId)),
    );
    const back = await withActor(gone, (tx) =>
      tx.update(schema.people).set({ deactivatedAt: null }).returning(),
    );
    expect(back).toEqual([]);
  });

  it('does not let an owner hand a connection to somebody else', async () => {
    const give = sql`UPDATE orgdock.connections SET owner_id = ${people.stranger.personId}`;
    expect(await attempt('owner', give)).toBe('denied');
  });

  it('binds the owner of the tables, too', async () => {
    const rows = await asOwner(async (sql) => {
      const table = 'orgdock_rls_probe';
      await sql.unsafe(`CREATE ROLE ${table}_${process.pid} LOGIN`);
      return sql.begin(async (tx) => {
        await tx.unsafe(`ALTER TABLE orgdock.people OWNER TO ${table}_${process.pid}`);
        await tx.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${table}_${process.pid}`);
        await tx.unsafe(`SET LOCAL ROLE ${table}_${process.pid}`);
        const seen = await tx`SELECT id FROM orgdock.people`;
        await tx.unsafe('RESET ROLE');
        await tx.unsafe(`REASSIGN OWNED BY ${table}_${process.pid} TO CURRENT_USER`);
        await tx.unsafe(`DROP OWNED BY ${table}_${process.pid}`);
        await tx.unsafe(`DROP ROLE ${table}_${process.pid}`);
        return seen;
      });
    });
    expect(rows).toHaveLength(0);
  });
});

import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withActor, withCustody, withSystem } from '@/db/client';
import { auditLog, connections, environments, people, refreshAttempts, strayGrants } from '@/db/schema';
import { revokeConnection } from '@/lib/connections/custody/commands';
import { health, listGrants } from '@/lib/connections/custody/list-grants';
import { listAttempts, listStrayGrants, viewCustody } from '@/lib/connections/custody/queries';
import { parseGrantList } from '@/lib/connections/custody/schema';
import { healthOf } from '@/lib/connections/problem';
import { getConnection, requireConnection } from '@/lib/connections/queries';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { tokenSource } from '@/lib/connections/token-source';
import { registry } from '@/lib/registry';
import { callThrough, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { startTokenEndpoint } from '@/tests/token-endpoint';

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
  });
  await withSystem('test', (tx) => tx.delete(connections));
});

async function connected() {
  const endpoint = await startTokenEndpoint();
  return { endpoint, ...(await makeConnected(endpoint)) };
}

const list = (search: Record<string, string> = {}) => parseGrantList(search);

describe('attempts', () => {
  it('say what for, how it ended, in whose words and how long it took; never a token', async () => {
    const { endpoint, ctx, connection, source } = await connected();
    endpoint.expireAccessTokens();
    await callThrough(endpoint, source);
    endpoint.expireAccessTokens();
    endpoint.faults.push('expired');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    const { attempts, older } = await listAttempts(ctx, connection.id, null);
    expect(older).toBeNull();
    expect(attempts).toMatchObject([
      {
        purpose: 'refresh',
        outcome: 'refused',
        httpStatus: 400,
        words: { by: 'salesforce', error: 'invalid_grant', description: 'expired access/refresh token' },
        generation: 2,
        ofThisGrant: true,
        events: [],
      },
      { purpose: 'refresh', outcome: 'landed', words: null, generation: 1 },
    ]);
    for (const { durationMs, process } of attempts) {
      expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(process).toMatch(/^[0-9a-f]{8}$/);
    }
    expect(JSON.stringify(attempts)).not.toMatch(/5Aep|00D\w{12}!/);
  });

  it('that never left are in Orgdock’s words', async () => {
    const { ctx, connection } = await connected();
    await addAttempts(connection.id, [
      { outcome: 'unsent', error: 'HOST_NOT_ALLOWED' },
      { outcome: 'uncertain', error: 'answer_lost' },
    ]);
    const { attempts } = await listAttempts(ctx, connection.id, null);
    expect(attempts.map(({ words }) => words?.by)).toEqual(['orgdock', 'orgdock']);
  });

  it('are paged back to the oldest, also those of one instant', async () => {
    const { ctx, connection } = await connected();
    const at = new Date();
    await addAttempts(
      connection.id,
      Array.from({ length: 45 }, () => ({ outcome: 'landed' as const, claimedAt: at })),
    );
    const seen: string[] = [];
    for (let older: string | null = null, pages = 0; pages < 3; pages += 1) {
      const page = await listAttempts(ctx, connection.id, older);
      seen.push(...page.attempts.map(({ id }) => id));
      older = page.older;
      expect(older === null).toBe(pages === 2);
    }
    expect(new Set(seen).size).toBe(45);
  });

  it('of nobody else are shown for a made-up place in the list', async () => {
    const mine = await connected();
    const other = await connected();
    await addAttempts(mine.connection.id, [{ outcome: 'landed' }]);
    const [theirs] = await addAttempts(other.connection.id, [{ outcome: 'landed' }]);
    for (const olderThan of [theirs ?? '', randomUUID(), "' OR 1=1 --"]) {
      expect(await listAttempts(mine.ctx, mine.connection.id, olderThan)).toEqual({
        attempts: [],
        older: null,
      });
    }
  });

  it('of another person are not listed', async () => {
    const { connection } = await connected();
    for (const role of ['member', 'admin', 'auditor'] as const) {
      const stranger = await makeContext(role);
      await expect(listAttempts(stranger, connection.id, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('of an earlier grant are marked', async () => {
    const { ctx, connection } = await connected();
    await addAttempts(connection.id, [{ outcome: 'landed', grantId: randomUUID() }]);
    const { attempts } = await listAttempts(ctx, connection.id, null);
    expect(attempts).toMatchObject([{ ofThisGrant: false }]);
  });

  it('show what a refresh told of the org, to the owner and to auditors', async () => {
    const { endpoint, ctx, connection, source } = await connected();
    const elsewhere = 'https://old.my.salesforce.com';
    await withSystem('test', (tx) =>
      tx.update(connections).set({ instanceUrl: elsewhere }).where(eq(connections.id, connection.id)),
    );
    await source.renew(1);
    const moved = [{ event: 'instance_moved', from: elsewhere, to: endpoint.origin }];
    expect((await listAttempts(ctx, connection.id, null)).attempts).toMatchObject([{ events: moved }]);
    const custody = await viewCustody(await makeContext('auditor'), connection.id, null);
    expect(custody?.attempts.attempts).toMatchObject([{ events: moved }]);
  });
});

type Attempt = Partial<typeof refreshAttempts.$inferInsert>;

/** The newest last; their ids. */
async function addAttempts(connectionId: string, some: Attempt[]): Promise<string[]> {
  return await withSystem('test', async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.id, connectionId));
    if (!row) throw new Error('no such connection');
    const { grantId, generation } = row;
    const values = some.map((one) => ({
      connectionId,
      grantId,
      generation,
      fence: 1,
      leaseOwner: 'abcd1234/x',
      purpose: 'refresh' as const,
      ...one,
    }));
    const rows = await tx.insert(refreshAttempts).values(values).returning({ id: refreshAttempts.id });
    return rows.map(({ id }) => id);
  });
}

describe('"last used" says by whom', () => {
  it('to the owner of the connection and to custodians', async () => {
    const { ctx, connection } = await connected();
    await tokenSource(connection as never, ctx.personId).used();
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      lastUsedByOwner: true,
      lastUsedAt: expect.any(String),
    });
    const { grants } = await listGrants(await makeContext('admin'), list());
    expect(grants).toMatchObject([{ lastUsedBy: ctx.displayName }]);
  });

  it('or nobody, when it was the portal', async () => {
    const { ctx, connection, source } = await connected();
    await source.used();
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      lastUsedByOwner: false,
      lastUsedAt: expect.any(String),
    });
  });
});

describe('the custody of somebody else’s grant', () => {
  it('has everything but tokens and records, and looking is audited', async () => {
    const { ctx: owner, connection } = await connected();
    const auditor = await makeContext('auditor');
    const custody = await viewCustody(auditor, connection.id, null);
    expect(custody).toMatchObject({
      owner: owner.displayName,
      lastUsedBy: null,
      connection: { id: connection.id, health: 'healthy', generation: 1, consentedAt: expect.any(String) },
      forecast: { endsBy: 'idle', keepAlive: true },
      attempts: { attempts: [], older: null },
    });
    expect(JSON.stringify(custody)).not.toMatch(/5Aep|00D\w{12}!|eyJ/);
    expect((await auditOf('custody.view')).at(-1)).toMatchObject({
      subjectId: connection.id,
      personId: auditor.personId,
      details: { ownerId: owner.personId },
    });
  });

  it('is not shown when the audit row cannot be written', async () => {
    const { connection } = await connected();
    const admin = await makeContext('admin');
    const broken = { ...admin, request: { ...admin.request, requestId: 'a\u0000b' } };
    await expect(viewCustody(broken, connection.id, null)).rejects.toThrow();
  });

  it('is for administrators and auditors only, and never a way to records', async () => {
    const { connection } = await connected();
    const member = await makeContext('member');
    await expect(viewCustody(member, connection.id, null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listGrants(member, list())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const admin = await makeContext('admin');
    expect(await viewCustody(admin, randomUUID(), null)).toBeNull();
    expect(await viewCustody(admin, "' OR 1=1", null)).toBeNull();
    expect(await getConnection(admin, connection.id)).toBeNull();
    // The wall itself: without custody being asked for, an administrator sees no row.
    const rows = await withActor(admin, (tx) => tx.select().from(connections));
    expect(rows).toEqual([]);
  });

  it('of oneself is no audit matter', async () => {
    const endpoint = await startTokenEndpoint();
    const admin = await makeContext('admin');
    const { connection } = await makeConnected(endpoint, { ctx: admin });
    const before = (await auditOf('custody.view')).length;
    expect(await viewCustody(admin, connection.id, null)).not.toBeNull();
    expect(await auditOf('custody.view')).toHaveLength(before);
  });

  it('outlives the person who used it', async () => {
    const { connection } = await connected();
    const gone = await makeContext();
    await tokenSource(connection as never, gone.personId).used();
    await withSystem('test', (tx) => tx.delete(people).where(eq(people.id, gone.personId)));
    const custody = await viewCustody(await makeContext('admin'), connection.id, null);
    expect(custody).toMatchObject({ lastUsedBy: null, connection: { lastUsedAt: expect.any(String) } });
  });
});

describe('the list of all grants', () => {
  async function someGrants() {
    const production = await makeEnvironment({ name: 'Alpha', kind: 'production' });
    const uat = await makeEnvironment({ name: 'Beta', kind: 'uat', idleLimitDays: null });
    const [one, two] = [await makeContext(), await makeContext()];
    await makeConnection(
      { ownerId: one.personId, environmentId: production.id },
      { username: 'ada@acme.example', generation: 7, lastUsedAt: new Date('2026-01-02') },
    );
    await makeConnection(
      { ownerId: two.personId, environmentId: uat.id },
      { username: 'b_b@acme.example', state: 'needs_reconnect', problemCode: 'GRANT_ENDED', generation: 3 },
    );
    await makeConnection(
      { ownerId: null, environmentId: uat.id },
      { username: 'robot@acme.example', name: 'Nightly export', flow: 'jwt_bearer' },
    );
    await makeConnection(
      { ownerId: one.personId, environmentId: uat.id },
      { username: 'old@acme.example', state: 'disconnected', revocation: 'confirmed' },
    );
    return { admin: await makeContext('admin'), production, uat, one, two };
  }
  const usernames = (grants: Array<{ username: string }>) => grants.map((grant) => grant.username);

  it('shows everybody’s, with owner or service, health and forecast, and is audited', async () => {
    const { admin, one, two } = await someGrants();
    const { grants, total } = await listGrants(admin, list());
    expect(total).toBe(3);
    expect(grants).toMatchObject([
      { username: 'ada@acme.example', owner: one.displayName, health: 'healthy', generation: 7 },
      { username: 'b_b@acme.example', owner: two.displayName, health: 'needs_reconnect' },
      { username: 'robot@acme.example', owner: null, name: 'Nightly export', forecast: { endsAt: null } },
    ]);
    expect(grants[0]?.forecast.endsAt).not.toBeNull();
    expect((await auditOf('custody.list')).at(-1)).toMatchObject({
      personId: admin.personId,
      details: { environment: null, health: null, page: 1, shown: 3 },
    });
  });

  it.each([
    [{ q: 'ADA@' }, ['ada@acme.example']],
    [{ q: 'nightly' }, ['robot@acme.example']],
    [{ q: 'b_b' }, ['b_b@acme.example']],
    [{ q: '%' }, []],
    [{ q: '\\' }, []],
    [{ health: 'needs_reconnect' }, ['b_b@acme.example']],
    [{ health: 'needs_attention' }, ['b_b@acme.example']],
    [{ health: 'disconnected' }, ['old@acme.example']],
    [{ health: 'no such' }, ['ada@acme.example', 'b_b@acme.example', 'robot@acme.example']],
    [{ sort: '-generation' }, ['ada@acme.example', 'b_b@acme.example', 'robot@acme.example']],
    [{ sort: 'generation' }, ['robot@acme.example', 'b_b@acme.example', 'ada@acme.example']],
    [{ sort: '-used' }, ['ada@acme.example', expect.any(String), expect.any(String)]],
    [{ sort: '-ends' }, ['ada@acme.example', expect.any(String), expect.any(String)]],
    [{ sort: 'org' }, ['ada@acme.example', 'b_b@acme.example', 'robot@acme.example']],
    [{ sort: 'retrieved' }, ['ada@acme.example', 'b_b@acme.example', 'robot@acme.example']],
    [{ page: '99' }, ['ada@acme.example', 'b_b@acme.example', 'robot@acme.example']],
  ] as const)('finds and orders by %j', async (search, expected) => {
    const { admin } = await someGrants();
    const { grants } = await listGrants(admin, list(search as unknown as Record<string, string>));
    expect(usernames(grants)).toEqual(expected);
  });

  it('finds by environment and by owner', async () => {
    const { admin, uat, two } = await someGrants();
    const ofUat = await listGrants(admin, list({ environment: uat.slug }));
    expect(usernames(ofUat.grants)).toEqual(['b_b@acme.example', 'robot@acme.example']);
    const ofTwo = await listGrants(admin, list({ q: two.displayName, sort: 'owner' }));
    expect(usernames(ofTwo.grants)).toEqual(['b_b@acme.example']);
  });

  it('has pages of fifty', async () => {
    const environment = await makeEnvironment();
    const admin = await makeContext('admin');
    await withSystem('test', async (tx) => {
      const row = {
        environmentId: environment.id,
        ownerId: admin.personId,
        orgId: '00D000000000001EAA',
        userDisplayName: 'Ada',
        instanceUrl: 'https://acme.my.salesforce.com',
        tokenHost: environment.origin,
        clientId: environment.clientId,
        scopes: ['api'],
      };
      const values = Array.from({ length: 51 }, (_, n) => ({
        ...row,
        salesforceUserId: `005${String(n).padStart(15, '0')}`,
        username: `user${n}@acme.example`,
        grantId: randomUUID(),
      }));
      await tx.insert(connections).values(values);
    });
    const first = await listGrants(admin, list());
    expect(first).toMatchObject({ total: 51, page: 1, pages: 2 });
    const second = await listGrants(admin, list({ page: '2' }));
    expect(second.grants).toHaveLength(1);
    expect(new Set([...usernames(first.grants), ...usernames(second.grants)]).size).toBe(51);
  });

  it('calls a grant of an app that is gone what its owner sees', async () => {
    const { admin, production } = await someGrants();
    await withSystem('test', (tx) =>
      tx.update(environments).set({ clientId: 'another' }).where(eq(environments.id, production.id)),
    );
    const { grants } = await listGrants(admin, list({ health: 'needs_reconnect', sort: 'org' }));
    expect(usernames(grants)).toEqual(['ada@acme.example', 'b_b@acme.example']);
  });

  it('filters by the very health that it shows, whatever the state', async () => {
    const environment = await makeEnvironment();
    const soon = new Date(Date.now() + 60_000);
    for (const state of connections.state.enumValues) {
      for (const revocation of connections.revocation.enumValues) {
        for (const problemCode of [null, 'APP_SECRET_INVALID']) {
          for (const leaseUntil of [null, soon]) {
            await makeConnection(
              { ownerId: null, environmentId: environment.id },
              { state, revocation, problemCode, leaseUntil },
            );
          }
        }
      }
    }
    const rows = await withCustody(await makeContext('admin'), (tx) =>
      tx
        .select({ connection: connections, leaseIsLive, health })
        .from(connections)
        .innerJoin(environments, eq(environments.id, connections.environmentId)),
    );
    expect(rows.length).toBe(6 * 4 * 2 * 2);
    for (const row of rows) {
      expect(row.health).toBe(healthOf({ ...row.connection, leaseIsLive: row.leaseIsLive }));
    }
  });
});

describe('revoking somebody else’s grant', () => {
  it('ends it at the org in the administrator’s name, and its owner may connect anew', async () => {
    const { endpoint, ctx, connection, source } = await connected();
    const admin = await makeContext('admin');
    await revokeConnection(admin, connection.id);
    expect(endpoint.liveGrants).toBe(0);
    const { row, refreshToken, audit } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed' });
    expect(refreshToken).toBeNull();
    expect(audit.find(({ action }) => action === 'connection.disconnect')).toMatchObject({
      personId: admin.personId,
      details: { stateBefore: 'idle' },
    });
    await expect(source.current()).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect((await requireConnection(ctx, connection.id)).health).toBe('disconnected');
  });

  it('changes nothing the second time', async () => {
    const { endpoint, connection } = await connected();
    const admin = await makeContext('admin');
    await revokeConnection(admin, connection.id);
    await revokeConnection(admin, connection.id);
    expect(endpoint.revokes).toBe(1);
  });

  it('leaves a refresh in flight to its holder, who revokes what Salesforce answers', async () => {
    const { endpoint, connection, source } = await connected();
    const admin = await makeContext('admin');
    endpoint.expireAccessTokens();
    endpoint.beforeAnswer = () => revokeConnection(admin, connection.id);
    await callThrough(endpoint, source).catch(() => false);
    await Promise.all(registry().unfinished);
    expect(endpoint.liveGrants).toBe(0);
    expect(endpoint.violations).toEqual([]);
    expect((await readStored(connection.id)).row).toMatchObject({ revocation: 'confirmed' });
  });

  it.each(['member', 'auditor'] as const)('is not for the role %s', async (role) => {
    const { endpoint, connection } = await connected();
    await expect(revokeConnection(await makeContext(role), connection.id)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(endpoint.liveGrants).toBe(1);
  });

  it.each([randomUUID(), "' OR 1=1"])('finds nothing under %s', async (id) => {
    const admin = await makeContext('admin');
    await expect(revokeConnection(admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is still to be revoked', () => {
  it('is listed with where it came from and the last words, never the token', async () => {
    const environment = await makeEnvironment();
    const admin = await makeContext('admin');
    await withSystem('test', async (tx) => {
      const row = {
        connectionId: 'refused grant',
        environmentId: environment.id,
        grantId: randomUUID(),
        generation: 1,
        tokenHost: environment.origin,
        clientId: environment.clientId,
        token: 'sealed-token',
      };
      await tx.insert(strayGrants).values([
        { ...row, why: 'refused after consent', tries: 2, error: 'http_503', httpStatus: 503 },
        { ...row, why: 'done', finishedAt: sql`orgdock.now()`, outcome: 'confirmed' as const },
      ]);
    });
    const strays = await listStrayGrants(admin);
    expect(strays).toMatchObject([
      { why: 'refused after consent', tries: 2, salesforce: { error: 'http_503', status: 503 } },
    ]);
    expect(JSON.stringify(strays)).not.toContain('sealed-token');
    expect(await listStrayGrants(await makeContext('auditor'))).toEqual(strays);
    await expect(listStrayGrants(await makeContext())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('while the outcome of a refresh is unknown', () => {
  it.each([
    [{ introspection: true }, 'introspect'],
    [{ introspection: false, uncertainPolicy: 'one_try' as const }, 'one_try'],
    [{ introspection: false }, 'leave'],
  ])('the page can say how it is found out: %j', async (policy, how) => {
    const environment = await makeEnvironment(policy);
    const ctx = await makeContext();
    const uncertainSince = new Date('2026-03-31T10:04:00Z');
    const { id } = await makeConnection(
      { ownerId: ctx.personId, environmentId: environment.id },
      { state: 'uncertain', uncertainSince, problemCode: 'GRANT_OUTCOME_UNKNOWN' },
    );
    expect((await requireConnection(ctx, id)).settling).toEqual({
      since: '2026-03-31T10:04:00.000Z',
      until: '2026-03-31T10:06:00.000Z',
      how,
    });
  });

  it('nothing is said when it is known', async () => {
    const { ctx, connection } = await connected();
    expect((await requireConnection(ctx, connection.id)).settling).toBeNull();
  });

  it('and the holder is gone, the time is not known yet', async () => {
    const { ctx, connection } = await connected();
    await withSystem('test', (tx) => tx.update(connections).set({ state: 'refreshing' }));
    expect((await requireConnection(ctx, connection.id)).settling).toMatchObject({
      since: null,
      until: null,
    });
  });
});

it('the audit rows of looking hold no search words', async () => {
  const admin = await makeContext('admin');
  await listGrants(admin, list({ q: '5Aep861secret' }));
  const rows = await withSystem('test', (tx) => tx.select().from(auditLog));
  expect(JSON.stringify(rows)).not.toContain('5Aep861secret');
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, environments } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { getConnection, listConnections, requireConnection } from '@/lib/connections/queries';
import { type NewGrant, storeGrant } from '@/lib/connections/store-grant';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import type { UserInfo } from '@/lib/salesforce/types';
import { callThrough, makeAppEnvironment, readStored, setPolicy } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, type TokenEndpoint, USER_ID } from '@/tests/token-endpoint';

beforeEach(() => {
  for (const slot of ['flights', 'pauses']) registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
    consentStoreMs: 100,
  });
});

const user: UserInfo = {
  orgId: ORG_ID,
  userId: USER_ID,
  username: 'ada@acme.example',
  displayName: 'Ada Lovelace',
  email: null,
  locale: 'en_US',
  timeZone: 'America/New_York',
};

async function setting(role: 'member' | 'admin' = 'member') {
  const endpoint = await startTokenEndpoint();
  const environment = await makeAppEnvironment(endpoint);
  const ctx = await makeContext(role);
  return { endpoint, environment, ctx };
}

function grantFor(
  {
    endpoint,
    environment,
    ctx,
  }: { endpoint: TokenEndpoint; environment: { id: string }; ctx: PersonContext },
  changes: Partial<NewGrant> = {},
): NewGrant {
  return {
    environmentId: environment.id,
    app: endpoint.app,
    answer: changes.answer ?? endpoint.consent(),
    user,
    ownerId: ctx.personId,
    mayPinOrg: ctx.role === 'admin',
    reconnects: null,
    ...changes,
  };
}

/** The same grant in the name of another org or user. */
function asOther(endpoint: TokenEndpoint, ids: { orgId?: string; userId?: string }) {
  return { answer: endpoint.consent(ids), user: { ...user, ...ids, username: 'grace@other.example' } };
}

async function readEnvironment(id: string) {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(environments).where(eq(environments.id, id)),
  );
  return row;
}

const settled = () => Promise.all(registry().unfinished);

describe('a consented grant', () => {
  it('becomes a connection that serves calls', async () => {
    const at = await setting();
    const { connectionId, reconnected } = await storeGrant(at.ctx, grantFor(at));
    expect(reconnected).toBe(false);
    const connection = await requireConnection(at.ctx, connectionId);
    expect(connection).toMatchObject({
      health: 'healthy',
      problem: null,
      orgId: ORG_ID,
      orgName: 'Acme Corporation',
      defaultCurrency: 'EUR',
      username: 'ada@acme.example',
      generation: 1,
      revocation: 'none',
      lastUsedAt: null,
    });
    const source = tokenSource(connection);
    expect(await callThrough(at.endpoint, source)).toBe(true);
    await source.used();
    const [listed] = await listConnections(at.ctx);
    expect(listed?.lastUsedAt).not.toBeNull();
    expect((await readStored(connectionId)).audit).toMatchObject([
      { action: 'connection.connect', personId: at.ctx.personId },
    ]);
  });

  it('is stored also when the org does not tell its name', async () => {
    const at = await setting();
    const handle = at.endpoint.handle.bind(at.endpoint);
    at.endpoint.handle = async (request, response) => {
      if (request.url.pathname.startsWith('/services/data/')) response.writeHead(404).end('[]');
      else await handle(request, response);
    };
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    expect(await requireConnection(at.ctx, connectionId)).toMatchObject({ orgName: null, health: 'healthy' });
  });

  it('keeps the name that is known when the org does not tell it again', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const handle = at.endpoint.handle.bind(at.endpoint);
    at.endpoint.handle = async (request, response) => {
      if (request.url.pathname.startsWith('/services/data/')) response.writeHead(404).end('[]');
      else await handle(request, response);
    };
    await storeGrant(at.ctx, grantFor(at, { reconnects: connectionId }));
    expect(await requireConnection(at.ctx, connectionId)).toMatchObject({
      generation: 2,
      orgName: 'Acme Corporation',
    });
  });

  it('belongs to its owner only, and the same Salesforce user may be connected by two people', async () => {
    const at = await setting();
    const other = { ...at, ctx: await makeContext('admin') };
    const mine = await storeGrant(at.ctx, grantFor(at));
    const theirs = await storeGrant(other.ctx, grantFor(other));
    expect(theirs.connectionId).not.toBe(mine.connectionId);
    expect(await getConnection(other.ctx, mine.connectionId)).toBeNull();
    await expect(requireConnection(other.ctx, mine.connectionId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(requireConnection(at.ctx, 'not-an-id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(requireConnection(at.ctx, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listConnections(other.ctx)).toHaveLength(1);
    expect(at.endpoint.liveGrants).toBe(2);
  });

  it('is refused and revoked when it cannot last', async () => {
    const at = await setting();
    const answer = { ...at.endpoint.consent(), refreshToken: null };
    await expect(storeGrant(at.ctx, grantFor(at, { answer }))).rejects.toMatchObject({
      code: 'CONSENT_NO_REFRESH_TOKEN',
    });
    expect(at.endpoint.accepts(answer.accessToken)).toBe(false);
    expect(await listConnections(at.ctx)).toEqual([]);
  });

  it('is refused and revoked when userinfo names somebody else', async () => {
    const at = await setting();
    const grant = grantFor(at, { user: { ...user, userId: '005000000000009AAA' } });
    await expect(storeGrant(at.ctx, grant)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    expect(at.endpoint.liveGrants).toBe(0);
  });

  it('is refused and revoked when the environment is gone', async () => {
    const at = await setting();
    await expect(storeGrant(at.ctx, grantFor(at, { environmentId: randomUUID() }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(at.endpoint.liveGrants).toBe(0);
    const audit = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'token.revoke')),
    );
    expect(audit.at(-1)).toMatchObject({ outcome: 'done', details: { why: 'refused after consent' } });
  });

  it('is revoked when the database refuses it for good', async () => {
    const at = await setting();
    const ownerId = randomUUID() as NewGrant['ownerId'];
    await expect(storeGrant(at.ctx, grantFor(at, { ownerId }))).rejects.toThrow(/foreign key/);
    expect(at.endpoint.liveGrants).toBe(0);
  });
});

describe('a new consent for a connection', () => {
  it('commits the new grant, then revokes the old one', async () => {
    const at = await setting();
    const first = await storeGrant(at.ctx, grantFor(at));
    const second = await storeGrant(at.ctx, grantFor(at, { reconnects: first.connectionId }));
    expect(second).toEqual({ connectionId: first.connectionId, reconnected: true });
    await settled();
    expect(at.endpoint).toMatchObject({ liveGrants: 1, revokes: 1, violations: [] });
    const { row, refreshToken, audit } = await readStored(first.connectionId);
    expect(row).toMatchObject({ generation: 2, state: 'idle' });
    expect(at.endpoint.isCurrent(refreshToken ?? '')).toBe(true);
    expect(audit.map((entry) => entry.action)).toEqual([
      'connection.connect',
      'connection.reconnect',
      'token.revoke',
    ]);
  });

  it('heals a connection whose outcome is unknown without sending its token', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const source = tokenSource(await requireConnection(at.ctx, connectionId));
    at.endpoint.expireAccessTokens();
    at.endpoint.faults.push('drop-after');
    await expect(callThrough(at.endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await storeGrant(at.ctx, grantFor(at));
    await settled();
    expect(await callThrough(at.endpoint, source)).toBe(true);
    expect(await requireConnection(at.ctx, connectionId)).toMatchObject({ health: 'healthy', problem: null });
    expect(at.endpoint).toMatchObject({ revokes: 0, violations: [] });
  });

  it('brings a disconnected connection back', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    await disconnectConnection(at.ctx, connectionId);
    await storeGrant(at.ctx, grantFor(at, { reconnects: connectionId }));
    await settled();
    expect(await requireConnection(at.ctx, connectionId)).toMatchObject({
      health: 'healthy',
      revocation: 'none',
      disconnectedAt: null,
    });
    expect(at.endpoint).toMatchObject({ revokes: 1, liveGrants: 1 });
  });

  it('during a refresh leaves the late answer to be revoked by its holder', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const source = tokenSource(await requireConnection(at.ctx, connectionId));
    at.endpoint.expireAccessTokens();
    let storing: Promise<unknown> | null = null;
    at.endpoint.beforeAnswer = async () => {
      storing ??= storeGrant(at.ctx, grantFor(at));
      await storing;
    };
    expect(await callThrough(at.endpoint, source)).toBe(true);
    await settled();
    expect(at.endpoint).toMatchObject({ liveGrants: 1, violations: [], revokes: 1, refreshes: 1 });
    const { attempts, row } = await readStored(connectionId);
    expect(attempts).toMatchObject([
      { purpose: 'refresh', outcome: 'late' },
      { purpose: 'revoke', trigger: 'superseded', outcome: 'revoked' },
      { purpose: 'introspect', outcome: 'inactive' },
    ]);
    expect(row).toMatchObject({ state: 'idle', generation: 2 });
  });

  it('during a refresh that came to nothing revokes the unspent token', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const source = tokenSource(await requireConnection(at.ctx, connectionId));
    at.endpoint.expireAccessTokens();
    const handle = at.endpoint.handle.bind(at.endpoint);
    at.endpoint.handle = async (request, response) => {
      if (request.url.pathname.endsWith('/token')) await storeGrant(at.ctx, grantFor(at));
      await handle(request, response);
    };
    at.endpoint.faults.push('json-503');
    expect(await callThrough(at.endpoint, source)).toBe(true);
    await settled();
    expect(at.endpoint).toMatchObject({ liveGrants: 1, violations: [], revokes: 1, refreshes: 1 });
  });

  it('refuses another Salesforce user, with both names, and revokes', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const other = asOther(at.endpoint, { userId: '005000000000002AAA' });
    await expect(
      storeGrant(at.ctx, grantFor(at, { ...other, reconnects: connectionId })),
    ).rejects.toMatchObject({
      code: 'CONSENT_WRONG_USER',
      details: { expectedUsername: 'ada@acme.example', actualUsername: 'grace@other.example' },
    });
    await settled();
    expect(at.endpoint.liveGrants).toBe(1);
    expect((await readStored(connectionId)).row).toMatchObject({ generation: 1, state: 'idle' });
  });

  it('refuses to renew the connection of another person', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, grantFor(at));
    const stranger = { ...at, ctx: await makeContext() };
    await expect(
      storeGrant(stranger.ctx, grantFor(stranger, { reconnects: connectionId })),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(at.endpoint.liveGrants).toBe(1);
  });
});

describe('the expected org', () => {
  it('is proposed by a member and pinned by an administrator', async () => {
    const at = await setting();
    await storeGrant(at.ctx, grantFor(at));
    expect(await readEnvironment(at.environment.id)).toMatchObject({
      expectedOrgId: null,
      proposedOrgId: ORG_ID,
    });
    const admin = { ...at, ctx: await makeContext('admin') };
    await storeGrant(admin.ctx, grantFor(admin));
    expect(await readEnvironment(at.environment.id)).toMatchObject({
      expectedOrgId: ORG_ID,
      expectedOrgName: 'Acme Corporation',
      proposedOrgId: null,
    });
  });

  it('keeps another org out, names both, revokes, and proposes it', async () => {
    const at = await setting('admin');
    await storeGrant(at.ctx, grantFor(at));
    const orgId = '00D000000000002EAA';
    await expect(storeGrant(at.ctx, grantFor(at, asOther(at.endpoint, { orgId })))).rejects.toMatchObject({
      code: 'CONSENT_WRONG_ORG',
      details: { expectedOrgId: ORG_ID, expectedOrgName: 'Acme Corporation', actualOrgId: orgId },
    });
    await settled();
    expect(at.endpoint.liveGrants).toBe(1);
    expect(await readEnvironment(at.environment.id)).toMatchObject({
      expectedOrgId: ORG_ID,
      proposedOrgId: orgId,
    });
    const rows = await withSystem('test', (tx) =>
      tx.select().from(connections).where(eq(connections.orgId, orgId)),
    );
    expect(rows).toEqual([]);
  });
});

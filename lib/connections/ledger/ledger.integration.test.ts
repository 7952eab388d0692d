import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments, identities, strayGrants } from '@/db/schema';
import { listLiveGrants } from '@/lib/connections/ledger/live-grants';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { requireConnection } from '@/lib/connections/queries';
import { type NewGrant, storeGrant } from '@/lib/connections/store-grant';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import { makeAppEnvironment, readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { type EnvironmentRow, makeConnection, makeContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, type TokenEndpoint, USER_ID } from '@/tests/token-endpoint';

const DAY = 24 * 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'revocationPolicy'])
    registry().slots.delete(`connections.${slot}`);
  setPolicy({ callerWaitMs: 3_000, storePauseMs: { first: 5, longest: 20 } });
  await withSystem('test', async (tx) => {
    await tx.delete(strayGrants);
    await tx.delete(connections);
    // Every endpoint has the same consumer key and org: environments of other tests would warn as well.
    await tx.update(environments).set({ expectedOrgId: null });
  });
});

const settled = () => Promise.all(registry().unfinished);

interface Setting {
  endpoint: TokenEndpoint;
  environment: EnvironmentRow;
  ctx: PersonContext;
}

/** An environment pinned to the org, and a person whose identity there is the Salesforce user. */
async function setting(role: 'member' | 'admin' = 'member'): Promise<Setting> {
  const endpoint = await startTokenEndpoint();
  const environment = await makeAppEnvironment(endpoint);
  await withSystem('test', (tx) =>
    tx
      .update(environments)
      .set({ expectedOrgId: ORG_ID, expectedOrgName: 'Acme' })
      .where(eq(environments.id, environment.id)),
  );
  const ctx = await makeContext(role);
  await withSystem('test', async (tx) => {
    await tx.delete(identities);
    await tx.insert(identities).values({
      personId: ctx.personId,
      issuer: `salesforce:${ORG_ID}`,
      subject: USER_ID,
      username: 'ada@acme.example',
    });
  });
  return { endpoint, environment, ctx };
}

/** A grant of the Salesforce user that somebody of the portal holds. */
async function hold(
  { environment }: Pick<Setting, 'environment'>,
  days: number,
  values: Parameters<typeof makeConnection>[1] & { ownerId?: string | null } = {},
) {
  const { ownerId = (await makeContext()).personId, ...rest } = values;
  return await makeConnection(
    { ownerId, environmentId: environment.id },
    {
      orgId: ORG_ID,
      salesforceUserId: USER_ID,
      userDisplayName: 'Ada Lovelace',
      consentedAt: ago(days * DAY),
      ...rest,
    },
  );
}

const user = { orgId: ORG_ID, salesforceUserId: USER_ID };
const liveOf = ({ environment }: Setting) =>
  withSystem('test', (tx) => listLiveGrants(tx, [{ ...user, clientId: environment.clientId }]));

async function queueStray({ environment }: Setting, values: Partial<typeof strayGrants.$inferInsert> = {}) {
  await withSystem('test', (tx) =>
    tx.insert(strayGrants).values({
      connectionId: 'refused grant',
      environmentId: environment.id,
      grantId: randomUUID(),
      generation: 1,
      ...user,
      tokenHost: environment.origin,
      clientId: environment.clientId,
      why: 'test',
      ...values,
    }),
  );
}

function consentOf({ endpoint, environment, ctx }: Setting): NewGrant {
  return {
    environmentId: environment.id,
    app: endpoint.app,
    answer: endpoint.consent(),
    user: {
      orgId: ORG_ID,
      userId: USER_ID,
      username: 'ada@acme.example',
      displayName: 'Ada Lovelace',
      email: null,
      locale: null,
      timeZone: null,
    },
    ownerId: ctx.personId,
    mayPinOrg: false,
    reconnects: null,
  };
}

describe('the ledger of live grants', () => {
  it('counts by Salesforce user and app, over people and environments, oldest consent first', async () => {
    const at = await setting();
    const twin = { environment: await makeAppEnvironment(at.endpoint) };
    const newest = await hold(at, 1);
    const oldest = await hold(twin, 9, { ownerId: null, name: 'Nightly export' });
    await hold(at, 3, { salesforceUserId: '005000000000002AAA' });
    await hold(at, 4, { orgId: '00D000000000009EAA' });
    await hold(at, 5, { clientId: 'another app' });
    const live = await liveOf(at);
    expect(live.map(({ connectionId }) => connectionId)).toEqual([oldest.id, newest.id]);
    expect(live[0]).toMatchObject({ serviceName: 'Nightly export', ownerId: null, ending: false });
  });

  it('leaves out what has ended for certain, and keeps what may live on', async () => {
    const at = await setting();
    await hold(at, 1, { state: 'disconnected', revocation: 'confirmed' });
    await hold(at, 2, { state: 'disconnected', revocation: 'none' });
    await hold(at, 3, { state: 'needs_reconnect', problemCode: 'GRANT_ENDED', problemAt: ago(DAY) });
    await hold(at, 4, { flow: 'jwt_bearer' });
    const kept = [
      await hold(at, 9, { state: 'disconnected', revocation: 'unconfirmed' }),
      await hold(at, 8, { state: 'disconnecting', revocation: 'unconfirmed' }),
      await hold(at, 7, { state: 'uncertain' }),
      await hold(at, 6, { state: 'needs_reconnect', problemCode: 'CONSENT_WRONG_ORG' }),
    ];
    const live = await liveOf(at);
    expect(live.map(({ connectionId }) => connectionId)).toEqual(kept.map(({ id }) => id));
    expect(live.map(({ ending }) => ending)).toEqual([true, true, false, false]);
  });

  it('counts grants that no connection holds until they are confirmed, by when they were consented to', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, consentOf(at));
    const { row } = await readStored(connectionId);
    const other = await hold(at, -1);
    await queueStray(at, { createdAt: ago(-2 * DAY), connectionId, grantId: row.grantId });
    await queueStray(at, { finishedAt: new Date(), outcome: 'confirmed' });
    await queueStray(at, { finishedAt: new Date(), outcome: 'gave_up', createdAt: ago(8 * DAY) });
    await queueStray(at, { finishedAt: new Date(), outcome: 'gave_up', createdAt: ago(31 * DAY) });
    const live = await liveOf(at);
    expect(live.map(({ connectionId: id, ending }) => [id, ending])).toEqual([
      [null, true],
      [connectionId, false],
      // Stray since the day after tomorrow, but consented to before the other one.
      [null, true],
      [other.id, false],
    ]);
  });

  it('counts a renewed connection once: its old grant goes when the new one is there', async () => {
    const at = await setting();
    const { connectionId } = await storeGrant(at.ctx, consentOf(at));
    await storeGrant(at.ctx, { ...consentOf(at), reconnects: connectionId });
    await settled();
    expect(await liveOf(at)).toHaveLength(1);
    expect(at.endpoint.liveGrants).toBe(1);
  });

  it('is empty for nobody', async () => {
    expect(await withSystem('test', (tx) => listLiveGrants(tx, []))).toEqual([]);
  });
});

describe('the warning before a consent', () => {
  it('says whose grant a sixth one ends, since when, and names other owners to nobody but administrators', async () => {
    const at = await setting();
    const owner = await makeContext();
    await hold(at, 30, { ownerId: owner.personId });
    for (const days of [5, 4, 3]) await hold(at, days);
    expect(await listEvictionWarnings(at.ctx)).toEqual([]);
    await hold(at, 2);
    const warning = {
      environmentId: at.environment.id,
      userName: 'Ada Lovelace',
      username: 'ada@acme.example',
      orgName: 'Acme',
      liveGrants: 5,
      oldest: {
        holder: 'another person of this portal',
        environmentName: at.environment.name,
        since: expect.any(String),
      },
    };
    expect(await listEvictionWarnings(at.ctx)).toEqual([warning]);
    const admin = { ...at.ctx, role: 'admin' as const };
    const [named] = await listEvictionWarnings(admin);
    expect(named?.oldest.holder).toBe(owner.displayName);
    expect(await listEvictionWarnings({ ...at.ctx, role: 'auditor' })).toEqual([warning]);
  });

  it.each([
    ['admin', 'the service connection “Nightly export”'],
    ['member', 'a service connection of this portal'],
  ] as const)('tells a %s of the portal’s own connection', async (role, holder) => {
    const at = await setting(role);
    await hold(at, 30, { ownerId: null, name: 'Nightly export' });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    expect((await listEvictionWarnings(at.ctx))[0]?.oldest.holder).toBe(holder);
  });

  it('says “you” for one’s own, of another environment', async () => {
    const at = await setting();
    const twin = { environment: await makeAppEnvironment(at.endpoint) };
    await hold(twin, 30, { ownerId: at.ctx.personId });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    const warnings = await listEvictionWarnings(at.ctx);
    const here = warnings.find(({ environmentId }) => environmentId === at.environment.id);
    expect(here?.oldest).toMatchObject({ holder: 'you', environmentName: twin.environment.name });
    // Renewing that one itself ends nobody's.
    expect(warnings.some(({ environmentId }) => environmentId === twin.environment.id)).toBe(false);
  });

  it('is not given where the oldest is being revoked anyway', async () => {
    const at = await setting();
    await hold(at, 30, { state: 'disconnecting', revocation: 'unconfirmed' });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    expect(await listEvictionWarnings(at.ctx)).toEqual([]);
  });

  it('is given for a reconnect, whose user is known without an identity', async () => {
    const at = await setting();
    await withSystem('test', (tx) => tx.delete(identities));
    expect(await listEvictionWarnings(at.ctx)).toEqual([]);
    const others = [];
    for (const days of [9, 8, 7, 6]) others.push(await hold(at, days));
    await hold(at, 1, { ownerId: at.ctx.personId });
    expect(await listEvictionWarnings(at.ctx)).toMatchObject([
      { liveGrants: 5, oldest: { holder: 'another person of this portal' } },
    ]);
  });
});

describe('a consent that is the sixth', () => {
  it('leaves evidence with the connection that Salesforce has ended, and its state as it is', async () => {
    const at = await setting();
    const oldest = await hold(at, 30);
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    const { connectionId } = await storeGrant(at.ctx, consentOf(at));
    const { row, audit } = await readStored(oldest.id);
    expect(row).toMatchObject({
      state: 'idle',
      problemCause: null,
      problemEvidence: [
        expect.stringMatching(/ada@acme\.example consented to this app once more: Salesforce keeps 5/),
      ],
    });
    const { grantId } = (await readStored(connectionId)).row;
    expect(audit).toMatchObject([
      {
        action: 'connection.evicted',
        personId: at.ctx.personId,
        details: { certain: false, byGrantId: grantId, grantId: oldest.grantId },
      },
    ]);
    expect(JSON.stringify(row.problemEvidence)).not.toContain(at.ctx.displayName);
  });

  it('gives the cause where Salesforce has refused that grant since', async () => {
    const at = await setting();
    const oldest = await hold(at, 30, {
      state: 'needs_reconnect',
      problemCode: 'GRANT_ENDED',
      problemAt: ago(5_000),
    });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    await storeGrant(at.ctx, consentOf(at));
    expect((await readStored(oldest.id)).row).toMatchObject({
      state: 'needs_reconnect',
      problemCause: 'five_grants',
      problemEvidence: [expect.any(String)],
    });
  });

  it('says nothing of the grant that it renews itself, or of one that is being revoked', async () => {
    const at = await setting();
    const own = await hold(at, 30, { ownerId: at.ctx.personId });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    const before = (await auditOf('connection.evicted')).length;
    await storeGrant(at.ctx, { ...consentOf(at), reconnects: own.id });
    await settled();
    expect((await readStored(own.id)).row).toMatchObject({ generation: 2, problemEvidence: null });
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'disconnecting', consentedAt: ago(40 * DAY) })
        .where(eq(connections.id, own.id)),
    );
    const other = { ...at, ctx: await makeContext() };
    await storeGrant(other.ctx, consentOf(other));
    expect(await auditOf('connection.evicted')).toHaveLength(before);
  });

  it('is forgotten by a new consent to the connection that had ended', async () => {
    const at = await setting();
    const owner = await makeContext();
    const oldest = await hold(at, 30, { ownerId: owner.personId });
    for (const days of [5, 4, 3, 2]) await hold(at, days);
    await storeGrant(at.ctx, consentOf(at));
    expect((await readStored(oldest.id)).row.problemEvidence).not.toBeNull();
    const back = { ...at, ctx: owner };
    await storeGrant(owner, { ...consentOf(back), reconnects: oldest.id });
    expect((await readStored(oldest.id)).row).toMatchObject({ problemEvidence: null, problemCause: null });
    expect((await requireConnection(owner, oldest.id)).health).toBe('healthy');
  });
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets, strayGrants } from '@/db/schema';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { type NewGrant, storeGrant } from '@/lib/connections/store-grant';
import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';
import { makeConnected, readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { ORG_ID, startTokenEndpoint, type TokenEndpoint, USER_ID } from '@/tests/token-endpoint';

/** How often the next transactions of a reason fail, and whether their commit happened all the same. */
const plan = vi.hoisted(() => [] as Array<{ reason: string; when: 'before' | 'after' }>);

vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  return {
    ...actual,
    withSystem: async (reason: string, fn: Parameters<typeof actual.withSystem>[1]) => {
      const index = plan.findIndex((fault) => fault.reason === reason);
      const fault = index < 0 ? undefined : plan.splice(index, 1)[0];
      const away = new AppError('UNAVAILABLE', 'The database does not answer.');
      if (fault?.when === 'before') throw away;
      const result = await actual.withSystem(reason, fn);
      if (fault?.when === 'after') throw away;
      return result;
    },
  };
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

beforeEach(async () => {
  plan.length = 0;
  registry().slots.delete('connections.revocationPolicy');
  registry().slots.set('connections.revocationPolicy', { ...revocationPolicy(), queueMs: 200 });
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
    consentStoreMs: 100,
  });
  await withSystem('test', (tx) => tx.delete(strayGrants));
});

const settled = () => Promise.all(registry().unfinished);
const strays = () => withSystem('test', (tx) => tx.select().from(strayGrants));
const lastRevoke = async () => (await auditOf('token.revoke')).at(-1);

async function setting() {
  const endpoint = await startTokenEndpoint();
  return { endpoint, ...(await makeConnected(endpoint)) };
}

type Setting = Awaited<ReturnType<typeof setting>>;

/** A token that nobody holds, and where it came from. */
function strayOf({ endpoint, connection, environment }: Setting) {
  const { refreshToken } = endpoint.consent();
  const origin = {
    connectionId: connection.id,
    grantId: randomUUID(),
    generation: 1,
    environmentId: environment.id,
    app: endpoint.app,
    orgId: ORG_ID,
    userId: USER_ID,
  };
  return { origin, refreshToken };
}

function consentFor({ endpoint, environment, ctx }: Setting, changes: Partial<NewGrant> = {}): NewGrant {
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
    ...changes,
  };
}

/** Takes an org down until the returned function is called. */
function takeDown(endpoint: TokenEndpoint): () => void {
  const handle = endpoint.handle;
  endpoint.handle = async (_request, response) => void response.socket?.destroy();
  return () => {
    endpoint.handle = handle;
  };
}

describe('a stray grant', () => {
  it('is revoked at once and verified; its token is forgotten', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    await revokeStrayToken(origin, refreshToken, 'superseded during a refresh');
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
    expect(await strays()).toMatchObject([
      {
        outcome: 'confirmed',
        token: null,
        tries: 1,
        orgId: ORG_ID,
        salesforceUserId: USER_ID,
        leaseUntil: null,
      },
    ]);
    expect(await lastRevoke()).toMatchObject({
      subjectId: at.connection.id,
      outcome: 'done',
      details: { why: 'superseded during a refresh', verified: 'introspection' },
    });
    expect((await readStored(at.connection.id)).attempts).toMatchObject([
      { purpose: 'revoke', trigger: 'superseded', grantId: origin.grantId, outcome: 'revoked' },
      { purpose: 'introspect', outcome: 'inactive' },
    ]);
  });

  it('waits sealed in the queue while the org is away, and is revoked when it answers', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    const bringBack = takeDown(at.endpoint);
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    const [queued] = await strays();
    expect(queued).toMatchObject({ finishedAt: null, tries: 1, leaseUntil: null, why: 'landed too late' });
    expect(queued?.token).not.toContain(refreshToken);
    expect(await lastRevoke()).toMatchObject({ outcome: 'failed' });
    expect(await sweepRevocations()).toBe(0);
    await shiftDatabaseClock(3 * MINUTE);
    expect(await sweepRevocations()).toBe(1);
    const failed = (await auditOf('token.revoke')).length;
    bringBack();
    await shiftDatabaseClock(30 * MINUTE);
    expect(await sweepRevocations()).toBe(1);
    expect(await strays()).toMatchObject([{ outcome: 'confirmed', token: null, tries: 3 }]);
    // The second silence was no news; the confirmation is.
    expect(await auditOf('token.revoke')).toHaveLength(failed + 1);
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
    expect(at.endpoint.violations).toEqual([]);
  });

  it('is given up after seven days: said in the row and in the audit log, the token forgotten', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    takeDown(at.endpoint);
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    await shiftDatabaseClock(7 * DAY + MINUTE);
    expect(await sweepRevocations()).toBe(1);
    expect(await strays()).toMatchObject([{ outcome: 'gave_up', token: null }]);
    expect(await lastRevoke()).toMatchObject({ outcome: 'failed', details: { gaveUp: true } });
    await shiftDatabaseClock(8 * DAY);
    expect(await sweepRevocations()).toBe(0);
  });

  it('is tried by one process at a time', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    const bringBack = takeDown(at.endpoint);
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    bringBack();
    await shiftDatabaseClock(3 * MINUTE);
    await Promise.all([sweepRevocations(), sweepRevocations(), sweepRevocations()]);
    expect(at.endpoint.revokes).toBe(1);
    expect(await strays()).toMatchObject([{ outcome: 'confirmed', tries: 2 }]);
  });

  it('whose process died is taken over when the lease has ended', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    const bringBack = takeDown(at.endpoint);
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    bringBack();
    await withSystem('test', (tx) =>
      tx.update(strayGrants).set({ nextAt: new Date(0), leaseUntil: new Date(Date.now() + MINUTE) }),
    );
    expect(await sweepRevocations()).toBe(0);
    await shiftDatabaseClock(2 * MINUTE);
    expect(await sweepRevocations()).toBe(1);
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
  });

  it('whose token does not open any more is not sent', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    const bringBack = takeDown(at.endpoint);
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    bringBack();
    await withSystem('test', (tx) => tx.update(strayGrants).set({ token: null }));
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(at.endpoint.revokes).toBe(0);
    expect(await strays()).toMatchObject([{ outcome: null, error: 'VAULT_VALUE_DAMAGED' }]);
  });
});

describe('a stray grant that the database does not take', () => {
  it('is revoked all the same', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    for (let count = 0; count < 100; count += 1) plan.push({ reason: 'stray grant', when: 'before' });
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
    expect(await strays()).toEqual([]);
    expect(await lastRevoke()).toMatchObject({ outcome: 'done', subjectId: at.connection.id });
  });

  it('is queued afterwards when the org is away too', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    const bringBack = takeDown(at.endpoint);
    for (let count = 0; count < 100; count += 1) plan.push({ reason: 'stray grant', when: 'before' });
    plan.push(
      { reason: 'revocation result', when: 'before' },
      { reason: 'revocation result', when: 'after' },
    );
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    plan.length = 0;
    expect(await strays()).toMatchObject([{ finishedAt: null, tries: 1, leaseUntil: null }]);
    bringBack();
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
  });

  it('is queued once when only the acknowledgement was lost', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    plan.push({ reason: 'stray grant', when: 'after' }, { reason: 'revocation result', when: 'after' });
    await revokeStrayToken(origin, refreshToken, 'landed too late');
    expect(await strays()).toMatchObject([{ outcome: 'confirmed' }]);
    const { attempts, audit } = await readStored(at.connection.id);
    expect(attempts).toHaveLength(2);
    expect(audit).toHaveLength(1);
  });

  it('of an environment that is gone is revoked without the queue', async () => {
    const at = await setting();
    const { origin, refreshToken } = strayOf(at);
    await revokeStrayToken({ ...origin, environmentId: randomUUID() }, refreshToken, 'landed too late');
    expect(at.endpoint.isAlive(refreshToken)).toBe(false);
    expect(await strays()).toEqual([]);
  });
});

describe('a grant that is refused after consent', () => {
  it('is revoked at once, and queued when the org is away', async () => {
    const at = await setting();
    const refused = consentFor(at, { reconnects: randomUUID() });
    await expect(storeGrant(at.ctx, refused)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(at.endpoint.isAlive(refused.answer.refreshToken ?? '')).toBe(false);

    const again = consentFor(at, { reconnects: randomUUID() });
    const bringBack = takeDown(at.endpoint);
    await expect(storeGrant(at.ctx, again)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await settled();
    expect((await strays()).filter(({ finishedAt }) => finishedAt === null)).toMatchObject([
      { why: 'refused after consent', connectionId: expect.stringMatching(/^refused grant /) },
    ]);
    bringBack();
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect(at.endpoint.isAlive(again.answer.refreshToken ?? '')).toBe(false);
  });
});

describe('a grant that a new consent replaces', () => {
  it('is in the queue with the new one’s commit, so that a process that dies then loses nothing', async () => {
    const at = await setting();
    const { refreshToken } = await readStored(at.connection.id);
    const before: Array<typeof strayGrants.$inferSelect> = [];
    at.endpoint.beforeRevoke = async () => void before.push(...(await strays()));
    at.endpoint.revokeFaults.push('drop');
    await storeGrant(at.ctx, consentFor(at));
    await settled();
    expect(before).toMatchObject([
      { finishedAt: null, token: expect.any(String), leaseUntil: expect.any(Date) },
    ]);
    // As if that process had ended before it could say what became of it.
    await withSystem('test', (tx) =>
      tx.update(strayGrants).set({ leaseUntil: new Date(0), nextAt: new Date(0) }),
    );
    await sweepRevocations();
    expect(at.endpoint.isAlive(refreshToken ?? '')).toBe(false);
    expect(at.endpoint).toMatchObject({ liveGrants: 1, violations: [] });
    expect(await strays()).toMatchObject([
      { why: 'superseded by a new consent', outcome: 'confirmed', connectionId: at.connection.id },
    ]);
  });

  it('is not queued when its consent is not stored', async () => {
    const at = await setting();
    for (let count = 0; count < 100; count += 1) plan.push({ reason: 'consent', when: 'before' });
    await expect(storeGrant(at.ctx, consentFor(at))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    plan.length = 0;
    await settled();
    expect((await strays()).map(({ why }) => why)).toEqual(['refused after consent']);
    expect((await readStored(at.connection.id)).row).toMatchObject({ state: 'idle', generation: 1 });
  });

  it('is left where it is when its tokens do not open', async () => {
    const at = await setting();
    await withSystem('test', (tx) =>
      tx
        .update(connectionSecrets)
        .set({ refreshToken: 'damaged' })
        .where(eq(connectionSecrets.connectionId, at.connection.id)),
    );
    await storeGrant(at.ctx, consentFor(at));
    await settled();
    expect(await strays()).toEqual([]);
    expect((await readStored(at.connection.id)).row).toMatchObject({ state: 'idle', generation: 2 });
  });
});

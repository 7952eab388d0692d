import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, consentAttempts, identities, strayGrants } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { storeGrant } from '@/lib/connections/store-grant';
import { createAttempt } from '@/lib/consent/attempts';
import { revokeEverything } from '@/lib/custody/revoke-everything/commands';
import { previewRevocation } from '@/lib/custody/revoke-everything/queries';
import type { RevocationProgress } from '@/lib/custody/types';
import { registry } from '@/lib/registry';
import { callThrough, claim, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makeContext, systemContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

const MINUTE = 60_000;

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'revocationPolicy'])
    registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 3_000,
    storePauseMs: { first: 5, longest: 20 },
  });
  await withSystem('test', async (tx) => {
    await tx.delete(strayGrants);
    await tx.delete(connections);
  });
});

const settled = () => Promise.all(registry().unfinished);
const command = systemContext('admin command line');
const stateOf = async (id: string) => (await readStored(id)).row.state;
const change = (id: string, values: Partial<typeof connections.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(connections).set(values).where(eq(connections.id, id)));

async function setting() {
  const endpoint = await startTokenEndpoint();
  return { endpoint, ...(await makeConnected(endpoint)) };
}

type Setting = Awaited<ReturnType<typeof setting>>;

/** A grant that no connection holds, from a connection's past. */
async function makeStray({ endpoint, environment }: Setting, connectionId: string, userId: string) {
  endpoint.revokeFaults.push('drop');
  await revokeStrayToken(
    {
      connectionId,
      grantId: randomUUID(),
      generation: 1,
      environmentId: environment.id,
      app: endpoint.app,
      orgId: ORG_ID,
      userId,
    },
    endpoint.consent().refreshToken,
    'superseded by a new consent',
  );
}

describe('revoking everything', () => {
  it('ends every grant of the portal, whoever holds it and in whatever state', async () => {
    const at = await setting();
    const waiting = await makeConnected(at.endpoint);
    at.endpoint.revokeFaults.push('drop');
    await disconnectConnection(waiting.ctx, waiting.connection.id);
    const distrusted = await makeConnected(at.endpoint);
    await change(distrusted.connection.id, { state: 'needs_reconnect', problemCode: 'CONSENT_WRONG_ORG' });
    const service = await makeConnected(at.endpoint);
    await change(service.connection.id, { ownerId: null, name: 'Nightly export' });
    await makeStray(at, at.connection.id, USER_ID);
    expect(at.endpoint.liveGrants).toBe(5);

    expect(await previewRevocation(command, 'all')).toMatchObject({
      connections: 3,
      serviceConnections: 1,
      waiting: 1,
      strayGrants: 1,
      unsendable: 0,
    });
    const heard: RevocationProgress[] = [];
    const report = await revokeEverything(command, 'all', (progress) => heard.push(progress));
    expect(report).toEqual({
      confirmed: { introspection: 5, refused_use: 0, answer: 0, elsewhere: 0 },
      ended: 0,
      left: [],
    });
    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [] });
    expect(heard[0]).toMatchObject({ total: 5, done: 0 });
    expect(heard.at(-1)).toEqual({ total: 5, done: 5, confirmed: 5, unconfirmed: 0 });
    expect((await auditOf('grants.revoke_everything')).at(-1)).toMatchObject({
      subjectId: 'all',
      actorKind: 'system',
      details: { scope: 'all', connections: 3, strayGrants: 1 },
    });
    expect((await readStored(at.connection.id)).attempts.map(({ trigger }) => trigger)).toContain(
      'everything',
    );
  });

  it('keeps to one environment', async () => {
    const at = await setting();
    const other = await makeConnected(at.endpoint);
    await makeStray(at, 'refused grant', USER_ID);
    const report = await revokeEverything(command, { environmentId: at.environment.id });
    expect(report.confirmed.introspection).toBe(2);
    expect(await stateOf(at.connection.id)).toBe('disconnected');
    expect(await stateOf(other.connection.id)).toBe('idle');
    expect((await auditOf('grants.revoke_everything')).at(-1)).toMatchObject({
      subjectId: at.environment.id,
      details: { scope: 'environment' },
    });
  });

  it('keeps to one person, with the stray grants of their connections and of their Salesforce users', async () => {
    const at = await setting();
    const other = await makeConnected(at.endpoint, { environment: at.environment });
    await withSystem('test', (tx) =>
      tx.insert(identities).values({
        personId: at.ctx.personId,
        issuer: `salesforce:${ORG_ID}`,
        subject: '005000000000005AAA',
        username: 'ada@acme.example',
      }),
    );
    await makeStray(at, at.connection.id, USER_ID);
    await makeStray(at, 'refused grant', '005000000000005AAA');
    await makeStray(at, other.connection.id, USER_ID);
    expect(await previewRevocation(command, { personId: at.ctx.personId })).toMatchObject({
      connections: 1,
      strayGrants: 2,
      environments: [{ name: at.environment.name, connections: 1 }],
    });
    const report = await revokeEverything(command, { personId: at.ctx.personId });
    expect(report.confirmed.introspection).toBe(3);
    expect(await stateOf(other.connection.id)).toBe('idle');
    expect(at.endpoint.liveGrants).toBe(2);
  });

  it('says what is left and why, and the sweep goes on with it', async () => {
    const at = await setting();
    at.endpoint.revokeFaults.push('http-503');
    const unknown = await makeConnected(at.endpoint);
    at.endpoint.expireAccessTokens();
    at.endpoint.faults.push('drop-after');
    await expect(callThrough(at.endpoint, unknown.source)).rejects.toMatchObject({
      code: 'GRANT_OUTCOME_UNKNOWN',
    });
    const ended = await makeConnected(at.endpoint);
    at.endpoint.expireAccessTokens();
    at.endpoint.faults.push('expired');
    await expect(callThrough(at.endpoint, ended.source)).rejects.toMatchObject({ code: 'GRANT_ENDED' });

    const report = await revokeEverything(command, 'all');
    expect(report).toMatchObject({ ended: 1, confirmed: { introspection: 0 } });
    expect(report.left).toHaveLength(2);
    expect(report.left).toContainEqual({
      kind: 'connection',
      id: at.connection.id,
      label: `${at.ctx.displayName} · ${at.environment.name} · ${at.connection.username}`,
      why: expect.stringContaining('http_503'),
      nextAt: expect.any(String),
    });
    expect(report.left).toContainEqual(
      expect.objectContaining({
        id: unknown.connection.id,
        why: expect.stringContaining('may be a spent one'),
        nextAt: null,
      }),
    );
    expect(at.endpoint.violations).toEqual([]);
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    const again = await revokeEverything(command, 'all');
    expect(again.left.map(({ id }) => id)).toEqual([unknown.connection.id]);
  });

  it('names stray grants and service connections that are left', async () => {
    const at = await setting();
    await change(at.connection.id, { ownerId: null, name: 'Nightly export' });
    await makeStray(at, 'refused grant', USER_ID);
    at.endpoint.revokeFaults.push('drop', 'drop');
    const { left } = await revokeEverything(command, 'all');
    expect(left.map(({ label }) => label.split(' · ')[0]).sort()).toEqual([
      'grant without a connection',
      'service connection Nightly export',
    ]);
  });

  it('leaves a dead process’s rest to the sweep: all is marked before anything is sent', async () => {
    const at = await setting();
    const others = [await makeConnected(at.endpoint), await makeConnected(at.endpoint)];
    registry().slots.set('connections.revocationPolicy', { ...revocationPolicy(), concurrency: 1 });
    at.endpoint.beforeRevoke = async () => {
      registry().draining = true;
    };
    await revokeEverything(command, 'all');
    registry().draining = false;
    expect(at.endpoint.revokes).toBe(1);
    const states = await Promise.all([at, ...others].map(({ connection }) => stateOf(connection.id)));
    expect(states.filter((state) => state === 'disconnecting')).toHaveLength(2);
    for (const { source } of others) {
      await expect(source.current()).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    }
    at.endpoint.beforeRevoke = async () => undefined;
    expect(await sweepRevocations()).toBe(2);
    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [] });
  });

  it('waits for a refresh that is in flight, whose holder revokes what it brings', async () => {
    const at = await setting();
    at.endpoint.expireAccessTokens();
    let running: Promise<unknown> | null = null;
    at.endpoint.beforeAnswer = async () => {
      running = revokeEverything(command, 'all');
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await expect(callThrough(at.endpoint, at.source)).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect(await running).toMatchObject({ confirmed: { elsewhere: 1 }, left: [] });
    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [], revokes: 1 });
  });

  it('also takes what is consented to while it works, and forgets the consents under way', async () => {
    const at = await setting();
    await withSystem('test', (tx) =>
      createAttempt(tx, {
        environmentId: at.environment.id,
        app: at.endpoint.app,
        intent: 'connect',
        browser: 'a browser',
        person: at.ctx,
        reconnects: null,
        invitationId: null,
        callbackPath: '',
        fresh: false,
      }),
    );
    at.endpoint.beforeRevoke = async () => {
      at.endpoint.beforeRevoke = async () => undefined;
      await storeGrant(at.ctx, {
        environmentId: at.environment.id,
        app: at.endpoint.app,
        answer: at.endpoint.consent({ userId: '005000000000002AAA' }),
        user: {
          orgId: ORG_ID,
          userId: '005000000000002AAA',
          username: 'grace@acme.example',
          displayName: 'Grace',
          email: null,
          locale: null,
          timeZone: null,
        },
        ownerId: at.ctx.personId,
        mayPinOrg: false,
        reconnects: null,
      });
    };
    const report = await revokeEverything(command, { personId: at.ctx.personId });
    expect(report.confirmed.introspection).toBe(2);
    expect(at.endpoint.liveGrants).toBe(0);
    expect(await withSystem('test', (tx) => tx.select().from(consentAttempts))).toEqual([]);
  });

  it('lets nothing be refreshed from its first commit on', async () => {
    const { connection, endpoint } = await setting();
    const version = { connectionId: connection.id, grantId: connection.grantId, generation: 1 };
    endpoint.beforeRevoke = async () => {
      expect(await claim(version)).toBeNull();
    };
    await revokeEverything(command, 'all');
    expect(await claim(version)).toBeNull();
    expect(endpoint).toMatchObject({ refreshes: 0, liveGrants: 0 });
  });

  it('sends a few at a time', async () => {
    const at = await setting();
    for (let count = 0; count < 11; count += 1) await makeConnected(at.endpoint);
    let now = 0;
    let most = 0;
    at.endpoint.beforeRevoke = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
    };
    await revokeEverything(command, 'all');
    expect(at.endpoint).toMatchObject({ revokes: 12, liveGrants: 0 });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('is for administrators', async () => {
    const { ctx, connection, endpoint } = await setting();
    await expect(revokeEverything(ctx, 'all')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(previewRevocation(ctx, 'all')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const admin = await makeContext('admin');
    expect((await previewRevocation(admin, 'all')).connections).toBe(1);
    await revokeEverything(admin, 'all');
    await settled();
    expect(endpoint.liveGrants).toBe(0);
    expect((await readStored(connection.id)).audit[0]).toMatchObject({
      action: 'connection.disconnect',
      personId: admin.personId,
    });
  });

  it('of a scope without grants changes nothing', async () => {
    const { environment } = await setting();
    await makeConnection({ ownerId: null, environmentId: environment.id }, { state: 'disconnected' });
    const report = await revokeEverything(command, { personId: randomUUID() });
    expect(report).toEqual({
      confirmed: { introspection: 0, refused_use: 0, answer: 0, elsewhere: 0 },
      ended: 0,
      left: [],
    });
  });
});

import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, strayGrants } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { deleteEnvironment } from '@/lib/custody/environment-deletion/commands';
import {
  getEnvironmentDeletion,
  previewEnvironmentDeletion,
} from '@/lib/custody/environment-deletion/queries';
import { revokeEverything } from '@/lib/custody/revoke-everything/commands';
import { registry } from '@/lib/registry';
import { PRODUCTION } from '@/simulator/seed/facts';
import { readStored, setPolicy } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext, makePerson, systemContext } from '@/tests/factories';
import { connectSimulated, type SimulatedOrg, startSimulatedOrg } from '@/tests/simulated-org';

const { ada, grace, franz } = PRODUCTION.users;

beforeEach(async () => {
  registry().slots.delete('connections.revocationPolicy');
  setPolicy({ callerWaitMs: 10_000, storePauseMs: { first: 5, longest: 20 } });
  await withSystem('test', async (tx) => {
    await tx.delete(strayGrants);
    await tx.delete(connections);
  });
});

const settled = () => Promise.all(registry().unfinished);

async function liveGrants({ control }: SimulatedOrg) {
  const grants = await control.listGrants('production');
  return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
}

/** What Salesforce must never have seen, whatever happened. */
async function expectNoViolation({ control }: SimulatedOrg) {
  expect(await control.counts()).toMatchObject({ violations: 0, introspectedConsumed: 0, unknown: 0 });
}

describe('against Salesforce in a box', () => {
  it('a disconnect is verified by introspecting the revoked token, which is no violation', async () => {
    const at = await startSimulatedOrg();
    const { ctx, connectionId } = await connectSimulated(at, grace.username);
    await disconnectConnection(ctx, connectionId);
    expect(await liveGrants(at)).toEqual([]);
    const { row, audit } = await readStored(connectionId);
    expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed' });
    expect(audit.at(-1)?.details).toMatchObject({ verified: 'introspection' });
    const paths = (await at.control.listRequests({ org: 'production' })).map(({ path }) => path);
    expect(paths.slice(-2)).toEqual(['/services/oauth2/revoke', '/services/oauth2/introspect']);
    await expectNoViolation(at);
  });

  it('a disconnect without introspection is verified by a refused use', async () => {
    const at = await startSimulatedOrg();
    const { ctx, connectionId } = await connectSimulated(at, grace.username);
    await at.control.addFault({ endpoint: 'introspect', fault: 'drop_before' });
    await disconnectConnection(ctx, connectionId);
    expect((await readStored(connectionId)).audit.at(-1)?.details).toMatchObject({ verified: 'refused_use' });
    await expectNoViolation(at);
  });

  it('a disconnect from an org that is away says so, and is confirmed when it is back', async () => {
    const at = await startSimulatedOrg();
    const { ctx, connectionId } = await connectSimulated(at, grace.username);
    const fault = await at.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
    await disconnectConnection(ctx, connectionId);
    expect(await requireConnection(ctx, connectionId)).toMatchObject({
      health: 'disconnected',
      revocation: 'unconfirmed',
      revocationNextAt: expect.any(String),
    });
    expect(await liveGrants(at)).toHaveLength(1);
    await at.control.removeFault(fault);
    await shiftDatabaseClock(3 * 60_000);
    expect(await sweepRevocations()).toBe(1);
    expect(await liveGrants(at)).toEqual([]);
    expect(await requireConnection(ctx, connectionId)).toMatchObject({ revocation: 'confirmed' });
    await expectNoViolation(at);
  });

  it('a revocation that was done but not answered is confirmed by the next try', async () => {
    const at = await startSimulatedOrg();
    const { ctx, connectionId } = await connectSimulated(at, grace.username);
    await at.control.addFault({ endpoint: 'revoke', fault: 'drop_after' });
    await disconnectConnection(ctx, connectionId);
    expect(await liveGrants(at)).toEqual([]);
    expect((await requireConnection(ctx, connectionId)).revocation).toBe('unconfirmed');
    await shiftDatabaseClock(3 * 60_000);
    await sweepRevocations();
    expect((await requireConnection(ctx, connectionId)).revocation).toBe('confirmed');
    await expectNoViolation(at);
  });

  it('an environment with three connections is deleted, and each grant has ended', async () => {
    const at = await startSimulatedOrg();
    const made = [
      await connectSimulated(at, ada.username),
      await connectSimulated(at, grace.username),
      await connectSimulated(at, franz.username),
    ];
    const admin = await makeContext('admin');
    const { slug, name } = at.environment;
    expect(await previewEnvironmentDeletion(admin, slug)).toMatchObject({
      connections: 3,
      owners: [{ connections: 1 }, { connections: 1 }, { connections: 1 }],
    });
    await deleteEnvironment(admin, { slug, confirmation: name });
    expect(await liveGrants(at)).toEqual([]);
    expect(await getEnvironmentDeletion(admin, slug)).toMatchObject({
      connections: 3,
      confirmed: 3,
      revoking: 0,
      unconfirmed: 0,
    });
    for (const { ctx, connectionId } of made) {
      expect(await requireConnection(ctx, connectionId)).toMatchObject({
        health: 'disconnected',
        problem: { code: 'ENVIRONMENT_DELETED' },
      });
    }
    await expectNoViolation(at);
  });

  it('everything of one person is revoked, and nothing of anybody else', async () => {
    const at = await startSimulatedOrg();
    const person = await makePerson({ displayName: 'Grace Whitmore' });
    const first = await connectSimulated(at, grace.username, person);
    await connectSimulated(at, franz.username, person);
    const other = await connectSimulated(at, ada.username);
    // A grant that was replaced while the org was away: nobody's connection, but the person's.
    const fault = await at.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
    await connectSimulated(at, grace.username, person);
    await settled();
    await at.control.removeFault(fault);
    expect(await liveGrants(at)).toHaveLength(4);

    const report = await revokeEverything(systemContext(), { personId: person.id });
    expect(report).toMatchObject({ confirmed: { introspection: 3 }, ended: 0, left: [] });
    const alive = await liveGrants(at);
    expect(alive.map(({ username }) => username)).toEqual([ada.username]);
    expect((await readStored(first.connectionId)).row.state).toBe('disconnected');
    expect((await readStored(other.connectionId)).row.state).toBe('idle');
    await expectNoViolation(at);
  });

  it('the sixth consent names the connection that Salesforce has ended for it', async () => {
    const at = await startSimulatedOrg();
    const five = [];
    for (let count = 0; count < 5; count += 1) five.push(await connectSimulated(at, grace.username));
    const [oldest, ...others] = five;
    const sixth = await connectSimulated(at, grace.username);
    const ended = (await at.control.listGrants('production')).filter(
      (grant) => grant.ended === 'sixth_approval',
    );
    expect(ended).toHaveLength(1);
    const { row } = await readStored(oldest?.connectionId ?? '');
    expect(row).toMatchObject({
      state: 'idle',
      problemEvidence: [expect.stringContaining(`${grace.username} consented to this app once more`)],
    });
    expect((await auditOf('connection.evicted')).at(-1)).toMatchObject({
      subjectId: oldest?.connectionId,
      personId: sixth.ctx.personId,
      details: { certain: false, byGrantId: (await readStored(sixth.connectionId)).row.grantId },
    });
    for (const { connectionId } of [...others, sixth]) {
      expect((await readStored(connectionId)).row.problemEvidence).toBeNull();
    }
    await expectNoViolation(at);
  });

  it('a reconnect of the oldest of five ends nobody else’s grant', async () => {
    const at = await startSimulatedOrg();
    const person = await makePerson();
    await connectSimulated(at, grace.username, person);
    for (let count = 0; count < 4; count += 1) await connectSimulated(at, grace.username);
    const before = (await auditOf('connection.evicted')).length;
    await connectSimulated(at, grace.username, person);
    await settled();
    expect(await auditOf('connection.evicted')).toHaveLength(before);
    expect(await liveGrants(at)).toHaveLength(5);
    const held = await withSystem('test', (tx) =>
      tx.select().from(connections).where(eq(connections.environmentId, at.environment.id)),
    );
    expect(held.filter(({ state }) => state === 'idle')).toHaveLength(5);
    await expectNoViolation(at);
  });
});

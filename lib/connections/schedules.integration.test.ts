import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, strayGrants } from '@/db/schema';
import { disconnectConnection, retryRevocation } from '@/lib/connections/commands';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { storeGrant } from '@/lib/connections/store-grant';
import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';
import {
  callThrough,
  makeAppEnvironment,
  makeConnected,
  readStored,
  setPolicy,
  withoutSingleFlight,
} from '@/tests/connected';
import { asOwner } from '@/tests/database-owner';
import { makeContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, TokenEndpoint, USER_ID } from '@/tests/token-endpoint';

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

const user = {
  orgId: ORG_ID,
  userId: USER_ID,
  username: 'ada@acme.example',
  displayName: 'Ada Lovelace',
  email: null,
  locale: null,
  timeZone: null,
};

/** Faults after which an answer never reached this process, or did not tell. */
const LOSING = [
  'html-502-before',
  'drop-before',
  'html-504-after',
  'drop-after',
  'truncate-after',
  'already-processed',
] as const;
const HARMLESS = ['json-503', 'status-429', 'keep-refresh-token'] as const;

const tokenFault = fc.constantFrom(...LOSING, ...HARMLESS);
const databaseFault = fc.record({
  reason: fc.constantFrom(
    'refresh claim',
    'refresh answer',
    'refresh failure',
    'revocation claim',
    'revocation result',
    'stray grant',
    'stray grant claim',
    'disconnect',
    'consent',
  ),
  when: fc.constantFrom('before' as const, 'after' as const),
});

/** What may happen to one connection. `overlaps`: the next step does not wait for this one. */
const step = fc.record({
  overlaps: fc.boolean(),
  act: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('calls' as const), count: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('token fault' as const), fault: tokenFault }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('database fault' as const), fault: databaseFault }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('slow answers' as const),
        ms: fc.integer({ min: 1, max: 40 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('disconnect' as const, 'retry' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('consent' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('revoke fault' as const),
        fault: fc.constantFrom(
          'drop' as const,
          'drop-after' as const,
          'http-503' as const,
          'pretend' as const,
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('cut connections' as const, 'lease ends' as const) }),
    },
  ),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const settled = async () => {
  while (registry().unfinished.size > 0) await Promise.all(registry().unfinished);
};

/** As if every process that held a lease were gone. */
async function endLeases(): Promise<void> {
  await withSystem('test', async (tx) => {
    const over = { leaseUntil: new Date(0) };
    await tx.update(connections).set(over).where(eq(connections.state, 'disconnecting'));
    await tx.update(strayGrants).set({ ...over, nextAt: new Date(0) });
  });
}

async function cutConnections(): Promise<void> {
  await asOwner(
    (sql) => sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                  WHERE datname = current_database() AND application_name = 'orgdock portal'`,
  );
}

it('never sends a consumed token, and stores what it was given, whatever happens', {
  timeout: 240_000,
}, async () => {
  const endpoint = await startTokenEndpoint();
  const environment = await makeAppEnvironment(endpoint);
  registry().slots.set('connections.revocationPolicy', {
    ...revocationPolicy(),
    pauseMs: { first: 0, longest: 0 },
    queueMs: 100,
  });
  setPolicy({
    pollMs: 3,
    callerWaitMs: 400,
    storePauseMs: { first: 1, longest: 8 },
    backoffMs: { first: 0, longest: 0 },
    consentStoreMs: 2_000,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.boolean(),
      async (steps, manyProcesses) => {
        // A new world at the same address.
        const world = new TokenEndpoint();
        world.origin = endpoint.origin;
        endpoint.handle = world.handle.bind(world);
        plan.length = 0;
        registry().slots.delete('connections.flights');
        registry().slots.delete('connections.pauses');
        if (manyProcesses) withoutSingleFlight();
        setPolicy({ callerWaitMs: 400 });
        await runSchedule(world, await makeContext(), environment, steps);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});

async function runSchedule(
  world: TokenEndpoint,
  ctx: Awaited<ReturnType<typeof makeContext>>,
  environment: Awaited<ReturnType<typeof makeAppEnvironment>>,
  steps: Step[],
): Promise<void> {
  const { connection, source } = await makeConnected(world, { ctx, environment });
  let mayLose = 0;
  const act = async ({ act: what }: Step): Promise<unknown> => {
    switch (what.kind) {
      case 'calls':
        return await Promise.all(Array.from({ length: what.count }, () => callThrough(world, source)));
      case 'expire':
        return world.expireAccessTokens();
      case 'token fault':
        if ((LOSING as readonly string[]).includes(what.fault)) mayLose += 1;
        return world.faults.push(what.fault);
      case 'database fault':
        return plan.push(what.fault);
      case 'slow answers':
        world.beforeAnswer = () => new Promise((resolve) => setTimeout(resolve, what.ms));
        return;
      case 'revoke fault':
        return world.revokeFaults.push(what.fault);
      case 'sweep':
        return await sweepRevocations();
      case 'disconnect':
        return await disconnectConnection(ctx, connection.id);
      case 'retry':
        return await retryRevocation(ctx, connection.id);
      case 'consent': {
        const answer = world.consent();
        const grant = { environmentId: environment.id, app: world.app, answer, user, ownerId: ctx.personId };
        return await storeGrant(ctx, { ...grant, mayPinOrg: false, reconnects: null });
      }
      case 'cut connections':
        return await cutConnections();
      case 'lease ends':
        return await withSystem('test', (tx) =>
          tx
            .update(connections)
            .set({ leaseUntil: new Date(0) })
            .where(eq(connections.id, connection.id)),
        );
    }
  };
  const running: Array<Promise<unknown>> = [];
  for (const next of steps) {
    // Callers get errors while things break; what counts is what is left behind.
    const work = act(next).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    // Looked at after the last step.
    work.catch(() => undefined);
    running.push(work);
    if (!next.overlaps) await work;
  }
  await Promise.all(running);
  await settled();
  await assertSound(world, connection.id, source, mayLose);
}

/** What must hold when everything has come to rest. */
async function assertSound(
  world: TokenEndpoint,
  connectionId: string,
  source: Parameters<typeof callThrough>[1],
  mayLose: number,
): Promise<void> {
  expect(world.violations).toEqual([]);
  plan.length = 0;
  world.faults.length = 0;
  world.revokeFaults.length = 0;
  world.beforeAnswer = async () => undefined;
  setPolicy({ callerWaitMs: 10_000 });
  await endLeases();
  await sweepRevocations();
  await settled();
  const { row, refreshToken, attempts } = await readStored(connectionId);
  const landed = attempts.filter((attempt) => attempt.outcome === 'landed');
  const versions = new Set(landed.map((attempt) => `${attempt.grantId}/${attempt.generation}`));
  expect(versions.size).toBe(landed.length);
  expect(['idle', 'uncertain', 'disconnecting', 'disconnected']).toContain(row.state);
  if (row.state === 'idle') {
    expect(world.isCurrent(refreshToken ?? '')).toBe(true);
    world.expireAccessTokens();
    expect(await callThrough(world, source)).toBe(true);
  }
  if (row.state === 'uncertain') expect(mayLose).toBeGreaterThan(0);
  const strays = await withSystem('test', (tx) => tx.select().from(strayGrants));
  expect(strays.filter(({ outcome }) => outcome !== 'confirmed')).toEqual([]);
  expect(strays.filter(({ token }) => token !== null)).toEqual([]);
  // What Orgdock could have revoked, it has: whatever failed was in the queue.
  if (mayLose === 0 && row.state === 'disconnected' && row.revocation !== 'unconfirmed') {
    expect(world.liveGrants).toBe(0);
  }
  if (mayLose === 0 && row.state === 'idle') expect(world.liveGrants).toBe(1);
  expect(world.violations).toEqual([]);
}

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { seal } from '@/lib/vault/seal';
import { makeContext, makeEnvironment } from '../factories';
import { letReasonsCarryTime } from './database-clock';
import { ALL_FAULTS, type Fault, nameOf, placeOf } from './faults';
import { assertSound } from './finale';
import { type Bystander, openProcesses, watchSteps } from './processes';
import { type Act, type Ground, Run, type Schedule } from './run-schedule';
import { HOST } from './salesforce';
import type { World } from './world';

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('call' as const), process: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.constant<Act>({ kind: 'expire' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('time passes' as const),
      seconds: fc.constantFrom(1, 5, 11, 30, 61, 130, 300),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('upkeep' as const), process: fc.nat(2) }) },
);

/**
 * The `index`-th schedule meets the `index`-th fault first, so that all of them occur; others come at random at later
 * steps, where they cannot keep the first one's step from being reached.
 */
function scheduleOf(index: number): fc.Arbitrary<Schedule> {
  const first = ALL_FAULTS[index % ALL_FAULTS.length] as Fault;
  const later = ALL_FAULTS.filter((fault) => placeOf(fault) > placeOf(first));
  return fc.record({
    faults: fc.subarray(later, { maxLength: Math.min(2, later.length) }).map((others) => [first, ...others]),
    acts: fc.array(act, { minLength: 1, maxLength: 6 }),
  });
}

/** How often every fault has struck at its step. */
export type Census = Map<string, number>;

/**
 * Runs that many schedules, several at once, each against its own Salesforce and in its own time. Rejects with the
 * seed and the schedule of the first that breaks a rule.
 */
export async function runSchedules(count: number, seed: number, lanes: number): Promise<Census> {
  await letReasonsCarryTime();
  const ground = await makeGround();
  const { folder, close } = await openProcesses();
  const runs = new Map<World, Run>();
  watchSteps((world): Bystander => {
    const run = runs.get(world);
    if (!run) throw new Error('a world without a run');
    return run.bystander;
  });
  const census: Census = new Map(ALL_FAULTS.map((fault) => [nameOf(fault), 0]));
  let next = 0;
  const lane = async () => {
    for (let index = next; index < count; index = next) {
      next += 1;
      await runOne({ ...ground, folder }, { index, seed, runs, census }).catch((error: unknown) => {
        // The other lanes come to their end and start nothing more.
        next = count;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  close();
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return census;
}

async function runOne(
  ground: Ground,
  { index, seed, runs, census }: { index: number; seed: number; runs: Map<World, Run>; census: Census },
): Promise<void> {
  const [schedule] = fc.sample(scheduleOf(index), { seed: seed + index, numRuns: 1 });
  if (!schedule) throw new Error('no schedule');
  const run = new Run(ground);
  runs.set(run.world, run);
  try {
    await run.open();
    run.world.armed = [...schedule.faults];
    await play(run, schedule.acts);
    await assertSound(run);
  } catch (error) {
    const hits = run.world.hits.join(', ');
    throw new Error(`seed ${seed}, schedule ${index}: ${JSON.stringify(schedule)}\nhit: ${hits}`, {
      cause: error,
    });
  } finally {
    for (const process of run.world.processes) process.dead = true;
    runs.delete(run.world);
  }
  for (const hit of run.world.hits) census.set(hit, (census.get(hit) ?? 0) + 1);
  await withSystem('test', (tx) => tx.delete(connections).where(eq(connections.id, run.connectionId)));
  await rm(path.join(ground.folder, run.world.id), { recursive: true, force: true });
}

/** The first call is the one that needs a refresh; the acts overlap as they come. */
async function play(run: Run, acts: Act[]): Promise<void> {
  run.world.salesforce.expireAccessTokens();
  for (const next of [{ kind: 'call', process: 0 } as Act, ...acts]) {
    const process = 'process' in next ? run.world.processes[next.process] : undefined;
    if (next.kind === 'expire') run.world.salesforce.expireAccessTokens();
    else if (next.kind === 'time passes') await run.advance(next.seconds);
    else if (process && next.kind === 'call') run.background(run.call(process));
    else if (process) run.background(run.upkeep(process));
    await run.world.settle();
  }
}

async function makeGround(): Promise<Omit<Ground, 'folder'>> {
  const ctx = await makeContext();
  const environment = await makeEnvironment({ origin: HOST, clientId: 'key' });
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: environment.id } as const;
  const { environmentSecrets } = await import('@/db/schema');
  const consumerSecret = await seal('the secret', place);
  await withSystem('test', (tx) =>
    tx.insert(environmentSecrets).values({ environmentId: environment.id, consumerSecret }),
  );
  const app = { tokenHost: HOST, clientId: 'key', clientSecret: 'the secret' };
  return { ctx, environmentId: environment.id, app };
}

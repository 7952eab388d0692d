import { beforeEach, describe, expect, it } from 'vitest';
import { tokenSource } from '@/lib/connections/token-source';
import { applyStagedSecret, stageSecretFromOrg } from '@/lib/provisioning/secret-rotation/commands';
import { callSalesforce } from '@/lib/salesforce/client';
import type { DemoUser } from '@/simulator/seed/facts';
import { forgetMemory, setPolicy } from '@/tests/connected';
import { makeRotating, type Rotating } from '@/tests/rotating';
import { type SimulatedConnection, useSimulatedOrgs } from '@/tests/simulated';
import { heldSecrets } from '@/tests/two-secrets';

const CALLS_PER_SECOND = 50;
const SECONDS = 8;
/** All that the users who may call the API can hold: Salesforce keeps five for each, and Ada has a set-up grant. */
const GRANTS: Array<[DemoUser, number]> = [
  ['ada', 4],
  ['grace', 5],
  ['franz', 5],
];

describe('a rotation under load', () => {
  const sim = useSimulatedOrgs();
  beforeEach(() => {
    forgetMemory();
    setPolicy({ poll: { first: 10, longest: 50 }, callerWaitMs: 10_000 });
  });

  /** `CALLS_PER_SECOND` calls a second in turn through all connections; `at` runs beside the call of that number and gets the end of all before. */
  async function callThrough(
    connections: SimulatedConnection[],
    at: Record<number, (before: Promise<unknown>) => Promise<unknown>>,
  ): Promise<{ served: number; failures: string[]; acts: number }> {
    const clients = connections.map(({ id }) => ({
      source: tokenSource({ id } as never),
      apiVersion: '66.0',
    }));
    const failures: string[] = [];
    const work: Promise<unknown>[] = [];
    let served = 0;
    let acts = 0;
    const total = CALLS_PER_SECOND * SECONDS;
    await new Promise<void>((resolve) => {
      let sent = 0;
      const timer = setInterval(() => {
        const client = clients[sent % clients.length];
        const act = at[sent];
        sent += 1;
        if (act) work.push(act(Promise.all(work)).then(() => (acts += 1)));
        if (client) {
          work.push(
            callSalesforce(client, { path: '/limits' }).then(
              () => (served += 1),
              (error: { code?: string }) => failures.push(error.code ?? String(error)),
            ),
          );
        }
        if (sent < total) return;
        clearInterval(timer);
        resolve();
      }, 1_000 / CALLS_PER_SECOND);
    });
    await Promise.all(work);
    return { served, failures, acts };
  }

  async function connectAll(): Promise<Rotating & { all: SimulatedConnection[] }> {
    const made = await makeRotating(sim, []);
    const all = [made.setUp];
    for (const [user, grants] of GRANTS) {
      for (let grant = 0; grant < grants; grant += 1) all.push(await sim.connect(made.environment, user));
    }
    return { ...made, all };
  }

  it('fails no call in an org that keeps the old pair, though every session ends before and after it', async () => {
    const { ctx, slug, environment, all, rotation } = await connectAll();
    // A session that ends twice within one call is refused, and rightly so: each waits for the calls before.
    const expire = (before: Promise<unknown>) =>
      before.then(() => sim.control.act({ act: 'expire_access_tokens', org: 'production' }));
    const { served, failures, acts } = await callThrough(all, {
      40: expire,
      60: () => stageSecretFromOrg(ctx, slug),
      120: expire,
      125: () => applyStagedSecret(ctx, { slug, confirmation: environment.name }),
      240: expire,
      340: expire,
    });
    expect(failures).toEqual([]);
    expect([served, acts]).toEqual([CALLS_PER_SECOND * SECONDS, 6]);
    expect(await sim.control.counts()).toMatchObject({ violations: 0 });
    expect(await rotation()).toMatchObject({ orgRotated: true, retiredAt: expect.any(Date) });
    expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: false });
  }, 60_000);
});

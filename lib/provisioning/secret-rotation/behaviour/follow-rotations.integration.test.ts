import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, secretRotations } from '@/db/schema';
import { followRotations } from '@/lib/provisioning/secret-rotation/behaviour/follow-rotations';
import { applyStagedSecret, stagePastedSecret } from '@/lib/provisioning/secret-rotation/commands';
import { forgetMemory, setPolicy } from '@/tests/connected';
import { makeRotating, renewAll, stateOf } from '@/tests/rotating';
import { useSimulatedOrgs } from '@/tests/simulated';

const NEXT = 'pasted-in-orgdock';

describe('following a rotation that was applied in Salesforce unseen', () => {
  const sim = useSimulatedOrgs();
  beforeEach(async () => {
    await withSystem('test', (tx) => tx.delete(secretRotations));
    forgetMemory();
    setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000 });
  });

  async function applied(behaviour: 'keeps_old' | 'revokes_all') {
    const made = await makeRotating(sim, ['grace', 'franz', 'noapi']);
    await sim.control.act({ act: 'secret_rotation', org: 'production', behaviour });
    const { ctx, slug, environment } = made;
    await stagePastedSecret(ctx, { slug, form: { nextSecret: NEXT } });
    await applyStagedSecret(ctx, { slug, confirmation: environment.name });
    const change = { act: 'change_secret', org: 'production', clientSecret: NEXT } as const;
    await sim.control.act({ ...change, follows_policy: true });
    const [grace, franz, noapi] = made.people;
    if (!grace || !franz || !noapi) throw new Error('nobody');
    return { ...made, grace, franz, noapi };
  }

  it('ends the grants that are left once two users were refused, without sending their tokens', async () => {
    const { grace, franz, noapi, setUp, rotation } = await applied('revokes_all');
    expect(await renewAll(sim, [grace])).toEqual(['GRANT_ENDED']);
    await followRotations();
    expect((await rotation()).behaviour).toBe('unknown');
    expect(await renewAll(sim, [franz])).toEqual(['GRANT_ENDED']);
    await sim.control.clearLedger();
    await followRotations();
    expect(await rotation()).toMatchObject({
      behaviour: 'revokes_all',
      behaviourEvidence: expect.stringContaining('2 users'),
    });
    for (const connection of [noapi, setUp]) {
      expect(await stateOf(connection)).toEqual({ state: 'needs_reconnect', cause: 'secret_applied' });
    }
    const requests = await sim.control.listRequests({ org: 'production' });
    expect(requests.filter(({ path }) => path === '/services/oauth2/token')).toEqual([]);
  });

  it('takes two ends for no sign while somebody’s access token works', async () => {
    const { grace, franz, noapi, rotation } = await applied('keeps_old');
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'needs_reconnect', problemCode: 'GRANT_ENDED', problemAt: new Date() })
        .where(eq(connections.id, grace.id)),
    );
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ state: 'needs_reconnect', problemCode: 'GRANT_ENDED', problemAt: new Date() })
        .where(eq(connections.id, franz.id)),
    );
    await followRotations();
    expect((await rotation()).behaviour).toBe('unknown');
    expect(await stateOf(noapi)).toMatchObject({ state: 'idle' });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { secretRotations } from '@/db/schema';
import { applyStagedSecret, stageSecretFromOrg } from '@/lib/provisioning/secret-rotation/commands';
import { forgetMemory, setPolicy } from '@/tests/connected';
import { deleteSecondPair, makeRotating, renewAll } from '@/tests/rotating';
import { useSimulatedOrgs } from '@/tests/simulated';
import { heldSecrets } from '@/tests/two-secrets';

const org = 'production';

describe('a secret that the org is asked for', () => {
  const sim = useSimulatedOrgs();

  beforeEach(async () => {
    await withSystem('test', (tx) => tx.delete(secretRotations));
    forgetMemory();
    setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000 });
  });

  const newKey = (on: boolean) =>
    sim.control.act({ act: 'secret_rotation', org, behaviour: 'keeps_old', new_key: on });

  const deletions = async () =>
    (await sim.control.listRequests({ org })).filter(({ method }) => method === 'DELETE').length;

  it('and comes with another key is deleted there again, and nothing is staged here', async () => {
    const { ctx, slug, environment } = await makeRotating(sim, []);
    await newKey(true);
    await sim.control.clearLedger();
    await expect(stageSecretFromOrg(ctx, slug)).rejects.toMatchObject({
      code: 'CONFLICT',
      nextStep: expect.stringMatching(/^The staged pair was deleted again\./),
    });
    expect(await deletions()).toBe(1);
    expect(await heldSecrets(environment.id)).toMatchObject({ staged: false });
    await newKey(false);
    await stageSecretFromOrg(ctx, slug);
    expect(await heldSecrets(environment.id)).toMatchObject({ staged: true });
  });

  it('leaves the secret of before alone while the org keeps it for those who still use it', async () => {
    const made = await makeRotating(sim);
    const { ctx, slug, environment, people } = made;
    await stageSecretFromOrg(ctx, slug);
    await applyStagedSecret(ctx, { slug, confirmation: environment.name });
    expect(await renewAll(sim, people)).toEqual(['served', 'served']);
    await sim.control.clearLedger();
    await expect(stageSecretFromOrg(ctx, slug)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/keeps the secret of before its last rotation until \d{4}-\d\d-\d\d,/),
      nextStep: expect.stringContaining('delete it in Salesforce'),
    });
    expect(await deletions()).toBe(0);
    expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: false });
    await deleteSecondPair(made);
    await stageSecretFromOrg(ctx, slug);
    expect(await heldSecrets(environment.id)).toMatchObject({ staged: true });
  });
});

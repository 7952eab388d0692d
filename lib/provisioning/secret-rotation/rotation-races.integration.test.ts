import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { secretRotations } from '@/db/schema';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import {
  applyStagedSecret,
  askOrgAgain,
  cancelRotation,
  stageSecretFromOrg,
} from '@/lib/provisioning/secret-rotation/commands';
import { tellOrg } from '@/lib/provisioning/secret-rotation/org/tell-org';
import { applyInVault } from '@/lib/provisioning/secret-rotation/vault/apply-in-vault';
import { PRODUCTION } from '@/simulator/seed/facts';
import { forgetMemory, setPolicy } from '@/tests/connected';
import { makeRotating, type Rotating } from '@/tests/rotating';
import { useSimulatedOrgs } from '@/tests/simulated';
import { heldSecrets } from '@/tests/two-secrets';

const org = 'production';

describe('two administrators at one rotation', () => {
  const sim = useSimulatedOrgs();

  beforeEach(async () => {
    await withSystem('test', (tx) => tx.delete(secretRotations));
    forgetMemory();
    setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000 });
  });

  const staged = async () => {
    const made = await makeRotating(sim, []);
    await stageSecretFromOrg(made.ctx, made.slug);
    return made;
  };

  const applyHere = ({ ctx, slug, environment }: Rotating) =>
    applyInVault(ctx, { slug, confirmation: environment.name });

  const presentOf = async ({ environment }: Rotating) =>
    (await withSystem('test', (tx) => openOAuthApp(tx, environment.id))).clientSecret;

  /** What another process has heard from the org. */
  const noteElsewhere = async (made: Rotating, orgRotated: boolean) => {
    const { id } = await made.rotation();
    await withSystem('test', (tx) =>
      tx.update(secretRotations).set({ orgRotated }).where(eq(secretRotations.id, id)),
    );
  };

  it('do not cancel what was applied while the org was asked to delete it', async () => {
    const made = await staged();
    await sim.control.clearLedger();
    await sim.control.addFault({ fault: 'slow', ms: 3_000, endpoint: 'data' });
    const refused = expect(cancelRotation(made.ctx, made.slug)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Somebody else has gone on with this rotation meanwhile.',
    });
    await vi.waitUntil(async () => (await sim.control.listRequests({ org })).length > 0);
    await applyHere(made);
    await refused;
    expect(await presentOf(made)).not.toBe(PRODUCTION.clientSecret);
    expect(await heldSecrets(made.environment.id)).toEqual({ previous: true, staged: false });
    expect(await made.rotation()).toMatchObject({ cancelledAt: null, appliedAt: expect.any(Date) });
  });

  it('do not take back, by a refusal, what the org has told the other that it did', async () => {
    const made = await staged();
    const applied = await applyHere(made);
    await noteElsewhere(made, true);
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    await expect(tellOrg(made.ctx, applied, { repeated: false })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('meanwhile'),
    });
    expect(await presentOf(made)).not.toBe(PRODUCTION.clientSecret);
    expect(await made.rotation()).toMatchObject({ orgRotated: true, appliedAt: expect.any(Date) });
  });

  it('do not forget that the org has rotated', async () => {
    const made = await staged();
    await applyHere(made);
    await noteElsewhere(made, true);
    await askOrgAgain(made.ctx, made.slug);
    expect((await made.rotation()).orgRotated).toBe(true);
  });

  it('know nothing of the org when one applies again what it refused before', async () => {
    const made = await staged();
    await sim.control.act({ act: 'secrets_by_rest', org, on: false });
    const { ctx, slug, environment } = made;
    await expect(applyStagedSecret(ctx, { slug, confirmation: environment.name })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await made.rotation()).orgRotated).toBe(false);
    await applyHere(made);
    expect((await made.rotation()).orgRotated).toBeNull();
  });
});

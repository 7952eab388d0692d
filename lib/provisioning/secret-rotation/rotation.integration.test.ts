import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environmentSecrets, environments, secretRotations } from '@/db/schema';
import { updateEnvironment } from '@/lib/environments/commands';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { getEnvironment } from '@/lib/environments/queries';
import { observeGrants, pickGrants } from '@/lib/provisioning/secret-rotation/behaviour/observe-grants';
import {
  applyStagedSecret,
  askOrgAgain,
  cancelRotation,
  stagePastedSecret,
  stageSecretFromOrg,
  tellOrgAgain,
} from '@/lib/provisioning/secret-rotation/commands';
import { rotateAtOrg, stageAtOrg } from '@/lib/provisioning/secret-rotation/org/org-credentials';
import { getSecretRotation } from '@/lib/provisioning/secret-rotation/queries';
import { refreshOwnConnection } from '@/lib/provisioning/secret-rotation/refresh-own-connection';
import { applyInVault } from '@/lib/provisioning/secret-rotation/vault/apply-in-vault';
import { PRODUCTION } from '@/simulator/seed/facts';
import { forgetMemory, readStored, setPolicy } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { deleteSecondPair, makeRotating, type Rotating, renewAll, stateOf } from '@/tests/rotating';
import { useSimulatedOrgs } from '@/tests/simulated';
import { heldSecrets } from '@/tests/two-secrets';

const org = 'production';
const OLD = PRODUCTION.clientSecret;

/** What happens once, after the org has staged a secret and before that is written down. */
const { meanwhile } = vi.hoisted(() => ({ meanwhile: vi.fn(async () => {}) }));
vi.mock('@/lib/provisioning/secret-rotation/org/org-credentials', async (original) => {
  const real = await original<typeof import('@/lib/provisioning/secret-rotation/org/org-credentials')>();
  const stage: typeof real.stageAtOrg = async (...args) => {
    const staged = await real.stageAtOrg(...args);
    await meanwhile();
    return staged;
  };
  return { ...real, stageAtOrg: stage };
});

describe('the rotation of a consumer secret', () => {
  const sim = useSimulatedOrgs();

  beforeEach(async () => {
    // What an earlier test has shown of the org would be known.
    await withSystem('test', (tx) => tx.delete(secretRotations));
    forgetMemory();
    setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 5_000, backoffMs: { first: 0, longest: 0 } });
  });

  const presentOf = async ({ environment }: Rotating) =>
    (await withSystem('test', (tx) => openOAuthApp(tx, environment.id))).clientSecret;

  const apply = ({ ctx, slug, environment }: Rotating) =>
    applyStagedSecret(ctx, { slug, confirmation: environment.name });

  const violations = async () => (await sim.control.counts()).violations;

  describe('a rotation in an org that keeps the old pair', () => {
    it('serves everybody at every step, and deletes the old secret with the first success of the new one', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation, actions } = made;
      await stageSecretFromOrg(ctx, slug);
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: true });
      expect(await presentOf(made)).toBe(OLD);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      await apply(made);
      expect(await presentOf(made)).not.toBe(OLD);
      expect(await heldSecrets(environment.id)).toEqual({ previous: true, staged: false });
      expect(await rotation()).toMatchObject({ orgRotated: true, behaviour: 'keeps_old', retiredAt: null });
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: false });
      expect((await rotation()).retiredAt).not.toBeNull();
      expect(await violations()).toBe(0);
      expect((await actions()).filter((action) => action.startsWith('secret'))).toEqual([
        'secret_stage',
        'secret_look_at_grants',
        'secret_apply',
        'secret_tell_org',
        'secret_behaviour',
        'secret_retired',
      ]);
    });

    it('is known by that afterwards, so the next one asks for no name', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, people } = made;
      await stageSecretFromOrg(ctx, slug);
      await apply(made);
      await renewAll(sim, people);
      const { known } = await getSecretRotation(ctx, slug);
      expect(known).toMatchObject({ behaviour: 'keeps_old', evidence: expect.stringContaining('lived on') });
      await deleteSecondPair(made);
      await stageSecretFromOrg(ctx, slug);
      await applyStagedSecret(ctx, { slug, confirmation: '' });
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
    });

    it('shows who would have to reconnect, and no secret, to auditors as well', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug } = made;
      await stageSecretFromOrg(ctx, slug);
      const view = await getSecretRotation(ctx, slug);
      expect(view).toMatchObject({
        canAskOrg: true,
        isProduction: true,
        reach: { people: 2, connections: 2, bootstrap: 1, service: 0 },
        open: { source: 'staged_credentials', appliedAt: null },
        known: { behaviour: 'unknown' },
      });
      const seen = await getSecretRotation(await makeContext('auditor'), slug);
      expect(seen).toMatchObject({ reach: view.reach, canAskOrg: false, ownConnectionId: null });
      const issued = await sim.control.listIssued();
      const audit = await withSystem('test', (tx) => tx.select().from(auditLog));
      const texts = JSON.stringify([view, seen, audit]);
      for (const { value } of issued) expect(texts).not.toContain(value);
    });
  });

  describe('a rotation in an org that revokes', () => {
    const revoking = async () => {
      const made = await makeRotating(sim);
      await sim.control.act({ act: 'secret_rotation', org, behaviour: 'revokes_all' });
      await stageSecretFromOrg(made.ctx, made.slug);
      return made;
    };

    it('is not applied before its name was typed', async () => {
      const { ctx, slug, environment } = await revoking();
      await expect(applyStagedSecret(ctx, { slug, confirmation: 'yes' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { confirmation: expect.any(String) },
      });
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: true });
    });

    it('is seen by access tokens alone: every grant asks for a new consent, and no refresh token is sent', async () => {
      const made = await revoking();
      const { ctx, slug, people, setUp, rotation } = made;
      await sim.control.clearLedger();
      await apply(made);
      expect(await rotation()).toMatchObject({ orgRotated: true, behaviour: 'revokes_all' });
      for (const connection of [...people, setUp]) {
        expect(await stateOf(connection)).toEqual({ state: 'needs_reconnect', cause: 'secret_applied' });
      }
      expect(await renewAll(sim, people)).toEqual(['GRANT_ENDED', 'GRANT_ENDED']);
      const requests = await sim.control.listRequests({ org });
      expect(requests.filter(({ path }) => path === '/services/oauth2/token')).toEqual([]);
      expect(await violations()).toBe(0);
      expect((await getSecretRotation(ctx, slug)).known.behaviour).toBe('revokes_all');
    });
  });

  describe('grants that are dead after a rotation', () => {
    it('of one user say nothing of the others, whose tokens are neither sent nor given up', async () => {
      const made = await makeRotating(sim, []);
      const { ctx, slug, environment, setUp, rotation } = made;
      const another = await sim.connect(environment, 'ada');
      await sim.control.act({ act: 'secret_rotation', org, behaviour: 'revokes_all' });
      await stageSecretFromOrg(ctx, slug);
      await apply(made);
      expect(await rotation()).toMatchObject({ orgRotated: true, behaviour: 'unknown' });
      for (const connection of [setUp, another]) {
        expect(await stateOf(connection)).toEqual({ state: 'idle', cause: null });
      }
    });

    it('say nothing while the org that made the secret has not said that it rotated', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation } = made;
      await stageSecretFromOrg(ctx, slug);
      const before = await pickGrants(ctx, slug);
      await applyInVault(ctx, { slug, confirmation: environment.name });
      await sim.control.act({ act: 'expire_access_tokens', org });
      const { id } = await rotation();
      await observeGrants(id, before);
      expect((await rotation()).behaviour).toBe('unknown');
      for (const person of people) expect(await stateOf(person)).toMatchObject({ state: 'idle' });
      await withSystem('test', (tx) =>
        tx.update(secretRotations).set({ orgRotated: true }).where(eq(secretRotations.id, id)),
      );
      await observeGrants(id, before);
      expect((await rotation()).behaviour).toBe('revokes_all');
    });

    it('are looked at for three users at most, one each, and named in the audit log beforehand', async () => {
      const made = await makeRotating(sim, ['grace', 'grace', 'franz', 'noapi']);
      const { ctx, slug, environment, setUp } = made;
      await sim.connect(environment, 'ada');
      const picked = await pickGrants(ctx, slug);
      expect(picked).toHaveLength(3);
      expect(picked[0]?.id).toBe(setUp.id);
      const audits = await withSystem('test', (tx) =>
        tx.select().from(auditLog).where(eq(auditLog.subjectId, environment.id)),
      );
      const audit = audits.find(({ action }) => action === 'environment.secret_look_at_grants');
      const users = await Promise.all(
        picked.map(async ({ id }) => (await readStored(id)).row.salesforceUserId),
      );
      expect(new Set(users).size).toBe(3);
      expect(audit).toMatchObject({
        personId: ctx.personId,
        details: { connectionIds: picked.map(({ id }) => id) },
      });
    });
  });

  describe('a rotation that is told again', () => {
    /** The sixth request of it is the rotation: before that it learns, and looks for the app. */
    const refusal = {
      fault: 'rest_error',
      endpoint: 'data',
      skip: 5,
      errorCode: 'FUNCTIONALITY_NOT_ENABLED',
      message: 'not now',
      status: 403,
    } as const;

    async function applied() {
      const made = await makeRotating(sim);
      await stageSecretFromOrg(made.ctx, made.slug);
      await applyInVault(made.ctx, { slug: made.slug, confirmation: made.environment.name });
      return made;
    }

    it('and refused by an org that cannot be asked keeps both secrets: the first request may have run', async () => {
      const { ctx, slug, environment, people, rotation } = await applied();
      await sim.control.addFault({ ...refusal, count: null });
      await expect(tellOrgAgain(ctx, slug)).rejects.toMatchObject({
        code: 'CONFLICT',
        nextStep: expect.stringContaining('ask the org again'),
        salesforce: { error: 'FUNCTIONALITY_NOT_ENABLED' },
      });
      expect(await heldSecrets(environment.id)).toEqual({ previous: true, staged: false });
      expect(await rotation()).toMatchObject({ appliedAt: expect.any(Date), orgRotated: null });
      await sim.control.clearFaults();
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      await tellOrgAgain(ctx, slug);
      expect((await rotation()).orgRotated).toBe(true);
    });

    it('and refused by an org that has not rotated is taken back', async () => {
      const { ctx, slug, environment, rotation } = await applied();
      await sim.control.addFault(refusal);
      await expect(tellOrgAgain(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: true });
      expect(await rotation()).toMatchObject({ appliedAt: null, orgRotated: false });
    });
  });

  describe('a rotation that is interrupted', () => {
    it.each([
      { clientId: '3MVG9.another' },
      { origin: 'https://other.my.salesforce.com' },
      { clientType: 'public' as const },
    ])('by %j while the org stages a secret, does not take the secret of the app before', async (change) => {
      const { ctx, slug, environment } = await makeRotating(sim);
      meanwhile.mockImplementationOnce(async () => {
        await withSystem('test', (tx) =>
          tx.update(environments).set(change).where(eq(environments.id, environment.id)),
        );
      });
      await expect(stageSecretFromOrg(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: false });
      expect(await withSystem('test', (tx) => tx.$count(secretRotations))).toBe(0);
    });

    it('after it was staged at the org and before that arrived here, takes the same secret again', async () => {
      const made = await makeRotating(sim);
      const lost = await stageAtOrg(made.ctx, made.environment, OLD);
      await stageSecretFromOrg(made.ctx, made.slug);
      expect((await made.rotation()).stagedCredentialId).toBe(lost.id);
    });

    it('after it was applied and before the org was told, serves with either secret until the org is told', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation } = made;
      await stageSecretFromOrg(ctx, slug);
      await applyInVault(ctx, { slug, confirmation: environment.name });
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      // A staged secret works already and would die in 30 days: the old one is kept.
      expect(await heldSecrets(environment.id)).toMatchObject({ previous: true });
      await askOrgAgain(ctx, slug);
      expect((await rotation()).orgRotated).toBe(false);
      await tellOrgAgain(ctx, slug);
      expect((await rotation()).orgRotated).toBe(true);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect(await heldSecrets(environment.id)).toMatchObject({ previous: false });
    });

    it('after the org had rotated and before that was written down, learns it from the org', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation } = made;
      await stageSecretFromOrg(ctx, slug);
      await applyInVault(ctx, { slug, confirmation: environment.name });
      await rotateAtOrg(ctx, environment, (await rotation()).stagedCredentialId ?? '');
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      await expect(cancelRotation(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect((await rotation()).orgRotated).toBe(true);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect((await rotation()).retiredAt).not.toBeNull();
    });

    it.each([
      ['drop_after', true],
      ['drop_before', false],
    ] as const)('by %s at the rotation, asks the org which secret it took', async (fault, rotated) => {
      const made = await makeRotating(sim);
      const { ctx, slug, people, rotation, actions } = made;
      await stageSecretFromOrg(ctx, slug);
      await sim.control.addFault({ fault, endpoint: 'data', skip: 2 });
      await apply(made);
      expect((await rotation()).orgRotated).toBe(rotated);
      expect(await actions()).toContain('secret_tell_org failed');
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect(await violations()).toBe(0);
    });

    it('by a clear refusal, has the old secret back and the new one staged', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation } = made;
      const { secretSince } = await getSecretRotation(ctx, slug);
      await stageSecretFromOrg(ctx, slug);
      await sim.control.act({ act: 'secrets_by_rest', org, on: false });
      await expect(apply(made)).rejects.toMatchObject({
        code: 'CONFLICT',
        salesforce: { error: 'FUNCTIONALITY_NOT_ENABLED' },
      });
      expect(await presentOf(made)).toBe(OLD);
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: true });
      expect(await rotation()).toMatchObject({ appliedAt: null });
      expect((await getSecretRotation(ctx, slug)).secretSince).toBe(secretSince);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      await sim.control.act({ act: 'secrets_by_rest', org, on: true });
      await apply(made);
      expect(await rotation()).toMatchObject({ orgRotated: true });
    });
  });

  describe('cancelling', () => {
    it('deletes a staged secret here and at the org', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, rotation } = made;
      await stageSecretFromOrg(ctx, slug);
      const first = await rotation();
      await cancelRotation(ctx, slug);
      expect(await heldSecrets(environment.id)).toEqual({ previous: false, staged: false });
      expect((await rotation()).cancelledAt).not.toBeNull();
      await stageSecretFromOrg(ctx, slug);
      expect((await rotation()).stagedCredentialId).not.toBe(first.stagedCredentialId);
    });

    it('takes an applied one back once the org has deleted it, and never while that is not certain', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people } = made;
      await stageSecretFromOrg(ctx, slug);
      await applyInVault(ctx, { slug, confirmation: environment.name });
      await sim.control.act({ act: 'secrets_by_rest', org, on: false });
      await expect(cancelRotation(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await presentOf(made)).not.toBe(OLD);
      await sim.control.act({ act: 'secrets_by_rest', org, on: true });
      await cancelRotation(ctx, slug);
      expect(await presentOf(made)).toBe(OLD);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
    });

    it('is refused once the old secret is deleted', async () => {
      const made = await makeRotating(sim);
      await stageSecretFromOrg(made.ctx, made.slug);
      await apply(made);
      await renewAll(sim, made.people);
      await expect(cancelRotation(made.ctx, made.slug)).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });

  describe('a pasted secret', () => {
    const NEXT = 'pasted-in-orgdock';

    it('is sent first from applying on, and the old one serves until Salesforce takes the new one', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment, people, rotation } = made;
      await stagePastedSecret(ctx, { slug, form: { nextSecret: ` ${NEXT} ` } });
      await apply(made);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect(await heldSecrets(environment.id)).toMatchObject({ previous: true });
      await sim.control.act({ act: 'change_secret', org, clientSecret: NEXT, follows_policy: true });
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
      expect(await heldSecrets(environment.id)).toMatchObject({ previous: false });
      // Nobody told Orgdock when it was applied there, so nothing is known of the org.
      expect(await rotation()).toMatchObject({ behaviour: 'unknown', orgRotated: null });
    });

    it('that is wrong can be taken back', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, people } = made;
      await stagePastedSecret(ctx, { slug, form: { nextSecret: NEXT } });
      await apply(made);
      await cancelRotation(ctx, slug);
      expect(await presentOf(made)).toBe(OLD);
      expect(await renewAll(sim, people)).toEqual(['served', 'served']);
    });

    it('is confirmed by a refresh of the administrator’s own connection', async () => {
      const made = await makeRotating(sim);
      const { ctx, slug, environment } = made;
      await expect(refreshOwnConnection(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      await sim.connect(environment, 'grace', ctx);
      await stagePastedSecret(ctx, { slug, form: { nextSecret: NEXT } });
      await apply(made);
      await sim.control.act({ act: 'change_secret', org, clientSecret: NEXT });
      await refreshOwnConnection(ctx, slug);
      expect(await heldSecrets(environment.id)).toMatchObject({ previous: false });
    });

    it.each([
      ['', 'Paste'],
      ['two words', 'no spaces'],
      [OLD, 'in use already'],
    ])('%j is refused', async (nextSecret, words) => {
      const { ctx, slug, environment } = await makeRotating(sim, []);
      await expect(stagePastedSecret(ctx, { slug, form: { nextSecret } })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { nextSecret: expect.stringContaining(words) },
      });
      expect(await heldSecrets(environment.id)).toMatchObject({ staged: false });
    });
  });

  describe('only one rotation', () => {
    it('is open at a time, and the form keeps away from secret and app meanwhile', async () => {
      const { ctx, slug } = await makeRotating(sim);
      await stageSecretFromOrg(ctx, slug);
      const conflict = { code: 'CONFLICT' };
      await expect(stagePastedSecret(ctx, { slug, form: { nextSecret: 'x' } })).rejects.toMatchObject(
        conflict,
      );
      await expect(stageSecretFromOrg(ctx, slug)).rejects.toMatchObject(conflict);
      const environment = await getEnvironment(ctx, slug);
      if (!environment) throw new Error('no environment');
      const { name, kind, origin, clientId, apiVersion, scopes, membership, access } = environment;
      const form = { name, kind, origin, clientId, apiVersion, scopes: scopes.join(' '), membership, access };
      const save = (changes: object) => updateEnvironment(ctx, { slug, form: { ...form, ...changes } });
      await expect(save({ consumerSecret: 'another' })).rejects.toMatchObject(conflict);
      await expect(save({ removeSecret: 'on' })).rejects.toMatchObject(conflict);
      await expect(save({ clientId: 'another', consumerSecret: 'another' })).rejects.toMatchObject(conflict);
      await save({ name: 'Renamed' });
    });

    it('is for administrators, and for an environment with a secret', async () => {
      const { slug, environment } = await makeRotating(sim, []);
      for (const role of ['member', 'auditor'] as const) {
        const other = await makeContext(role);
        for (const act of [
          () => stagePastedSecret(other, { slug, form: { nextSecret: 'x' } }),
          () => stageSecretFromOrg(other, slug),
          () => applyStagedSecret(other, { slug, confirmation: environment.name }),
          () => askOrgAgain(other, slug),
          () => tellOrgAgain(other, slug),
          () => cancelRotation(other, slug),
          () => refreshOwnConnection(other, slug),
        ]) {
          await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
        }
      }
      await expect(getSecretRotation(await makeContext('member'), slug)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      const ctx = await makeContext('admin');
      const bare = await sim.makeEnvironment(org);
      await withSystem('test', (tx) =>
        tx.delete(environmentSecrets).where(eq(environmentSecrets.environmentId, bare.id)),
      );
      await expect(
        stagePastedSecret(ctx, { slug: bare.slug, form: { nextSecret: 'x' } }),
      ).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(
        await withSystem('test', (tx) =>
          tx.select().from(secretRotations).where(eq(secretRotations.environmentId, bare.id)),
        ),
      ).toEqual([]);
    });

    it('uses no grant of another administrator', async () => {
      const { slug } = await makeRotating(sim, []);
      const other = await makeContext('admin');
      expect((await getSecretRotation(other, slug)).canAskOrg).toBe(false);
      await expect(stageSecretFromOrg(other, slug)).rejects.toMatchObject({
        code: 'CONFLICT',
        nextStep: expect.stringContaining('paste'),
      });
    });
  });
});

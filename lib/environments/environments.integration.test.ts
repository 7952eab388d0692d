import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environmentSecrets, environments } from '@/db/schema';
import { createEnvironment, pinExpectedOrg, updateEnvironment } from '@/lib/environments/commands';
import { holdToExpectedOrg, proposeOrg } from '@/lib/environments/expected-org';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import {
  getEnvironment,
  listConnectableEnvironments,
  listEnvironments,
  listSignInEnvironments,
  requireEnvironment,
} from '@/lib/environments/queries';
import { makeContext, makeEnvironment, systemContext } from '@/tests/factories';

const ORG = { id: '00D000000000001EAA', name: 'Acme Corporation' };
const OTHER = { id: '00D000000000002EAA', name: null };

function formOf(changes: Record<string, unknown> = {}) {
  return {
    name: `Production ${randomUUID()}`,
    kind: 'production',
    origin: 'https://acme.my.salesforce.com',
    clientId: `3MVG9.${randomUUID()}`,
    consumerSecret: 'the-consumer-secret',
    ...changes,
  };
}

const auditOf = (subjectId: string) =>
  withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(auditLog.id),
  );

async function created(changes: Record<string, unknown> = {}) {
  const ctx = await makeContext('admin');
  const form = formOf(changes);
  return { ctx, form, ...(await createEnvironment(ctx, form)) };
}

describe('creating an environment', () => {
  it('seals the secret, shows the redirect URI and audits without the secret', async () => {
    const { ctx, form, id, slug } = await created();
    expect(await requireEnvironment(ctx, slug)).toMatchObject({
      id,
      name: form.name,
      hasSecret: true,
      redirectUri: `http://localhost:3000/api/auth/callback/${slug}`,
      expectedOrg: null,
      proposedOrg: null,
    });
    const [secret] = await withSystem('test', (tx) =>
      tx.select().from(environmentSecrets).where(eq(environmentSecrets.environmentId, id)),
    );
    expect(secret?.consumerSecret).not.toContain('the-consumer-secret');
    const app = await withSystem('test', (tx) => openOAuthApp(tx, id));
    expect(app).toMatchObject({
      tokenHost: 'https://acme.my.salesforce.com',
      clientId: form.clientId,
      clientSecret: 'the-consumer-secret',
      previousSecret: null,
      sealedSecret: secret?.consumerSecret,
      settings: { clientAuthentication: 'client_secret_post', refreshScopes: null, patienceMs: 10_000 },
    });
    const audit = await auditOf(id);
    expect(audit).toMatchObject([{ action: 'environment.create', personId: ctx.personId }]);
    expect(JSON.stringify([audit, await listEnvironments(ctx)])).not.toContain('the-consumer-secret');
  });

  it('opens no secret of a public client, although one is stored, and says what its settings say', async () => {
    const { ctx, id, slug } = await created({
      clientType: 'public',
      clientAuthentication: 'client_secret_basic',
      sendScopeOnRefresh: 'on',
      scopes: 'openid api refresh_token',
      tokenHeaders: { 'X-Route': 'eu' },
      authenticationTimeoutSeconds: '25',
    });
    expect(await getEnvironment(ctx, slug)).toMatchObject({ hasSecret: true });
    const secrets = await withSystem('test', (tx) => openOAuthApp(tx, id));
    expect(secrets).toMatchObject({
      clientSecret: null,
      previousSecret: null,
      settings: {
        clientAuthentication: 'client_secret_basic',
        refreshScopes: ['openid', 'api', 'refresh_token'],
        tokenHeaders: { 'X-Route': 'eu' },
        patienceMs: 25_000,
      },
    });
  });

  it('is possible for set-up, before anybody is known', async () => {
    const { id } = await createEnvironment(systemContext('set-up'), formOf({ consumerSecret: '' }));
    expect((await withSystem('test', (tx) => openOAuthApp(tx, id))).clientSecret).toBeNull();
    expect(await auditOf(id)).toMatchObject([{ actorKind: 'system' }]);
  });

  it('gives two of the same name different slugs, and refuses the very same twice', async () => {
    const { ctx, form, slug } = await created();
    const second = await createEnvironment(ctx, { ...form, clientId: 'another' });
    expect(second.slug).toBe(`${slug}-2`);
    await expect(createEnvironment(ctx, form)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('refuses one that is there under a slug of another name, as it was renamed', async () => {
    const { ctx, form, slug } = await created();
    const renamed = { ...form, name: `Renamed ${randomUUID()}` };
    await updateEnvironment(ctx, { slug, form: { ...renamed, consumerSecret: '' } });
    await expect(createEnvironment(ctx, renamed)).rejects.toMatchObject({ code: 'CONFLICT' });
    await createEnvironment(ctx, form);
  });

  it('of a double click makes one', async () => {
    const ctx = await makeContext('admin');
    const form = formOf();
    const results = await Promise.allSettled([1, 2, 3].map(() => createEnvironment(ctx, form)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
    }
  });
});

describe('changing an environment', () => {
  it('keeps a reserve of the org’s API calls, and audits it', async () => {
    const { ctx, form, id, slug } = await created();
    expect(await getEnvironment(ctx, slug)).toMatchObject({ apiReservePercent: 0 });
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: '', apiReservePercent: '20' } });
    expect(await getEnvironment(ctx, slug)).toMatchObject({ apiReservePercent: 20 });
    expect((await auditOf(id)).at(-1)?.details).toMatchObject({
      before: { apiReservePercent: 0 },
      after: { apiReservePercent: 20 },
    });
  });

  it('keeps the secret when none is entered, and audits what changed', async () => {
    const { ctx, form, id, slug } = await created();
    await updateEnvironment(ctx, { slug, form: { ...form, name: 'Renamed', consumerSecret: '' } });
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ name: 'Renamed', slug, hasSecret: true });
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'environment.update',
      details: { before: { name: form.name }, after: { name: 'Renamed' }, secretChanged: false },
    });
  });

  it('audits a changed refresh token policy from what to what', async () => {
    const { ctx, form, id, slug } = await created();
    const policy = {
      idleLimitDays: '',
      absoluteLimitDays: '90',
      introspection: 'false',
      uncertainPolicy: 'one_try',
    };
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: '', ...policy } });
    const after = {
      idleLimitDays: null,
      absoluteLimitDays: 90,
      introspection: false,
      uncertainPolicy: 'one_try',
    };
    expect(await requireEnvironment(ctx, slug)).toMatchObject(after);
    expect((await auditOf(id)).at(-1)?.details).toEqual({
      before: {
        idleLimitDays: 30,
        absoluteLimitDays: null,
        introspection: true,
        uncertainPolicy: 'reconnect',
      },
      after,
      secretChanged: false,
    });
  });

  it('writes nothing when nothing changed', async () => {
    const { ctx, form, id, slug } = await created();
    const read = () =>
      withSystem('test', (tx) => tx.select().from(environments).where(eq(environments.id, id)));
    const before = await read();
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: '' } });
    expect(await read()).toEqual(before);
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('keeps the secret before a new one until Salesforce accepts that, but never for another app', async () => {
    const { ctx, form, id, slug } = await created();
    const secrets = () => withSystem('test', (tx) => openOAuthApp(tx, id));
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: 'the-next-secret' } });
    expect(await secrets()).toMatchObject({
      clientSecret: 'the-next-secret',
      previousSecret: 'the-consumer-secret',
    });
    const elsewhere = { ...form, clientId: 'another', consumerSecret: 'of-another-app' };
    await updateEnvironment(ctx, { slug, form: elsewhere });
    expect(await secrets()).toMatchObject({ clientSecret: 'of-another-app', previousSecret: null });
  });

  it('replaces and removes the secret', async () => {
    const { ctx, form, id, slug } = await created();
    const read = async () => (await withSystem('test', (tx) => openOAuthApp(tx, id))).clientSecret;
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: 'rotated' } });
    expect(await read()).toBe('rotated');
    await updateEnvironment(ctx, { slug, form: { ...form, consumerSecret: '', removeSecret: 'on' } });
    expect(await read()).toBeNull();
    expect((await requireEnvironment(ctx, slug)).secretUpdatedAt).toBeNull();
  });

  it.each([{ clientId: 'another' }, { origin: 'https://other.my.salesforce.com' }])(
    'never takes a stored secret elsewhere: %j needs it again',
    async (changes) => {
      const { ctx, form, slug } = await created();
      const changed = { ...form, ...changes, consumerSecret: '' };
      await expect(updateEnvironment(ctx, { slug, form: changed })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { consumerSecret: expect.stringContaining('again') },
      });
      await updateEnvironment(ctx, { slug, form: { ...changed, consumerSecret: 'fresh' } });
      expect(await requireEnvironment(ctx, slug)).toMatchObject(changes);
    },
  );

  it('of one that is not there is NOT_FOUND', async () => {
    const ctx = await makeContext('admin');
    await expect(updateEnvironment(ctx, { slug: 'nowhere', form: formOf() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(requireEnvironment(ctx, 'nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withSystem('test', (tx) => openOAuthApp(tx, randomUUID()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('who may', () => {
  it('an auditor sees all of it but the secret itself', async () => {
    const { slug } = await created();
    const ctx = await makeContext('auditor');
    const seen = await getEnvironment(ctx, slug);
    expect(seen).toMatchObject({ slug, hasSecret: true, secretUpdatedAt: expect.any(String) });
    expect(await listEnvironments(ctx)).toContainEqual(seen);
  });

  it('a member sees no configuration', async () => {
    const { slug } = await created();
    const ctx = await makeContext('member');
    await expect(listEnvironments(ctx)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(getEnvironment(ctx, slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(['member', 'auditor'] as const)('a %s changes no configuration', async (role) => {
    const { form, slug } = await created();
    const ctx = await makeContext(role);
    for (const act of [
      () => createEnvironment(ctx, form),
      () => updateEnvironment(ctx, { slug, form }),
      () => pinExpectedOrg(ctx, { slug, orgId: ORG.id }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('everybody sees what they may sign in or connect to, and nothing more of it', async () => {
    const open = await makeEnvironment({ allowSignIn: true });
    const closed = await makeEnvironment({ allowSignIn: false });
    const ctx = await makeContext('member');
    const forSignIn = await listSignInEnvironments();
    expect(forSignIn.map(({ id }) => id)).toContain(open.id);
    expect(forSignIn.map(({ id }) => id)).not.toContain(closed.id);
    const connectable = await listConnectableEnvironments(ctx);
    expect(connectable.map(({ id }) => id)).toEqual(expect.arrayContaining([open.id, closed.id]));
    expect(Object.keys(connectable[0] ?? {}).sort()).toEqual([
      'color',
      'deleted',
      'id',
      'isProduction',
      'kind',
      'name',
      'slug',
      'status',
    ]);
  });
});

describe('the expected org', () => {
  const hold = (environmentId: string, org: typeof ORG | typeof OTHER, mayPin: boolean) =>
    withSystem('test', (tx) => holdToExpectedOrg(tx, systemContext(), { environmentId, org, mayPin }));

  it('is proposed once by members, then pinned by an administrator who saw it', async () => {
    const { ctx, id, slug } = await created();
    await hold(id, ORG, false);
    await hold(id, OTHER, false);
    expect((await requireEnvironment(ctx, slug)).proposedOrg).toEqual(ORG);
    await expect(pinExpectedOrg(ctx, { slug, orgId: OTHER.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await pinExpectedOrg(ctx, { slug, orgId: ORG.id });
    await pinExpectedOrg(ctx, { slug, orgId: ORG.id });
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ expectedOrg: ORG, proposedOrg: null });
    expect((await auditOf(id)).map((entry) => entry.action)).toEqual([
      'environment.create',
      'environment.pin_org',
    ]);
    await expect(hold(id, OTHER, true)).rejects.toMatchObject({
      code: 'CONSENT_WRONG_ORG',
      message: expect.stringContaining('Acme Corporation (00D000000000001EAA)'),
    });
    await hold(id, ORG, false);
  });

  it('is pinned at once by an administrator’s own consent', async () => {
    const { ctx, id, slug } = await created();
    await hold(id, ORG, true);
    expect((await requireEnvironment(ctx, slug)).expectedOrg).toEqual(ORG);
  });

  it('that was pinned without a name, as set-up does, gets it from the first consent that knows it', async () => {
    const { ctx, id, slug } = await created();
    const nameless = { id: ORG.id, name: null };
    await withSystem('test', (tx) =>
      holdToExpectedOrg(tx, systemContext(), { environmentId: id, org: nameless, mayPin: true }),
    );
    await withSystem('test', (tx) =>
      holdToExpectedOrg(tx, systemContext(), { environmentId: id, org: nameless, mayPin: false }),
    );
    expect((await requireEnvironment(ctx, slug)).expectedOrg).toEqual(nameless);
    await hold(id, ORG, false);
    expect((await requireEnvironment(ctx, slug)).expectedOrg).toEqual(ORG);
    await hold(id, { ...ORG, name: 'Renamed later' }, false);
    expect((await requireEnvironment(ctx, slug)).expectedOrg).toEqual(ORG);
  });

  it('keeps the first open proposal, and proposes what is pinned to nobody', async () => {
    const { ctx, id, slug } = await created();
    const propose = (org: typeof ORG | typeof OTHER) => withSystem('test', (tx) => proposeOrg(tx, id, org));
    const proposed = async () => (await requireEnvironment(ctx, slug)).proposedOrg;
    await propose({ ...ORG, name: 'Old name' });
    await propose(OTHER);
    await propose(ORG);
    expect(await proposed()).toEqual(ORG);
    await pinExpectedOrg(ctx, { slug, orgId: ORG.id });
    await propose(ORG);
    expect(await proposed()).toBeNull();
    await propose(OTHER);
    expect(await proposed()).toEqual(OTHER);
  });

  it('of an environment that is gone cannot be held', async () => {
    await expect(hold(randomUUID(), ORG, true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await withSystem('test', (tx) => tx.select().from(environments))).not.toEqual([]);
  });
});

import { desc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environments, identityProviders, secretRotations } from '@/db/schema';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { slugOf } from '@/lib/environments/slug';
import { ENVIRONMENT_COLORS } from '@/lib/environments/types';
import { storeStaged } from '@/lib/provisioning/secret-rotation/vault/move-secrets';
import { asOwner } from '@/tests/database-owner';
import { makeContext, systemContext } from '@/tests/factories';
import { heldSecrets } from '@/tests/two-secrets';
import { applyImport } from './commands';
import { exportEnvironments, planImport } from './queries';

const UAT = {
  slug: 'uat',
  name: 'UAT',
  kind: 'uat',
  origin: 'https://acme--uat.sandbox.my.salesforce.com',
  clientId: '3MVG9.uat',
};

const fileOf = (...entries: object[]) =>
  JSON.stringify({ orgdock: 'environments', version: 1, environments: entries });

/** This file has a database of its own. */
const emptyPortal = () => withSystem('test', (tx) => tx.delete(environments));

beforeEach(async () => {
  await emptyPortal();
});

async function imported(content: string, secrets: Record<string, string> = {}) {
  const ctx = await makeContext('admin');
  const { seen } = await planImport(ctx, { content, secrets });
  return { ctx, result: await applyImport(ctx, { content, secrets, seen }) };
}

async function rowOf(slug: string) {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(environments).where(eq(environments.slug, slug)),
  );
  if (!row) throw new Error(`no environment ${slug}`);
  return row;
}

async function auditOf(subjectId: string) {
  return await withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(desc(auditLog.id)),
  );
}

const secretsOf = async (slug: string) => {
  const { id } = await rowOf(slug);
  return await withSystem('test', (tx) => openOAuthApp(tx, id));
};

describe('importing', () => {
  it('creates with the slug of the file, as a draft while the secret is missing, and audits', async () => {
    const { ctx, result } = await imported(
      fileOf(
        { ...UAT, expectedOrg: { id: '00D000000000001EAA', name: 'Acme' } },
        { ...UAT, slug: 'qa', name: 'QA' },
      ),
      { qa: 'canary-secret' },
    );
    expect(result).toEqual({ created: ['uat', 'qa'], changed: [], unchanged: [], leftOut: [] });
    const [uat, qa] = [await rowOf('uat'), await rowOf('qa')];
    expect(uat).toMatchObject({
      status: 'draft',
      expectedOrgId: '00D000000000001EAA',
      expectedOrgName: 'Acme',
    });
    expect(qa.status).toBe('active');
    expect((await secretsOf('qa')).clientSecret).toBe('canary-secret');
    const audit = [...(await auditOf(uat.id)), ...(await auditOf(qa.id))];
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'environment.create',
      'environment.create',
      'environment.pin_org',
    ]);
    expect(audit.every(({ personId }) => personId === ctx.personId)).toBe(true);
    expect(JSON.stringify(audit)).toContain('"via":"import"');
    expect(JSON.stringify(audit)).not.toContain('canary-secret');
  });

  it('changes what differs, keeps the one before of a new secret, and changes nothing a second time', async () => {
    await imported(fileOf(UAT), { uat: 'first' });
    const content = fileOf({ slug: 'uat', name: 'UAT 2', status: 'disabled' });
    const { result } = await imported(content, { uat: 'second' });
    expect(result.changed).toEqual(['uat']);
    const row = await rowOf('uat');
    expect(row).toMatchObject({ name: 'UAT 2', status: 'disabled', clientId: UAT.clientId });
    expect(await secretsOf('uat')).toMatchObject({ clientSecret: 'second', previousSecret: 'first' });
    expect((await auditOf(row.id)).slice(0, 2)).toMatchObject([
      { action: 'environment.disable' },
      {
        action: 'environment.update',
        details: { before: { name: 'UAT' }, after: { name: 'UAT 2' }, secretChanged: true, via: 'import' },
      },
    ]);
    expect((await imported(content, { uat: 'second' })).result).toMatchObject({
      changed: [],
      unchanged: ['uat'],
    });
    expect(await auditOf(row.id)).toHaveLength(3);
  });

  it('leaves out an app that moved until its secret is entered, and sends no old one there', async () => {
    await imported(fileOf(UAT), { uat: 'of-the-app-before' });
    const content = fileOf({ slug: 'uat', clientId: '3MVG9.other' });
    expect((await imported(content)).result.leftOut).toEqual(['uat']);
    expect(await secretsOf('uat')).toMatchObject({
      clientId: UAT.clientId,
      clientSecret: 'of-the-app-before',
    });
    expect((await imported(content, { uat: 'of-the-new-app' })).result.changed).toEqual(['uat']);
    expect(await secretsOf('uat')).toMatchObject({
      clientId: '3MVG9.other',
      clientSecret: 'of-the-new-app',
      previousSecret: null,
    });
    await imported(fileOf({ slug: 'uat', clientId: '3MVG9.third', clientType: 'public' }));
    const { id } = await rowOf('uat');
    expect((await withSystem('test', (tx) => openOAuthApp(tx, id))).clientSecret).toBeNull();
  });

  it('leaves an app alone whose secret is being rotated, and is not carried out once a rotation began', async () => {
    const { ctx } = await imported(fileOf(UAT), { uat: 'present' });
    const { id: environmentId } = await rowOf('uat');
    const content = fileOf({ slug: 'uat', clientId: '3MVG9.other' });
    const input = { content, secrets: { uat: 'of-another-app' } };
    const { seen } = await planImport(ctx, input);
    await withSystem('test', async (tx) => {
      await tx.insert(secretRotations).values({ environmentId, startedBy: ctx.personId, source: 'pasted' });
      await storeStaged(tx, environmentId, 'staged');
    });
    await expect(applyImport(ctx, { ...input, seen })).rejects.toMatchObject({ code: 'CONFLICT' });
    const open = await imported(content, input.secrets);
    expect(open.result.leftOut).toEqual(['uat']);
    expect(await secretsOf('uat')).toMatchObject({ clientId: UAT.clientId, clientSecret: 'present' });

    await withSystem('test', (tx) => tx.update(secretRotations).set({ cancelledAt: new Date() }));
    expect((await imported(content, input.secrets)).result.changed).toEqual(['uat']);
    // What was staged for the app before goes nowhere else.
    expect(await heldSecrets(environmentId)).toEqual({ previous: false, staged: false });
  });

  it('refuses slugs of deleted environments and of identity providers', async () => {
    await imported(fileOf(UAT), { uat: 's' });
    await withSystem('test', (tx) => tx.update(environments).set({ deletedAt: new Date() }));
    await withSystem('test', (tx) =>
      tx.insert(identityProviders).values({
        slug: 'okta',
        name: 'Okta',
        issuer: 'https://acme.okta.com',
        clientId: 'x',
        scopes: ['openid'],
      }),
    );
    const plan = await planImport(await makeContext('admin'), {
      content: fileOf(UAT, { ...UAT, slug: 'okta' }),
      secrets: {},
    });
    expect(plan.items.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
  });

  it('carries out only the plan that was seen', async () => {
    const ctx = await makeContext('admin');
    const content = fileOf(UAT);
    const { seen } = await planImport(ctx, { content, secrets: {} });
    await imported(content);
    await expect(applyImport(ctx, { content, secrets: {}, seen })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const other = fileOf({ ...UAT, slug: 'other' });
    await expect(applyImport(ctx, { content: other, secrets: {}, seen })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await withSystem('test', (tx) => tx.$count(environments))).toBe(1);
  });

  it('does all or nothing', async () => {
    await asOwner((sql) => sql`ALTER TABLE orgdock.environments ADD CONSTRAINT no_qa CHECK (slug <> 'qa')`);
    onTestFinished(async () => {
      await asOwner((sql) => sql`ALTER TABLE orgdock.environments DROP CONSTRAINT no_qa`);
    });
    await expect(imported(fileOf(UAT, { ...UAT, slug: 'qa', name: 'QA' }))).rejects.toThrow();
    expect(await withSystem('test', (tx) => tx.$count(environments))).toBe(0);
  });

  it('is for administrators, and exporting for auditors, too', async () => {
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      const input = { content: fileOf(UAT), secrets: {} };
      await expect(planImport(ctx, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(applyImport(ctx, { ...input, seen: '' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(exportEnvironments(await makeContext('member'), null)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await exportEnvironments(await makeContext('auditor'), null)).environments).toEqual([]);
  });
});

describe('exporting', () => {
  it('holds no secret, takes one or all in the order of the list, and is audited', async () => {
    await imported(fileOf({ ...UAT, rank: 2 }, { ...UAT, slug: 'qa', name: 'QA', rank: 1 }), {
      uat: 'canary-secret',
    });
    const ctx = await makeContext('admin');
    const all = await exportEnvironments(ctx, null);
    expect(all.environments.map(({ slug }) => slug)).toEqual(['qa', 'uat']);
    expect(JSON.stringify(all)).not.toMatch(/canary|sealed|secretUpdatedAt/);
    expect((await exportEnvironments(ctx, 'uat')).environments.map(({ slug }) => slug)).toEqual(['uat']);
    await expect(exportEnvironments(ctx, 'gone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await auditOf('environments')).slice(0, 2)).toMatchObject([
      { action: 'environment.export', personId: ctx.personId, details: { slugs: ['uat'] } },
      { action: 'environment.export', details: { slugs: ['qa', 'uat'] } },
    ]);
  });

  it('brings every environment over to an empty portal as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(entries, { selector: slugFor, minLength: 1, maxLength: 4 }),
        async (drawn) => {
          await emptyPortal();
          const list = drawn.map((entry) => ({ ...entry, slug: slugFor(entry) }));
          const secrets = Object.fromEntries(list.map(({ slug }) => [slug, 'the-secret']));
          await imported(fileOf(...list), secrets);
          const first = await exportEnvironments(systemContext(), null);
          expect(first.environments).toHaveLength(list.length);
          await emptyPortal();
          const { result } = await imported(JSON.stringify(first), secrets);
          expect(result.created).toHaveLength(list.length);
          expect(await exportEnvironments(systemContext(), null)).toEqual(first);
          const again = await imported(JSON.stringify(first));
          expect(again.result.unchanged).toHaveLength(list.length);
          // Without its secret a confidential one is a draft, and nothing else about it differs.
          await emptyPortal();
          await imported(JSON.stringify(first));
          const { environments: bare } = await exportEnvironments(systemContext(), null);
          expect(bare).toEqual(
            first.environments.map((entry) =>
              entry.clientType === 'public' ? entry : { ...entry, status: 'draft' },
            ),
          );
        },
      ),
      { numRuns: 12 },
    );
  });
});

const slugFor = ({ name }: { name: string }) => slugOf(name, new Set());
const word = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
const pairs = fc.dictionary(
  word.map((text) => `x_${text}`),
  fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  { maxKeys: 3 },
);
const headers = fc.dictionary(
  word.map((text) => `X-${text}`),
  fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  { maxKeys: 2 },
);

/** Environments as complete as a form can make them. */
const entries = fc.record({
  name: fc.stringMatching(/^[A-Za-zÄÖÜß][A-Za-z0-9 ()äöü.&-]{0,30}[A-Za-z0-9]$/),
  kind: fc.constantFrom('production', 'uat', 'sandbox', 'developer', 'scratch'),
  status: fc.constantFrom('active', 'disabled', 'draft'),
  isProduction: fc.boolean(),
  color: fc.constantFrom(null, ...ENVIRONMENT_COLORS),
  rank: fc.integer({ min: -999, max: 999 }),
  contactEmail: fc.constantFrom(null, 'crm@acme.com'),
  runAsUsername: fc.constantFrom(null, 'integration@acme.com.uat'),
  origin: word.map((text) => `https://${text}.my.salesforce.com`),
  appType: fc.constantFrom('external_client_app', 'connected_app'),
  clientId: fc.stringMatching(/^3MVG9[\w.]{5,40}$/),
  clientType: fc.constantFrom('confidential', 'public'),
  clientAuthentication: fc.constantFrom('client_secret_post', 'client_secret_basic'),
  apiVersion: fc.integer({ min: 50, max: 99 }).map((version) => `${version}.0`),
  scopes: fc.constantFrom(['openid', 'api', 'refresh_token'], ['openid', 'full', 'offline_access', 'web']),
  sendScopeOnRefresh: fc.boolean(),
  authorizeParameters: pairs,
  tokenParameters: pairs,
  tokenHeaders: headers,
  headerPrefix: fc.constantFrom('Bearer', 'OAuth'),
  authenticationTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
  queryTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
  apiReservePercent: fc.integer({ min: 0, max: 90 }),
  allowRawTokens: fc.boolean(),
  allowSignIn: fc.boolean(),
  membership: fc.constantFrom('known_people', 'everyone_of_org'),
  access: fc.constantFrom('everyone', 'chosen', 'admins'),
  idleLimitDays: fc.option(fc.integer({ min: 1, max: 3650 })),
  absoluteLimitDays: fc.option(fc.integer({ min: 1, max: 3650 })),
  introspection: fc.boolean(),
  uncertainPolicy: fc.constantFrom('reconnect', 'one_try'),
  readingHours: fc.constantFrom(null, {
    days: [1, 5],
    from: '08:00',
    to: '18:30',
    timeZone: 'Europe/Berlin',
  }),
  outsideHours: fc.constantFrom('alert', 'refuse'),
  expectedOrg: fc.constantFrom(null, { id: '00D000000000001EAA', name: 'Acme' }),
});

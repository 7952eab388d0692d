import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environments } from '@/db/schema';
import { requireReadable } from '@/lib/connections/queries';
import { requireServiceEnvironment } from '@/lib/connections/service/environment';
import { createEnvironment, updateEnvironment } from '@/lib/environments/commands';
import { holdToExpectedOrg } from '@/lib/environments/expected-org';
import {
  cloneEnvironment,
  disableEnvironment,
  enableEnvironment,
} from '@/lib/environments/lifecycle/commands';
import {
  findDisabledEnvironment,
  listConnectableEnvironments,
  listEnvironmentNames,
  listSignInEnvironments,
  requireEnvironment,
} from '@/lib/environments/queries';
import { findHoldingRefusal } from '@/lib/people/access/assert-may-hold';
import { makeConnection, makeContext, makeEnvironment, systemContext } from '@/tests/factories';

const auditOf = (subjectId: string) =>
  withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(auditLog.id),
  );

const slugs = async (listed: Promise<Array<{ slug: string }>>) => (await listed).map(({ slug }) => slug);

const complete = {
  origin: 'https://acme.my.salesforce.com',
  clientId: '3MVG9.next',
  consumerSecret: 'the-consumer-secret',
  allowSignIn: true,
};

describe('a draft', () => {
  async function draft() {
    const ctx = await makeContext('admin');
    const form = { saveAs: 'draft', name: `Next ${randomUUID()}`, kind: 'uat' };
    return { ctx, form, ...(await createEnvironment(ctx, form)) };
  }

  it('is nobody’s to sign in through, to connect or to choose among grants', async () => {
    const { ctx, id, slug } = await draft();
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ status: 'draft', origin: '', clientId: '' });
    expect(await slugs(listConnectableEnvironments(ctx))).not.toContain(slug);
    expect(await slugs(listSignInEnvironments())).not.toContain(slug);
    expect(await slugs(listEnvironmentNames(ctx))).not.toContain(slug);
    await expect(requireServiceEnvironment(ctx, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
    const holding = { personId: ctx.personId, environmentId: id };
    const refusal = await withSystem('test', (tx) => findHoldingRefusal(tx, holding));
    expect(refusal?.code).toBe('ENVIRONMENT_NOT_OPEN');
  });

  it('stays one when saved as one, and comes into use when it is saved complete', async () => {
    const { ctx, form, id, slug } = await draft();
    await updateEnvironment(ctx, { slug, form: { ...form, clientId: complete.clientId } });
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ status: 'draft', clientId: '3MVG9.next' });
    const whole = { ...form, ...complete, saveAs: 'active' };
    await expect(updateEnvironment(ctx, { slug, form: { ...whole, origin: '' } })).rejects.toMatchObject({
      details: { origin: expect.any(String) },
    });
    await updateEnvironment(ctx, { slug, form: whole });
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ status: 'active', hasSecret: true });
    expect(await slugs(listConnectableEnvironments(ctx))).toContain(slug);
    expect(await slugs(listSignInEnvironments())).toContain(slug);
    expect((await auditOf(id)).at(-1)?.details).toMatchObject({
      before: { status: 'draft' },
      after: { status: 'active' },
    });
    await expect(updateEnvironment(ctx, { slug, form: { ...whole, saveAs: 'draft' } })).rejects.toMatchObject(
      {
        code: 'CONFLICT',
      },
    );
  });

  it('is neither disabled nor enabled', async () => {
    const { ctx, slug } = await draft();
    for (const change of [disableEnvironment, enableEnvironment]) {
      await expect(change(ctx, { slug })).rejects.toMatchObject({ code: 'CONFLICT' });
    }
  });
});

describe('a disabled environment', () => {
  it('is closed for signing in, connecting, reading and service connections, until it is enabled', async () => {
    const ctx = await makeContext('admin');
    const { id, slug } = await makeEnvironment();
    const connection = await makeConnection({ ownerId: ctx.personId, environmentId: id });
    const holding = { personId: ctx.personId, environmentId: id };
    const org = { id: '00D000000000001EAA', name: 'Acme' };
    const hold = () =>
      withSystem('test', (tx) =>
        holdToExpectedOrg(tx, systemContext(), { environmentId: id, org, mayPin: false }),
      );
    await disableEnvironment(ctx, { slug });
    await disableEnvironment(ctx, { slug });
    const disabled = {
      code: 'ENVIRONMENT_DISABLED',
      message: expect.stringContaining('disabled by an administrator'),
    };
    expect(await slugs(listConnectableEnvironments(ctx))).not.toContain(slug);
    expect(await slugs(listSignInEnvironments())).not.toContain(slug);
    expect(await slugs(listEnvironmentNames(ctx))).toContain(slug);
    expect(await findDisabledEnvironment(ctx, slug)).toMatchObject({ id });
    expect(await findDisabledEnvironment(await makeContext('auditor'), slug)).toBeNull();
    expect(await withSystem('test', (tx) => findHoldingRefusal(tx, holding))).toMatchObject(disabled);
    await expect(requireReadable(ctx, connection.id)).rejects.toMatchObject(disabled);
    await expect(requireServiceEnvironment(ctx, slug)).rejects.toMatchObject(disabled);
    await expect(hold()).rejects.toMatchObject(disabled);

    await enableEnvironment(ctx, { slug });
    await hold();
    expect(await findDisabledEnvironment(ctx, slug)).toBeNull();
    expect(await slugs(listConnectableEnvironments(ctx))).toContain(slug);
    expect(await slugs(listSignInEnvironments())).toContain(slug);
    expect((await requireReadable(ctx, connection.id)).id).toBe(connection.id);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'environment.disable',
      'environment.enable',
    ]);
  });

  it('stays disabled when its settings are saved', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await makeEnvironment();
    await disableEnvironment(ctx, { slug });
    const form = { name: 'Renamed', kind: 'uat', origin: complete.origin, clientId: complete.clientId };
    await updateEnvironment(ctx, { slug, form });
    expect(await requireEnvironment(ctx, slug)).toMatchObject({ name: 'Renamed', status: 'disabled' });
  });

  it('is an administrator’s to disable', async () => {
    const { slug } = await makeEnvironment();
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      for (const change of [disableEnvironment, enableEnvironment]) {
        await expect(change(ctx, { slug })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
      await expect(cloneEnvironment(ctx, { slug, name: 'Copy' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const admin = await makeContext('admin');
    await expect(disableEnvironment(admin, { slug: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('cloning', () => {
  it('takes every setting over, and neither keys nor org', async () => {
    const ctx = await makeContext('admin');
    const form = {
      name: `Production ${randomUUID()}`,
      kind: 'production',
      ...complete,
      color: 'teal',
      rank: '3',
      contactEmail: 'crm@acme.com',
      runAsUsername: 'integration@acme.com',
      authorizeParameters: { display: 'page' },
      tokenHeaders: { 'X-Route': 'eu' },
      authenticationTimeoutSeconds: 20,
      apiReservePercent: 25,
      idleLimitDays: '',
      readingHours: { days: [1, 2], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' },
      outsideHours: 'refuse',
      access: 'admins',
    };
    const { slug } = await createEnvironment(ctx, form);
    await withSystem('test', (tx) =>
      tx.update(environments).set({ expectedOrgId: '00D000000000001EAA' }).where(eq(environments.slug, slug)),
    );
    const copy = await cloneEnvironment(ctx, { slug, name: 'Copy of it' });
    const { id, redirectUri, secretUpdatedAt, ...original } = await requireEnvironment(ctx, slug);
    const cloned = await requireEnvironment(ctx, copy.slug);
    expect(cloned).toMatchObject({
      ...original,
      slug: copy.slug,
      name: 'Copy of it',
      status: 'draft',
      clientId: '',
      hasSecret: false,
      expectedOrg: null,
    });
    expect((await auditOf(cloned.id))[0]).toMatchObject({
      action: 'environment.create',
      details: { after: { clonedFrom: slug } },
    });
    await expect(cloneEnvironment(ctx, { slug, name: ' ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

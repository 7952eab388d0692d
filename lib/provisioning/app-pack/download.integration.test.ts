import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, environmentSecrets, environments } from '@/db/schema';
import { downloadAppPack } from '@/lib/provisioning/app-pack/commands';
import { enterAppCredentials } from '@/lib/provisioning/deployment/enter-credentials';
import { makeContext, makeEnvironment } from '@/tests/factories';

const EVERYBODY = { permittedUsers: 'AllSelfAuthorized' };

const draft = () => makeEnvironment({ status: 'draft', clientId: '' });

const auditOf = (subjectId: string) =>
  withSystem('test', (tx) => tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)));

async function rowOf(id: string) {
  return await withSystem('test', async (tx) => {
    const [row] = await tx.select().from(environments).where(eq(environments.id, id));
    return { row, secrets: await tx.$count(environmentSecrets, eq(environmentSecrets.environmentId, id)) };
  });
}

describe('the download of an app pack', () => {
  it('is a zip archive with the package and a README beside it, and is audited', async () => {
    const ctx = await makeContext('admin');
    const { id, slug } = await draft();
    const { name, zip } = await downloadAppPack(ctx, { slug, choice: EVERYBODY });
    expect(name).toBe(`orgdock-${slug}-app.zip`);
    const text = zip.toString('latin1');
    for (const path of ['README.txt', 'app/package.xml', 'app/externalClientApps/Orgdock_']) {
      expect(text).toContain(path);
    }
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['environment.app_pack']);
  });

  it('is for administrators, of an environment that gets a new app', async () => {
    const { slug } = await draft();
    for (const role of ['member', 'auditor'] as const) {
      const ctx = await makeContext(role);
      await expect(downloadAppPack(ctx, { slug, choice: EVERYBODY })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const ctx = await makeContext('admin');
    await expect(downloadAppPack(ctx, { slug: 'nowhere', choice: {} })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const existing = await makeEnvironment({ appType: 'connected_app' });
    await expect(downloadAppPack(ctx, { slug: existing.slug, choice: {} })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('asks for the permission set whose holders may use the app', async () => {
    const ctx = await makeContext('admin');
    const { slug } = await draft();
    for (const permissionSet of ['', 'Orgdock User', '1st', '<x>', 'A__b']) {
      const choice = { permittedUsers: 'AdminApprovedPreAuthorized', permissionSet };
      await expect(downloadAppPack(ctx, { slug, choice })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { permissionSet: expect.any(String) },
      });
    }
  });
});

describe('key and secret that were typed in', () => {
  const enter = async (slug: string, form: Record<string, string>) =>
    enterAppCredentials(await makeContext('admin'), { slug, form });

  it('take a draft into use when both are there, and not before', async () => {
    const { id, slug } = await draft();
    await enter(slug, { clientId: '3MVG9.new', consumerSecret: '' });
    expect(await rowOf(id)).toMatchObject({ row: { status: 'draft', clientId: '3MVG9.new' }, secrets: 0 });
    await enter(slug, { clientId: '3MVG9.new', consumerSecret: 'A1B2C3' });
    expect(await rowOf(id)).toMatchObject({ row: { status: 'active' }, secrets: 1 });
    const audit = await auditOf(id);
    expect(audit.map(({ details }) => details.activated)).toEqual([false, true]);
    expect(JSON.stringify(audit)).not.toContain('A1B2C3');
  });

  it('are never mixed: the secret of one key is not sent for another', async () => {
    const { id, slug } = await draft();
    await enter(slug, { clientId: '3MVG9.one', consumerSecret: 'A1B2C3' });
    await expect(enter(slug, { clientId: '3MVG9.two', consumerSecret: '' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { consumerSecret: expect.any(String) },
    });
    expect(await rowOf(id)).toMatchObject({ row: { clientId: '3MVG9.one' }, secrets: 1 });
    const before = (await rowOf(id)).row?.appChangedAt ?? new Date();
    await enter(slug, { clientId: '3MVG9.two', consumerSecret: 'D4E5F6' });
    const after = await rowOf(id);
    expect(after.row?.clientId).toBe('3MVG9.two');
    expect(after.row?.appChangedAt.getTime()).toBeGreaterThan(before.getTime());
  });

  it('are one key alone for a public client', async () => {
    const { id, slug } = await makeEnvironment({ status: 'draft', clientId: '', clientType: 'public' });
    await expect(enter(slug, { clientId: '3MVG9.new', consumerSecret: 'A1' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await enter(slug, { clientId: '3MVG9.new' });
    expect(await rowOf(id)).toMatchObject({ row: { status: 'active' }, secrets: 0 });
  });

  it('refuses what cannot be a key', async () => {
    const { slug } = await draft();
    for (const clientId of ['', ' ', 'two words', 'x'.repeat(513)]) {
      await expect(enter(slug, { clientId })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await expect(enter('nowhere', { clientId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      enterAppCredentials(await makeContext('auditor'), { slug, form: { clientId: 'x' } }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

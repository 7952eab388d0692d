import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withCustody, withSystem } from '@/db/client';
import { apiKeySecrets, apiKeys, auditLog, people } from '@/db/schema';
import { readSubjects } from '@/lib/audit/log/subjects';
import type { KeyPolicy } from '@/lib/broker/types';
import type { ApiKeyId, PersonContext } from '@/lib/context';
import { makeApiKey, OPEN_POLICY } from '@/tests/api-keys';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { changePolicy, createKey, renameKey, revokeKey } from './commands';
import { listKeyChoices } from './names';
import { getKey, listKeys, listOwnKeys } from './queries';
import { retireSecret, rotateKey } from './rotation';
import { parseKeyList } from './schema';
import { hashSecret } from './secret';

const form = (policy: Partial<KeyPolicy> = {}, changes: Record<string, unknown> = {}) => ({
  name: 'Nightly sync',
  expires: '90',
  policy: JSON.stringify({ ...OPEN_POLICY, ...policy }),
  ...changes,
});
const keep = (policy: Partial<KeyPolicy>) => form(policy, { expires: 'keep' });
const never = () => {
  throw new Error('nothing was widened');
};
const auditOf = (subjectId: string) =>
  withSystem('test', (tx) =>
    tx
      .select({ action: auditLog.action, personId: auditLog.personId, details: auditLog.details })
      .from(auditLog)
      .where(eq(auditLog.subjectId, subjectId))
      .orderBy(asc(auditLog.id)),
  );
const rowOf = async (id: string) =>
  (await withSystem('test', (tx) => tx.select().from(apiKeys).where(eq(apiKeys.id, id))))[0];

let owner: PersonContext;
let admin: PersonContext;
let auditor: PersonContext;

beforeEach(async () => {
  [owner, admin, auditor] = [await makeContext(), await makeContext('admin'), await makeContext('auditor')];
});

describe('making a key', () => {
  it('answers the secret once, and keeps its hash', async () => {
    const { keyId, secret } = await createKey(owner, form());
    expect(secret).toMatch(/^odk_[a-z0-9]{12}_[\w-]{43}$/);
    const [stored] = await withSystem('test', (tx) =>
      tx.select().from(apiKeySecrets).where(eq(apiKeySecrets.keyId, keyId)),
    );
    expect(stored).toMatchObject({
      prefix: secret.slice(0, 16),
      secretHash: hashSecret(secret),
      retiresAt: null,
    });
    const detail = await getKey(owner, keyId);
    expect(detail?.key).toMatchObject({
      name: 'Nightly sync',
      state: 'active',
      owner: { id: owner.personId },
    });
    expect(JSON.stringify(detail)).not.toContain(hashSecret(secret));
    const days = (Date.parse(detail?.key.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    const [act] = await auditOf(keyId);
    expect(act).toMatchObject({ action: 'api_key.create', personId: owner.personId });
    expect(JSON.stringify(act)).not.toContain(secret.slice(17));
  });

  it('says everything that is wrong at once', async () => {
    const wrong = form({ operations: [], addresses: ['everywhere'] }, { name: ' ', expires: '' });
    await expect(createKey(owner, wrong)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { name: expect.any(String), expires: expect.any(String), addresses: expect.any(String) },
    });
    await expect(createKey(owner, form({ environments: [] }))).rejects.toMatchObject({
      details: { environments: 'Choose at least one environment.' },
    });
    await expect(
      createKey(owner, form({}, { expires: 'date', expiresOn: '2020-01-01' })),
    ).rejects.toMatchObject({
      details: { expiresOn: 'Choose a day that is not over.' },
    });
    await expect(createKey(owner, form({}, { expires: 'keep' }))).rejects.toMatchObject({
      details: { expires: 'Choose when the key ends.' },
    });
    await expect(createKey(owner, form({}, { policy: 'no JSON' }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('refuses a connection and an environment that the owner may not use', async () => {
    const environment = await makeEnvironment({ access: 'admins' });
    const open = await makeEnvironment();
    const stranger = await makeContext();
    const theirs = await makeConnection({ ownerId: stranger.personId, environmentId: open.id });
    const own = await makeConnection({ ownerId: owner.personId, environmentId: open.id });
    await expect(createKey(owner, form({ environments: [environment.id] }))).rejects.toMatchObject({
      details: { environments: expect.any(String) },
    });
    await expect(createKey(owner, form({ connections: [theirs.id] }))).rejects.toMatchObject({
      details: { connections: expect.any(String) },
    });
    const { keyId } = await createKey(owner, form({ connections: [own.id], environments: [open.id] }));
    const detail = await getKey(owner, keyId);
    expect(detail?.boundTo).toMatchObject({ id: own.id });
    expect(detail?.names.connections[own.id]).toBe(`${open.name}: ${own.username}`);
    expect((await getKey(auditor, keyId))?.names.environments[open.id]).toBe(open.name);
    expect((await listKeyChoices(owner, owner.personId)).connections.map(({ id }) => id)).toEqual([own.id]);
  });

  it('takes a name once for each owner, until that key is revoked', async () => {
    const { keyId } = await createKey(owner, form());
    await expect(createKey(owner, form({}, { name: 'NIGHTLY sync' }))).rejects.toMatchObject({
      details: { name: 'Another key of yours has this name.' },
    });
    await createKey(admin, form());
    await revokeKey(owner, keyId);
    await createKey(owner, form());
  });

  it('allows fifty keys that work', async () => {
    for (let n = 0; n < 49; n += 1) await makeApiKey(owner.personId, {}, { name: `Key ${n}` });
    await makeApiKey(owner.personId, {}, { name: 'Over', expiresAt: new Date(0) });
    await createKey(owner, form());
    await expect(createKey(owner, form({}, { name: 'One more' }))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('is not for auditors, and not for programs', async () => {
    await expect(createKey(auditor, form())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const program = { ...owner, apiKey: { id: 'x' as ApiKeyId, prefix: 'odk_x', name: 'x' } };
    await expect(createKey(program, form())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { id } = await makeApiKey(owner.personId);
    await expect(revokeKey(program, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('changing a key', () => {
  it('asks who is there only when the key could do more', async () => {
    const { id } = await makeApiKey(owner.personId, { rowsPerDay: 10 });
    await changePolicy(owner, { id, form: keep({ rowsPerDay: 5 }) }, never);
    await expect(changePolicy(owner, { id, form: keep({ rowsPerDay: 6 }) }, never)).rejects.toThrow(
      'widened',
    );
    expect(await rowOf(id)).toMatchObject({ policy: { rowsPerDay: 5 } });
    let asked = 0;
    await changePolicy(owner, { id, form: keep({ rowsPerDay: 6 }) }, () => {
      asked += 1;
    });
    expect(asked).toBe(1);
    expect(await auditOf(id)).toMatchObject([
      { action: 'api_key.policy', details: { before: { rowsPerDay: 10 }, after: { rowsPerDay: 5 } } },
      { action: 'api_key.policy', details: { before: { rowsPerDay: 5 }, after: { rowsPerDay: 6 } } },
    ]);
  });

  it('lets an administrator take away from somebody’s key, and give nothing', async () => {
    const { id } = await makeApiKey(owner.personId, { rowsPerDay: 10 });
    await changePolicy(
      admin,
      { id, form: keep({ rowsPerDay: 10, access: 'read', operations: ['query'] }) },
      never,
    );
    expect(await rowOf(id)).toMatchObject({ policy: { access: 'read' }, ownerId: owner.personId });
    await expect(
      changePolicy(admin, { id, form: keep({ rowsPerDay: 10 }) }, () => undefined),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(renameKey(admin, { id, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(rotateKey(admin, { id, overlap: '1d' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeKey(admin, id);
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'api_key.revoke', personId: admin.personId });
  });

  it('is not for strangers and auditors', async () => {
    const { id } = await makeApiKey(owner.personId);
    const stranger = await makeContext();
    const change = { id, form: keep({ rowsPerDay: 1 }) };
    await expect(changePolicy(stranger, change, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokeKey(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(renameKey(stranger, { id, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokeKey(auditor, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(changePolicy(auditor, change, never)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await getKey(stranger, id)).toBeNull();
    expect(await getKey(owner, 'no id')).toBeNull();
    expect(await rowOf(id)).toMatchObject({ revokedAt: null, policy: { rowsPerDay: null } });
  });

  it('ends with its revocation', async () => {
    const { id } = await makeApiKey(owner.personId);
    await revokeKey(owner, id);
    expect((await getKey(owner, id))?.key.state).toBe('revoked');
    await expect(revokeKey(owner, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(rotateKey(owner, { id, overlap: '1d' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is named in the audit log, with its page', async () => {
    const { id } = await makeApiKey(owner.personId, {}, { name: 'Named' });
    const subject = { subjectType: 'api_key', subjectId: id };
    const nameOf = await withCustody(auditor, (tx) => readSubjects(tx, [subject]));
    expect(nameOf(subject)).toEqual({ name: 'Named', href: `/admin/api-keys/${id}` });
  });

  it('renames it, and says so once', async () => {
    const { id } = await makeApiKey(owner.personId, {}, { name: 'Before' });
    await renameKey(owner, { id, name: ' After ' });
    await renameKey(owner, { id, name: 'After' });
    expect(await auditOf(id)).toMatchObject([{ details: { before: 'Before', after: 'After' } }]);
  });
});

describe('rotating a key', () => {
  it('keeps the secret before at work for the overlap', async () => {
    const { id, prefix } = await makeApiKey(owner.personId);
    const { secret } = await rotateKey(owner, { id, overlap: '7d' });
    const [now, before] = (await getKey(owner, id))?.key.secrets ?? [];
    expect(now).toMatchObject({ prefix: secret.slice(0, 16), retiresAt: null });
    expect(before).toMatchObject({ prefix, retiresAt: expect.any(String) });
    const days = (Date.parse(before?.retiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    expect(await auditOf(id)).toMatchObject([
      { action: 'api_key.rotate', details: { retiresAt: before?.retiresAt } },
    ]);
    await expect(rotateKey(owner, { id, overlap: '1h' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('retires the secret before at once, and never the only one', async () => {
    const { id, prefix } = await makeApiKey(owner.personId);
    await expect(retireSecret(owner, { id, prefix })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { secret } = await rotateKey(owner, { id, overlap: '30d' });
    await expect(retireSecret(owner, { id, prefix: secret.slice(0, 16) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await retireSecret(owner, { id, prefix });
    expect((await getKey(owner, id))?.key.secrets.map((one) => one.prefix)).toEqual([secret.slice(0, 16)]);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'api_key.retire_secret',
      details: { prefix },
    });
    await rotateKey(owner, { id, overlap: '1h' });
  });

  it('refuses an expired key and an unknown overlap', async () => {
    const { id } = await makeApiKey(owner.personId, {}, { expiresAt: new Date(0) });
    await expect(rotateKey(owner, { id, overlap: '1d' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(rotateKey(owner, { id, overlap: '1y' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the lists', () => {
  it('show one’s own, and everybody’s to administrators and auditors', async () => {
    const mine = await makeApiKey(owner.personId, {}, { name: 'Mine' });
    const theirs = await makeApiKey(admin.personId, {}, { name: 'Theirs' });
    expect((await listOwnKeys(owner)).keys.map(({ id }) => id)).toEqual([mine.id]);
    await expect(listKeys(owner, parseKeyList({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const ctx of [admin, auditor]) {
      const ids = (await listKeys(ctx, parseKeyList({ q: mine.prefix }))).keys.map(({ id }) => id);
      expect(ids).toEqual([mine.id]);
    }
    const byOwner = await listKeys(auditor, parseKeyList({ q: admin.displayName }));
    expect(byOwner.keys.map(({ id }) => id)).toEqual([theirs.id]);
  });

  it('are narrowed by state and by environment', async () => {
    const [here, there] = [await makeEnvironment(), await makeEnvironment()];
    const held = await makeConnection({ ownerId: owner.personId, environmentId: there.id });
    const of = (name: string, policy: Partial<KeyPolicy>, values = {}) =>
      makeApiKey(owner.personId, policy, { name, ...values });
    await of('Here', { environments: [here.id] });
    await of('There', { connections: [held.id] });
    await of('Everywhere', {});
    await of('Ended', { environments: [here.id] }, { expiresAt: new Date(0) });
    await of('Revoked', { environments: [here.id] }, { revokedAt: new Date() });
    const named = async (search: Record<string, string>) =>
      (await listKeys(admin, parseKeyList({ q: owner.displayName, ...search }))).keys.map(({ name }) => name);
    expect(await named({})).toEqual(['Everywhere', 'Here', 'There', 'Ended']);
    expect(await named({ environment: here.id })).toEqual(['Everywhere', 'Here', 'Ended']);
    expect(await named({ environment: there.id })).toEqual(['Everywhere', 'There']);
    expect(await named({ state: 'revoked' })).toEqual(['Revoked']);
    expect(await named({ state: 'expired' })).toEqual(['Ended']);
    expect(await named({ state: 'nonsense', page: 'x' })).toHaveLength(4);
    await withSystem('test', (tx) =>
      tx.update(people).set({ deactivatedAt: new Date() }).where(eq(people.id, owner.personId)),
    );
    expect(await named({ state: 'owner_inactive' })).toEqual(['Everywhere', 'Here', 'There']);
  });
});

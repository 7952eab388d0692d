import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { changeOwnAlias, changeServiceAlias } from '@/lib/connections/alias/commands';
import { findFreeAlias } from '@/lib/connections/alias/find-free-alias';
import { disconnectConnection } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { Browser } from '@/tests/browser';
import { auditOf, consent, makeStubEnvironment } from '@/tests/consent';
import { contextOf, makeConnection, makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const aliasOf = async (id: string) =>
  (await withSystem('test', (tx) => tx.select().from(connections).where(eq(connections.id, id))))[0]?.alias;

async function connected() {
  const stub = await startSalesforceStub();
  const environment = await makeStubEnvironment(stub);
  const person = await makePerson();
  const browser = new Browser();
  await browser.signIn(person);
  const connect = async () => {
    const body = { environment: environment.slug, intent: 'connect' };
    const location = await consent(browser, stub, body, stubUser('ada.lovelace'));
    return location.replace('/connections/', '');
  };
  return { ctx: contextOf(person), environment, connect, id: await connect() };
}

describe('the alias of a connection', () => {
  it('is made from the username, and outlives reconnecting and disconnecting', async () => {
    const { ctx, id, connect } = await connected();
    expect(await aliasOf(id)).toBe(`ada-lovelace-${id.slice(0, 8)}`);
    await changeOwnAlias(ctx, { id, alias: 'erp' });
    expect(await connect()).toBe(id);
    expect(await aliasOf(id)).toBe('erp');
    await disconnectConnection(ctx, id);
    expect(await aliasOf(id)).toBe('erp');
    expect(await connect()).toBe(id);
    expect(await requireConnection(ctx, id)).toMatchObject({ alias: 'erp', health: 'healthy' });
  });

  it('is changed by its owner, audited with both, and once only when nothing changes', async () => {
    const { ctx, id } = await connected();
    const before = await aliasOf(id);
    await changeOwnAlias(ctx, { id, alias: ' erp-2 ' });
    await changeOwnAlias(ctx, { id, alias: 'erp-2' });
    const rows = (await auditOf('connection.alias')).filter(({ subjectId }) => subjectId === id);
    expect(rows).toMatchObject([{ personId: ctx.personId, details: { before, after: 'erp-2' } }]);
  });

  it('is changed by nobody else, administrators included', async () => {
    const { id } = await connected();
    const before = await aliasOf(id);
    for (const role of ['member', 'admin', 'auditor'] as const) {
      const stranger = await makeContext(role);
      await expect(changeOwnAlias(stranger, { id, alias: 'mine' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(changeServiceAlias(stranger, { id, alias: 'mine' })).rejects.toMatchObject({
        code: role === 'admin' ? 'NOT_FOUND' : 'FORBIDDEN',
      });
    }
    expect(await aliasOf(id)).toBe(before);
  });

  it('of a service connection is changed by administrators', async () => {
    const environment = await makeEnvironment();
    const service = { flow: 'client_credentials' as const, name: 'ERP', sharedWithEveryone: true };
    const { id } = await makeConnection({ ownerId: null, environmentId: environment.id }, service);
    const admin = await makeContext('admin');
    await changeServiceAlias(admin, { id, alias: 'erp' });
    expect(await aliasOf(id)).toBe('erp');
    for (const role of ['member', 'admin'] as const) {
      await expect(changeOwnAlias(await makeContext(role), { id, alias: 'x-y-z' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  it.each(['ab', 'a'.repeat(61), 'Erp', 'e_r_p', 'erp\n1', '../erp', '', null, crypto.randomUUID()])(
    'cannot be %j',
    async (alias) => {
      const { ctx, id } = await connected();
      await expect(changeOwnAlias(ctx, { id, alias })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { alias: expect.any(String) },
      });
    },
  );

  it('is the only one of its environment, whoever holds the other', async () => {
    const one = await connected();
    const { id: environmentId } = one.environment;
    const other = await makePerson();
    await makeConnection({ ownerId: other.id, environmentId }, { alias: 'taken' });
    await expect(changeOwnAlias(one.ctx, { id: one.id, alias: 'taken' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { alias: 'Another connection of this environment has this alias.' },
    });
    const elsewhere = await connected();
    await changeOwnAlias(elsewhere.ctx, { id: elsewhere.id, alias: 'taken' });
    expect(await aliasOf(elsewhere.id)).toBe('taken');
  });
});

describe('the alias that a new connection gets', () => {
  it('is the one asked for while it is free, else a readable one', async () => {
    const { id: environmentId } = await makeEnvironment();
    const id = '1f0c2b7e-0000-4000-8000-000000000000';
    const named = { id, environmentId, username: 'Ada_Lovelace@acme.example' };
    const find = (wanted: string | null, name?: string) =>
      withSystem('test', (tx) => findFreeAlias(tx, { ...named, ...(name ? { name } : {}) }, wanted));
    expect(await find('erp')).toBe('erp');
    const other = await makePerson();
    await makeConnection({ ownerId: other.id, environmentId }, { alias: 'erp' });
    expect(await find('erp')).toBe('ada-lovelace-1f0c2b7e');
    expect(await find(null, '–')).toBe('connection-1f0c2b7e');
    expect(await find(null, 'N'.repeat(90))).toBe(`${'n'.repeat(50)}-1f0c2b7e`);
    await makeConnection({ ownerId: other.id, environmentId }, { alias: 'ada-lovelace-1f0c2b7e' });
    expect(await find('erp')).toBe(`connection-${id}`);
  });
});

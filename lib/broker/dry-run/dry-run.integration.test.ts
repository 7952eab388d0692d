import { describe, expect, it } from 'vitest';
import type { KeyPolicy } from '@/lib/broker/types';
import { makeApiKey } from '@/tests/api-keys';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { checkCall } from './check-call';

async function makeOwned() {
  const owner = await makeContext();
  const environment = await makeEnvironment();
  const connection = await makeConnection({ ownerId: owner.personId, environmentId: environment.id });
  return { owner, environment, connection };
}

const soql = (connectionId: string, changes: Record<string, string> = {}) => ({
  ...{ kind: 'soql', soql: 'SELECT Id, Name FROM Account', connectionId },
  ...changes,
});

describe('a dry run', () => {
  it('says that a call would be allowed, what it touches, and that nothing was called', async () => {
    const { owner, connection } = await makeOwned();
    const { id } = await makeApiKey(owner.personId);
    const result = await checkCall(owner, id, soql(connection.id));
    expect(result).toMatchObject({ allowed: true, rule: null, described: [], calls: 0, writes: null });
    expect(result.checks.every(({ passes }) => passes)).toBe(true);
    expect(result.checks[0]).toEqual({ passes: true, text: 'The key works.' });
    expect(result.touches).toContainEqual(
      expect.objectContaining({ sobject: 'Account', operations: ['query'] }),
    );
  });

  it('names the rule that refuses, after what passed', async () => {
    const { owner, environment, connection } = await makeOwned();
    const { id } = await makeApiKey(owner.personId, { addresses: ['10.0.0.0/8'], access: 'read' });
    const from = (address: string, changes = {}) =>
      checkCall(owner, id, soql(connection.id, { address, ...changes }));
    expect(await from('192.0.2.9')).toMatchObject({ allowed: false, rule: 'addresses' });
    expect(await from('10.1.2.3')).toMatchObject({ allowed: true });
    const write = await from('10.1.2.3', {
      kind: 'request',
      method: 'DELETE',
      path: `/services/data/v${environment.apiVersion}/sobjects/Account/001000000000001AAA`,
    });
    expect(write).toMatchObject({ allowed: false, rule: 'access' });
    expect(write.checks.at(-1)?.passes).toBe(false);
    expect(write.checks.slice(0, -1).every(({ passes }) => passes)).toBe(true);
  });

  it('counts the hours of the time that is asked about', async () => {
    const { owner, connection } = await makeOwned();
    const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'UTC' };
    const { id } = await makeApiKey(owner.personId, { hours });
    const at = (time: string) => checkCall(owner, id, soql(connection.id, { at: time }));
    expect(await at('2026-11-27T12:00')).toMatchObject({ allowed: true });
    expect(await at('2026-11-28T12:00')).toMatchObject({ allowed: false, rule: 'hours' });
  });

  it('says what the portal refuses before the policy is asked', async () => {
    const { owner, connection, environment } = await makeOwned();
    const key = await makeApiKey(owner.personId, {}, { revokedAt: new Date() });
    const result = await checkCall(owner, key.id, soql(connection.id));
    expect(result).toMatchObject({ allowed: false, rule: null });
    expect(result.checks).toContainEqual({ passes: false, text: 'The key is revoked.' });
    const closed = await makeEnvironment({
      outsideHours: 'refuse',
      readingHours: { days: [1], from: '08:00', to: '09:00', timeZone: 'UTC' },
    });
    const other = await makeConnection({ ownerId: owner.personId, environmentId: closed.id });
    const { id } = await makeApiKey(owner.personId);
    const night = await checkCall(owner, id, soql(other.id, { at: '2026-11-27T23:00' }));
    expect(night.checks).toContainEqual({ passes: false, text: `${closed.name} is closed at this time.` });
    expect(environment.id).not.toBe(closed.id);
  });

  it('is for the owner, administrators and auditors, about connections of the owner', async () => {
    const { owner, connection } = await makeOwned();
    const { id } = await makeApiKey(owner.personId);
    for (const role of ['admin', 'auditor'] as const) {
      const reader = await makeContext(role);
      expect(await checkCall(reader, id, soql(connection.id))).toMatchObject({ allowed: true, calls: 0 });
      const own = await makeOwned();
      await expect(checkCall(reader, id, soql(own.connection.id))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const stranger = await makeContext();
    await expect(checkCall(stranger, id, soql(connection.id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const theirs = await makeOwned();
    await expect(checkCall(owner, id, soql(theirs.connection.id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('never describes as somebody else', async () => {
    const { owner, connection } = await makeOwned();
    const { id } = await makeApiKey(owner.personId, { objects: [{ name: 'Account', fields: null }] });
    const admin = await makeContext('admin');
    const query = soql(connection.id, { soql: 'SELECT Owner.Name FROM Account' });
    await expect(checkCall(admin, id, query)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('decides a named query as its route does, for keys of every kind', async () => {
    const { owner, connection } = await makeOwned();
    const run = async (policy: Partial<KeyPolicy>, values: Record<string, string> = {}) => {
      const { id } = await makeApiKey(owner.personId, policy);
      const form = { kind: 'named_query', query: 'getAccounts', connectionId: connection.id, ...values };
      return await checkCall(owner, id, form);
    };
    const named = await run({ access: 'named_queries', objects: [{ name: 'Contact', fields: null }] });
    expect(named).toMatchObject({ allowed: true, rule: null, calls: 0 });
    expect(named.checks).toContainEqual({
      passes: true,
      text: 'The key may run the named query getAccounts.',
    });
    expect(named.touches).toContainEqual(expect.objectContaining({ sobject: 'Account' }));
    expect(await run({ namedQueries: ['getOpportunities'] })).toMatchObject({
      allowed: false,
      rule: 'named_queries',
    });
    const objects = [{ name: 'Account', fields: ['Name'] }];
    expect(await run({ access: 'read', objects: [{ name: 'Contact', fields: null }] })).toMatchObject({
      allowed: false,
      rule: 'objects',
    });
    expect(await run({ access: 'read', objects })).toMatchObject({ allowed: false, rule: 'fields' });
    const reading = await run({ operations: ['read'] });
    expect(reading).toMatchObject({ allowed: true });
    expect(reading.checks).toContainEqual({ passes: true, text: 'A named query needs no “query”.' });
    const wrong = await run({}, { 'value.limit': 'many' });
    expect(wrong).toMatchObject({ allowed: false, rule: null, touches: null });
    expect(wrong.checks.at(-1)?.text).toContain('“limit”');
    expect(await run({}, { 'value.limit': '5' })).toMatchObject({ allowed: true });
    const gone = await run({}, { query: 'getNothing' });
    expect(gone.checks.at(-1)).toEqual({ passes: false, text: 'There is no named query of this name.' });
    const untold = await run({ namedQueries: ['getOpportunities'] }, { query: 'getNothing' });
    expect(untold).toMatchObject({ allowed: false, rule: 'named_queries' });
  });

  it('says what is wrong with the form', async () => {
    const { owner, connection } = await makeOwned();
    const { id } = await makeApiKey(owner.personId);
    const wrong = {
      kind: 'request',
      path: 'limits',
      connectionId: connection.id,
      address: 'home',
      at: 'noon',
    };
    await expect(checkCall(owner, id, wrong)).rejects.toMatchObject({
      details: { path: expect.any(String), address: expect.any(String), at: expect.any(String) },
    });
    await expect(checkCall(owner, id, soql(connection.id, { soql: ' ' }))).rejects.toMatchObject({
      details: { soql: 'Write a query.' },
    });
    await expect(checkCall(owner, id, soql(connection.id, { kind: 'named_query' }))).rejects.toMatchObject({
      details: { query: 'Choose a named query.' },
    });
  });
});

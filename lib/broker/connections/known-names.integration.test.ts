import { describe, expect, it } from 'vitest';
import { listKnownNames } from '@/lib/broker/connections/known-names';
import { describeSobject } from '@/lib/salesforce/describe';
import { describeGlobal } from '@/lib/salesforce/objects/describe-global';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { startFakeOrg } from '@/tests/fake-org';
import { accessTo } from '@/tests/records-access';

const sobject = (name: string, label = name) => ({
  ...{ name, label, labelPlural: `${label}s`, keyPrefix: '001', custom: name.endsWith('__c') },
  ...{ queryable: true, searchable: true, layoutable: true },
});
const everywhere = { environments: null, connections: null, sobject: null };
const namesOf = (found: { name: string }[]) => found.map(({ name }) => name);

/** A connection as whose user the list of objects was read, and one whose was not. */
async function makeRead() {
  const ctx = await makeContext();
  const [environment, other] = [await makeEnvironment(), await makeEnvironment()];
  const { id, orgId, salesforceUserId } = await makeConnection({
    ...{ ownerId: ctx.personId, environmentId: environment.id },
  });
  const fake = await startFakeOrg();
  const { client } = accessTo(fake.origin, {}, environment.apiVersion);
  const cacheKey = `${orgId} ${salesforceUserId}`;
  await describeSobject(client, 'Account', cacheKey);
  const sobjects = [sobject('Invoice__c', 'Invoice'), sobject('Account')];
  fake.org.instead = () => ({ status: 200, body: { sobjects } });
  await describeGlobal(client, cacheKey);
  const unread = await makeConnection({ ownerId: ctx.personId, environmentId: other.id });
  return { ctx, environment, other, id, unread, asked: () => fake.seen.length };
}

describe('names that are known', () => {
  it('are the objects and fields that were read as the person’s Salesforce users, and ask nobody', async () => {
    const { ctx, environment, id, asked } = await makeRead();
    const before = asked();
    expect(await listKnownNames(ctx, everywhere)).toEqual([
      { name: 'Account', label: 'Account' },
      { name: 'Invoice__c', label: 'Invoice' },
    ]);
    for (const place of [{ environments: [environment.id] }, { connections: [id] }]) {
      expect(namesOf(await listKnownNames(ctx, { ...everywhere, ...place }))).toContain('Invoice__c');
    }
    const fields = namesOf(await listKnownNames(ctx, { ...everywhere, sobject: 'account' }));
    expect(fields).toContain('Name');
    expect(fields).toEqual(fields.toSorted((a, b) => a.localeCompare(b, 'en')));
    expect(await listKnownNames(ctx, { ...everywhere, sobject: 'Invoice__c' })).toEqual([]);
    expect(asked()).toBe(before);
  });

  it('are those of nearly every org where nothing was read, and never those of somebody else', async () => {
    const { ctx } = await makeRead();
    const { other, unread, environment, id } = await makeRead();
    const places = [
      { environments: [other.id] },
      { connections: [unread.id] },
      { environments: [environment.id] },
      { connections: [id] },
    ];
    for (const place of places) {
      const names = namesOf(await listKnownNames(ctx, { ...everywhere, ...place }));
      expect(names).toContain('Opportunity');
      expect(names).not.toContain('Invoice__c');
      expect(await listKnownNames(ctx, { ...everywhere, ...place, sobject: 'Account' })).toEqual([]);
    }
  });

  it('are nothing for auditors, and wrong questions are refused', async () => {
    await expect(listKnownNames(await makeContext('auditor'), everywhere)).rejects.toMatchObject({
      code: 'RECORDS_NOT_FOR_AUDITORS',
    });
    for (const wrong of [null, { ...everywhere, environments: 'all' }, { ...everywhere, sobject: 1 }]) {
      await expect(listKnownNames(await makeContext(), wrong)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });
});

import { describe, expect, it, vi } from 'vitest';
import { registry } from '@/lib/registry';
import { ACCOUNT_FIELDS, refusing, startFakeOrg } from '@/tests/fake-org';
import { accessTo } from '@/tests/records-access';
import { describeIfVisible, describeSobject } from './describe';
import { describeGlobal } from './objects/describe-global';

const PAST_FRESH = 11 * 60_000;

async function start() {
  const fake = await startFakeOrg();
  registry().slots.delete('salesforce.global-describes');
  const { client } = accessTo(fake.origin);
  const asked = (end: string) => fake.seen.filter(({ url }) => url.pathname.endsWith(end));
  return { ...fake, client, asked };
}

describe('a cached describe', () => {
  it('is asked for by ETag once it is stale, and what 304 says is still right is kept', async () => {
    const { client, asked } = await start();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    await describeSobject(client, 'Account', 'org user');
    await describeSobject(client, 'Account', 'org user');
    clock.mockReturnValue(1_000 + PAST_FRESH);
    const again = await describeSobject(client, 'Account', 'org user');
    expect(again.fields).toHaveLength(ACCOUNT_FIELDS.length);
    expect(asked('/describe').map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"e8178a2d--gzip"',
    ]);
  });

  it('is asked for once for many readers of the same user at once', async () => {
    const { client, asked } = await start();
    await Promise.all([1, 2, 3].map(() => describeSobject(client, 'Account', 'org user')));
    expect(asked('/describe')).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const { client, asked } = await start();
    await describeSobject(client, 'Account', 'org user');
    await describeSobject(client, 'Account', 'org another');
    expect(asked('/describe')).toHaveLength(2);
  });

  it('is nothing of a failure or of an answer that is no describe', async () => {
    const { client, org } = await start();
    org.instead = () => ({ status: 200, body: { name: 'Account' } });
    await expect(describeSobject(client, 'Account', 'org user')).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
    org.instead = null;
    expect((await describeSobject(client, 'Account', 'org user')).name).toBe('Account');
  });
});

describe('an object that may be hidden', () => {
  it('is null, and not asked for again before a describe would be', async () => {
    const { client, asked } = await start();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    expect(await describeIfVisible(client, 'Secret__c', 'org user')).toBeNull();
    expect(await describeIfVisible(client, 'Secret__c', 'org user')).toBeNull();
    expect(asked('/describe')).toHaveLength(1);
    clock.mockReturnValue(1_000 + PAST_FRESH);
    await describeIfVisible(client, 'Secret__c', 'org user');
    expect(asked('/describe')).toHaveLength(2);
  });

  it('is no outage', async () => {
    const { client, org } = await start();
    org.instead = refusing(503, 'SERVER_UNAVAILABLE', /describe$/);
    await expect(describeIfVisible(client, 'Account', 'org user')).rejects.toMatchObject({
      code: 'SALESFORCE_UNAVAILABLE',
    });
    org.instead = null;
    expect((await describeIfVisible(client, 'Account', 'org user'))?.name).toBe('Account');
  });
});

describe('the list of objects', () => {
  it('is asked for once, and nothing of a failure is kept', async () => {
    const { client, org, asked } = await start();
    org.instead = () => ({ status: 200, body: { sobjects: [{ name: 'Account' }] } });
    await expect(describeGlobal(client, 'org user')).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
    const account = {
      ...{ name: 'Account', label: 'Account', labelPlural: 'Accounts', keyPrefix: '001', custom: false },
      ...{ queryable: true, searchable: true, layoutable: true },
    };
    org.instead = () => ({ status: 200, body: { sobjects: [account] } });
    await Promise.all([1, 2].map(() => describeGlobal(client, 'org user')));
    expect((await describeGlobal(client, 'org user')).map(({ name }) => name)).toEqual(['Account']);
    expect(asked('/sobjects')).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace, franz } = PRODUCTION.users;
const ROOT = '/services/data/v66.0';
const org = 'production';

describe('acts on what a user sees', () => {
  const sim = useSimulator();

  async function session(username: string) {
    const client = sim.client();
    const { access_token } = await client.connect(username);
    const get = async (path: string) => {
      const response = await client.get(ROOT + path, access_token);
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    };
    const query = (soql: string) => get(`/query?q=${encodeURIComponent(soql)}`);
    const fieldNames = async (object: string) => {
      const { body } = await get(`/sobjects/${object}/describe`);
      return (body as { fields: { name: string }[] }).fields.map(({ name }) => name);
    };
    return { get, query, fieldNames };
  }

  it('hides a field from one user: no query, no describe, and another tag', async () => {
    const [one, other] = [await session(ada.username), await session(grace.username)];
    const before = (await one.get('/sobjects/Account/describe')).headers.get('etag');
    const changed = await sim.control.act({
      act: 'hide_field',
      org,
      field: 'account.industry',
      username: ada.username,
    });
    expect(changed).toBe(1);
    const soql = 'SELECT Industry FROM Account LIMIT 1';
    expect(await one.query(soql)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
    expect((await other.query(soql)).status).toBe(200);
    expect(await one.fieldNames('Account')).not.toContain('Industry');
    expect((await one.get('/sobjects/Account/describe')).headers.get('etag')).not.toBe(before);
    await sim.control.act({ act: 'hide_field', org, field: 'Account.Industry', hidden: false });
    expect((await one.query(soql)).status).toBe(200);
  });

  it('shows a field that the seed hides, until the reset', async () => {
    await sim.control.act({ act: 'hide_field', org, field: 'Account.AnnualRevenue', hidden: false });
    expect(await (await session(franz.username)).fieldNames('Account')).toContain('AnnualRevenue');
    await sim.control.reset();
    expect(await (await session(franz.username)).fieldNames('Account')).not.toContain('AnnualRevenue');
  });

  it('hides an object from everybody: no query, no describe, no child relationship', async () => {
    const one = await session(grace.username);
    await sim.control.act({ act: 'hide_object', org, sobject: 'contact' });
    expect(await one.query('SELECT Id FROM Contact LIMIT 1')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }],
    });
    expect((await one.get('/sobjects/Contact/describe')).status).toBe(404);
    const { sobjects } = (await one.get('/sobjects')).body as { sobjects: { name: string }[] };
    expect(sobjects.map(({ name }) => name)).not.toContain('Contact');
    const { childRelationships } = (await one.get('/sobjects/Account/describe')).body as {
      childRelationships: { childSObject: string }[];
    };
    expect(childRelationships.map(({ childSObject }) => childSObject)).not.toContain('Contact');
    await sim.control.act({ act: 'hide_object', org, sobject: 'Contact', hidden: false });
    expect((await one.query('SELECT Id FROM Contact LIMIT 1')).status).toBe(200);
  });

  it.each([
    { act: 'hide_field', org, field: 'Account.Nope' },
    { act: 'hide_object', org, sobject: 'Nope' },
    { act: 'hide_object', org, sobject: 'Account', username: 'nobody' },
  ] as const)('does not know %j', async (act) => {
    await expect(sim.control.act(act)).rejects.toThrow('There is no');
  });

  it('forgets every open locator', async () => {
    const soql = 'SELECT Id FROM Wide__c';
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const first = await client.get(`${ROOT}/query?q=${encodeURIComponent(soql)}`, access_token, {
      'sforce-query-options': 'batchSize=200',
    });
    const { nextRecordsUrl } = (await first.json()) as { nextRecordsUrl: string };
    expect((await client.get(nextRecordsUrl, access_token)).status).toBe(200);
    expect(await sim.control.act({ act: 'expire_locators', org })).toBeGreaterThan(0);
    const gone = await client.get(nextRecordsUrl, access_token);
    expect([gone.status, await gone.json()]).toEqual([
      400,
      [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }],
    ]);
  });
});

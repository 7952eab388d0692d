import { describe, expect, it } from 'vitest';
import type { Reader } from '@/lib/records/with-records';
import { parseGridState, type SearchParams } from '@/lib/soql/grid-state';
import {
  ACCOUNT_FIELDS,
  describedField,
  describedObject,
  type FakeOrg,
  refusing,
  startFakeOrg,
} from '@/tests/fake-org';
import { accessTo } from '@/tests/records-access';
import { loadWindow } from './load-window';

async function start(changes: Partial<FakeOrg> = {}) {
  const fake = await startFakeOrg(changes);
  const load = (params: SearchParams = {}, reader: Partial<Reader> = {}, sobject = 'Account') =>
    loadWindow(accessTo(fake.origin, reader), { sobject, state: parseGridState(params) });
  return { ...fake, load };
}

const account = (fields: object[], changes = {}) => ({
  Account: describedObject('Account', fields, changes),
});

describe('loadWindow', () => {
  it('costs exactly one API call once the describe is cached', async () => {
    const { load, seen } = await start();
    expect((await load()).rows.calls).toBe(2);
    const before = seen.length;
    const window = await load({ sort: '-AnnualRevenue' });
    expect(seen.length - before).toBe(1);
    expect(window.notices).toEqual([]);
    expect(window.rows).toMatchObject({
      calls: 1,
      offset: 0,
      total: 450,
      list: '0r8xx5R2yF2gs3VASQ',
      budget: { used: 7, max: 15_000 },
    });
    expect(window.rows.ids).toHaveLength(200);
    expect(seen.at(-1)?.headers['sforce-query-options']).toBe('batchSize=200');
    expect(window.soql).not.toMatch(/LIMIT|OFFSET/);
  });

  it('counts every row that Salesforce gave, also of an answer that it could not use', async () => {
    const { origin, org } = await startFakeOrg({ total: 150 });
    const read = async () => {
      const access = accessTo(origin);
      const ended = await loadWindow(access, { sobject: 'Account', state: parseGridState({}) }).catch(
        (error: { code: string }) => error.code,
      );
      return { ended, rows: access.client.meter.rows };
    };
    expect((await read()).rows).toBe(150);
    org.total = 0;
    expect((await read()).rows).toBe(0);
    org.instead = ({ url }) =>
      url.pathname.endsWith('/query')
        ? { status: 200, body: { totalSize: 2, done: false, records: [{}, {}] } }
        : null;
    expect(await read()).toEqual({ ended: 'SALESFORCE_ANSWER_INVALID', rows: 2 });
    org.instead = refusing(503, 'SERVER_UNAVAILABLE', /query$/);
    expect(await read()).toEqual({ ended: 'SALESFORCE_UNAVAILABLE', rows: null });
  });

  it('gives compact columns that the reader sees, with references, and says why others are missing', async () => {
    const { load, origin } = await start({
      total: 2,
      describes: account(ACCOUNT_FIELDS.filter(({ name }) => name !== 'Rating')),
    });
    const window = await load();
    const names = window.columns.map(({ name }) => name);
    expect(names).toContain('Website');
    expect(names).not.toContain('Rating');
    expect(window.rows.columns).toEqual(names);
    expect(window.missing).toEqual([
      { name: 'Rating', reason: 'hidden', words: expect.stringContaining('Not visible to you: Rating') },
    ]);
    const column = (name: string) => window.rows.values[names.indexOf(name)];
    expect(column('Name')).toEqual(['Account 0', 'Account 1']);
    expect(column('Type')).toEqual([null, null]);
    expect(column('OwnerId')).toEqual([{ id: '005000000000001AAA', name: 'Ada' }, null]);
    expect(window.columns.find(({ name }) => name === 'Type')).toMatchObject({
      kind: 'picklist',
      options: [{ value: 'Prospect', label: 'Prospect', active: true }],
    });
    expect(window).toMatchObject({
      connectionId: 'a-connection',
      label: 'Account',
      labelPlural: 'Accounts',
      instanceUrl: origin,
      locale: 'de-DE',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    });
    expect(window.rows).toMatchObject({ currencies: null, list: null, cursor: expect.any(String) });
    expect(JSON.parse(JSON.stringify(window))).toEqual(window);
  });

  it('gives each row its currency in a multi-currency org', async () => {
    const { load, soqls } = await start({
      total: 2,
      describes: account([...ACCOUNT_FIELDS, describedField('CurrencyIsoCode', 'picklist')]),
    });
    expect(await load()).toMatchObject({ rows: { currencies: ['USD', null] }, currency: null });
    expect(soqls()[0]).toContain('CurrencyIsoCode');
  });

  it('sorts by what is shown, nulls last, with Id to break ties, and reads every key', async () => {
    const { load, soqls } = await start();
    await load();
    await load({ sort: '-AnnualRevenue,OwnerId', columns: 'Name' });
    await load({ sort: '-Id,Name' });
    expect(soqls()[0]).toMatch(/ORDER BY Name ASC NULLS LAST, Id ASC NULLS LAST$/);
    expect(soqls()[1]).toBe(
      'SELECT Id, Name, AnnualRevenue, OwnerId, Owner.Name FROM Account ' +
        'ORDER BY AnnualRevenue DESC NULLS LAST, Owner.Name ASC NULLS LAST, Id ASC NULLS LAST',
    );
    expect(soqls()[2]).toMatch(/ORDER BY Id DESC NULLS LAST$/);
  });

  it('leaves out a sort that it cannot do, and says so', async () => {
    const { load, soqls } = await start();
    const window = await load({ sort: 'Nope,-Phone,-Industry' });
    expect(window.state.sort).toEqual([{ field: 'Industry', descending: true }]);
    expect(window.notices).toEqual([expect.stringContaining('“Nope”'), expect.stringContaining('“Phone”')]);
    expect(soqls()[0]).toMatch(/ORDER BY Industry DESC NULLS LAST, Id/);
    expect((await load({ sort: 'Nope' })).state.sort).toEqual([{ field: 'Name', descending: false }]);
  });

  it('says whether the order knows a jump, and why not', async () => {
    const { load } = await start();
    expect(await load({ sort: '-LastModifiedDate' })).toMatchObject({
      jump: { kind: 'dateTime', field: 'LastModifiedDate', descending: true },
      jumpWords: null,
    });
    expect(await load({ sort: 'OwnerId' })).toMatchObject({ jump: { kind: 'text', label: 'Owner' } });
    expect(await load({ sort: 'Industry' })).toMatchObject({
      jump: null,
      jumpWords: expect.stringContaining('list of values'),
    });
  });

  it('searches the name and the texts that are shown, every character meaning itself', async () => {
    const { load, soqls } = await start();
    await load({ q: " 50%_O'Neil\\ ", columns: 'Name,Industry,BillingCity' });
    expect(soqls()[0]).toContain(
      "WHERE (Name LIKE '%50\\%\\_O\\'Neil\\\\%' OR BillingCity LIKE '%50\\%\\_O\\'Neil\\\\%') ORDER BY",
    );
  });

  it('filters, and says what of a filter it left out', async () => {
    const { load, soqls } = await start();
    const filter = '["all",["AnnualRevenue","gt","5000"],["Nope","eq","x"]]';
    const window = await load({ filter, q: 'a', columns: 'Name' });
    expect(soqls()[0]).toContain("WHERE AnnualRevenue > 5000 AND Name LIKE '%a%' ORDER BY");
    expect(window.notices).toEqual([expect.stringContaining('“Nope”')]);
    expect(window.state.filter).not.toBeNull();
  });

  it('refuses a filter that Salesforce would refuse for its length', async () => {
    const { load, soqls } = await start();
    const values = Array.from({ length: 60 }, (_, index) => `${'x'.repeat(80)}${index}`);
    const filter = JSON.stringify(['all', ['Name', 'in', ...values]]);
    await expect(load({ filter })).rejects.toMatchObject({ code: 'FILTER_TOO_LONG' });
    expect(soqls()).toEqual([]);
  });

  it('tells no rows from a failure', async () => {
    const { load, org } = await start({ total: 0 });
    expect((await load({ q: 'nobody' })).rows).toMatchObject({ total: 0, ids: [], cursor: null, list: null });
    org.instead = refusing(500, 'UNKNOWN_EXCEPTION', /\/query$/);
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
  });

  it.each([
    [400, 'QUERY_TIMEOUT', 'x', 'SALESFORCE_QUERY_TIMEOUT'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'SALESFORCE_LIMIT_EXCEEDED'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.', 'SALESFORCE_BUSY'],
    [400, 'INVALID_TYPE', 'sObject type is not supported', 'SALESFORCE_OBJECT_HIDDEN'],
    [503, 'SERVER_UNAVAILABLE', 'x', 'SALESFORCE_UNAVAILABLE'],
  ])('tells %i %s (%s) apart from other failures', async (status, errorCode, message, code) => {
    const { load } = await start({ instead: refusing(status, errorCode, /\/query$/, message) });
    await expect(load()).rejects.toMatchObject({
      code,
      nextStep: expect.any(String),
      salesforce: { error: errorCode },
    });
  });

  it('says when the user does not see the object at all, or nobody can list it', async () => {
    const { load } = await start({
      describes: { Locked__c: describedObject('Locked__c', ACCOUNT_FIELDS, { queryable: false }) },
    });
    const hidden = { code: 'SALESFORCE_OBJECT_HIDDEN' };
    await expect(load({}, {}, 'Secret__c')).rejects.toMatchObject(hidden);
    await expect(load({}, {}, 'Locked__c')).rejects.toMatchObject(hidden);
  });

  it('plans again when a field was hidden after the describe was cached', async () => {
    const { load, org } = await start();
    await load();
    org.describes = account(ACCOUNT_FIELDS.filter(({ name }) => name !== 'AnnualRevenue'));
    org.instead = ({ url }) =>
      url.searchParams.get('q')?.includes('AnnualRevenue')
        ? { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'AnnualRevenue'" }] }
        : null;
    const window = await load({ sort: '-AnnualRevenue' });
    expect(window.missing).toMatchObject([{ name: 'AnnualRevenue', reason: 'hidden' }]);
    expect(window.notices).toHaveLength(1);
  });

  it('gives up on a refused field that a new describe still names', async () => {
    const { load } = await start({ instead: refusing(400, 'INVALID_FIELD', /\/query$/) });
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_QUERY_REFUSED' });
  });

  it('leaves out what a statement of Salesforce’s limit cannot name, and says so', async () => {
    const wide = Array.from({ length: 3_000 }, (_, index) =>
      describedField(`A_field_with_a_long_name_${String(index).padStart(12, '0')}__c`, 'string'),
    );
    const { origin, seen } = await startFakeOrg({
      describes: account([...ACCOUNT_FIELDS, ...wide]),
      instead: ({ url }) =>
        url.pathname.endsWith('/composite') ? composed(200, { totalSize: 0, done: true, records: [] }) : null,
    });
    const state = { ...parseGridState({}), columns: wide.map(({ name }) => name) };
    const window = await loadWindow(accessTo(origin), { sobject: 'Account', state });
    expect(window.soql.length).toBeLessThanOrEqual(100_000);
    expect(window.columns.length).toBeGreaterThan(1_500);
    expect(window.notices).toEqual([expect.stringMatching(/^\d+ columns were left out/)]);
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toMatchObject({
      compositeRequest: [{ method: 'GET', httpHeaders: { 'Sforce-Query-Options': 'batchSize=200' } }],
    });
  });

  it('reads an error of a part of a composite answer as that of a query', async () => {
    const wide = Array.from({ length: 600 }, (_, index) =>
      describedField(`A_field_with_a_long_name_${index}__c`, 'string'),
    );
    const { origin } = await startFakeOrg({
      describes: account([...ACCOUNT_FIELDS, ...wide]),
      instead: ({ url }) =>
        url.pathname.endsWith('/composite')
          ? composed(400, [{ errorCode: 'QUERY_TIMEOUT', message: 'x' }])
          : null,
    });
    const state = { ...parseGridState({}), columns: wide.map(({ name }) => name) };
    const read = loadWindow(accessTo(origin), { sobject: 'Account', state });
    await expect(read).rejects.toMatchObject({ code: 'SALESFORCE_QUERY_TIMEOUT' });
  });

  it('never serves one reader from the describe of another', async () => {
    const { load, seen } = await start();
    await load();
    expect((await load({}, { userId: '005dM000001otherAAA' })).rows.calls).toBe(2);
    expect(seen.filter(({ url }) => url.pathname.endsWith('/describe'))).toHaveLength(2);
  });

  it('falls back where the reader has no locale or zone', async () => {
    const { load } = await start({ total: 1 });
    expect(await load({}, { locale: null, timeZone: 'Mars/Olympus' })).toMatchObject({
      locale: 'en-US',
      timeZone: 'UTC',
    });
  });
});

function composed(httpStatusCode: number, body: unknown) {
  return {
    status: 200,
    body: { compositeResponse: [{ body, httpHeaders: {}, httpStatusCode, referenceId: 'query0' }] },
  };
}

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registry } from '@/lib/registry';
import type { SalesforceClient } from '@/lib/salesforce/types';
import { parseGridState, type SearchParams } from '@/lib/soql/grid-state';
import { type LoopbackHandler, type SeenRequest, sendJson, startLoopback } from '@/tests/loopback';
import { DEFAULT_COLUMNS, selectColumns } from './columns';
import { loadWindow, type Reader } from './load-window';

const LOCATOR = '0r8xx5R2yF2gs3VASQ';
const ETAG = '"e8178a2d--gzip"';

function field(name: string, type: string, changes: Record<string, unknown> = {}) {
  return {
    name,
    type,
    label: name,
    sortable: type !== 'textarea',
    filterable: true,
    nillable: true,
    custom: false,
    length: 255,
    precision: 0,
    scale: type === 'currency' ? 2 : 0,
    nameField: name === 'Name',
    referenceTo: [],
    relationshipName: null,
    picklistValues: [],
    ...changes,
  };
}

const ACCOUNT_FIELDS = [
  field('Id', 'id'),
  field('Name', 'string', { label: 'Account Name' }),
  field('Type', 'picklist', { picklistValues: [{ value: 'Prospect', label: null, active: true }] }),
  field('Industry', 'picklist'),
  field('AnnualRevenue', 'currency'),
  field('NumberOfEmployees', 'int'),
  field('Rating', 'picklist'),
  field('BillingCity', 'string'),
  field('BillingCountry', 'string'),
  field('Phone', 'phone', { sortable: false }),
  field('Website', 'url'),
  field('OwnerId', 'reference', { label: 'Owner ID', referenceTo: ['User'], relationshipName: 'Owner' }),
  field('LastModifiedDate', 'datetime'),
  field('BillingAddress', 'address'),
];

const reader: Reader = {
  orgId: '00DdM0000008abcUAA',
  userId: '005dM000001xyzAQAQ',
  locale: 'de_DE',
  timeZone: 'Europe/Berlin',
  defaultCurrency: 'EUR',
};

interface FakeOrg {
  total: number;
  fields: object[];
  /** Rows a batch; Salesforce may give fewer than asked. */
  batch: number;
  /** Answers instead of the org, when it gives something. */
  instead?: ((request: SeenRequest) => { status: number; body: unknown } | null) | undefined;
}

/** An org of numbered accounts that speaks describe, query and locators. */
async function startOrg(changes: Partial<FakeOrg> = {}) {
  const org: FakeOrg = { total: 450, fields: ACCOUNT_FIELDS, batch: 200, ...changes };
  const handler: LoopbackHandler = (request, response) => {
    const other = org.instead?.(request);
    if (other) return sendJson(response, other.status, other.body);
    const { pathname } = request.url;
    if (pathname.endsWith('/describe')) return sendDescribe(request, response);
    const offset = Number(/-(\d+)$/.exec(pathname)?.[1] ?? 0);
    return sendJson(response, 200, rowsFrom(org, offset), { 'Sforce-Limit-Info': 'api-usage=7/15000' });
  };
  const sendDescribe: LoopbackHandler = (request, response) => {
    if (request.headers['if-none-match'] === ETAG) return response.writeHead(304, { etag: ETAG }).end();
    const name = request.url.pathname.split('/').at(-2) ?? '';
    const body = {
      name,
      label: name,
      labelPlural: `${name}s`,
      keyPrefix: '001',
      queryable: true,
      fields: org.fields,
    };
    return sendJson(response, 200, body, { etag: ETAG });
  };
  const { origin, seen } = await startLoopback(handler);
  const grant = { accessToken: 'token', instanceUrl: origin, generation: 1 };
  const client: SalesforceClient = {
    apiVersion: '66.0',
    source: { current: async () => grant, renew: async () => grant, used: async () => undefined },
  };
  const count = vi.fn();
  const load = (params: SearchParams = {}, changed: Partial<Reader> = {}) =>
    loadWindow(client, {
      sobject: 'Account',
      state: parseGridState(params),
      reader: { ...reader, ...changed },
      count,
    });
  const soqls = () => seen.map(({ url }) => url.searchParams.get('q')).filter((soql) => soql !== null);
  return { org, origin, seen, load, soqls, client, count };
}

function rowsFrom(org: FakeOrg, offset: number) {
  const end = Math.min(offset + org.batch, org.total);
  const records = Array.from({ length: Math.max(0, end - offset) }, (_none, index) => ({
    attributes: { type: 'Account' },
    Id: `001${offset + index}`,
    Name: `Account ${offset + index}`,
    AnnualRevenue: (offset + index) * 1000,
    OwnerId: index % 2 === 0 ? '005A' : null,
    Owner: index % 2 === 0 ? { attributes: {}, Name: 'Ada' } : null,
    CurrencyIsoCode: index % 2 === 0 ? 'USD' : 7,
  }));
  const next = end < org.total ? { nextRecordsUrl: `/services/data/v66.0/query/${LOCATOR}-${end}` } : {};
  return { totalSize: org.total, done: end >= org.total, ...next, records };
}

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.open-lists', 'salesforce.retry-budgets']) {
    registry().slots.delete(slot);
  }
});

describe('loadWindow', () => {
  it('costs exactly one API call once the describe is cached', async () => {
    const { load, seen } = await startOrg();
    expect((await load()).calls).toBe(2);
    const before = seen.length;
    const window = await load({ sort: '-AnnualRevenue' });
    expect(window.calls).toBe(1);
    expect(seen.length - before).toBe(1);
    expect(window).toMatchObject({
      total: 450,
      pageSize: 200,
      budget: { used: 7, max: 15_000 },
      notices: [],
    });
  });

  it('pages through an open list with one API call a page', async () => {
    const { load, seen } = await startOrg();
    await load();
    const second = await load({ page: '2' });
    const third = await load({ page: '3' });
    expect([second.calls, third.calls]).toEqual([1, 1]);
    expect([second.ids[0], second.ids.length, third.ids[0], third.ids.length]).toEqual([
      '001200',
      200,
      '001400',
      50,
    ]);
    expect(seen.slice(2).map(({ url }) => url.pathname.split('/').at(-1))).toEqual([
      `${LOCATOR}-200`,
      `${LOCATOR}-400`,
    ]);
  });

  it('opens a page further on with one more call', async () => {
    const { load } = await startOrg();
    await load({ q: 'warm the describe' });
    const window = await load({ page: '3' });
    expect([window.calls, window.ids[0], window.state.page]).toEqual([2, '001400', 3]);
  });

  it('gives compact columns that the reader sees, with references, and names the hidden ones', async () => {
    const { load, origin } = await startOrg({
      total: 2,
      fields: ACCOUNT_FIELDS.filter(({ name }) => name !== 'Rating'),
    });
    const window = await load();
    expect(window.columns.map(({ name }) => name)).toEqual(
      DEFAULT_COLUMNS.Account.filter((name) => name !== 'Rating'),
    );
    expect(window.hiddenColumns).toEqual(['Rating']);
    expect(window.ids).toEqual(['0010', '0011']);
    const column = (name: string) => window.values[window.columns.findIndex((entry) => entry.name === name)];
    expect(column('Name')).toEqual(['Account 0', 'Account 1']);
    expect(column('Type')).toEqual([null, null]);
    expect(column('OwnerId')).toEqual([{ id: '005A', name: 'Ada' }, null]);
    expect(window.columns.find(({ name }) => name === 'OwnerId')).toMatchObject({
      label: 'Owner',
      kind: 'reference',
    });
    expect(window).toMatchObject({
      label: 'Account',
      labelPlural: 'Accounts',
      instanceUrl: origin,
      locale: 'de-DE',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
      currencies: null,
    });
    expect(JSON.parse(JSON.stringify(window))).toEqual(window);
  });

  it('gives each row its currency in a multi-currency org', async () => {
    const { load, soqls } = await startOrg({
      total: 2,
      fields: [...ACCOUNT_FIELDS, field('CurrencyIsoCode', 'picklist')],
    });
    expect(await load()).toMatchObject({ currencies: ['USD', null], currency: null });
    expect(soqls()[0]).toContain('CurrencyIsoCode');
  });

  it('sorts by what is shown, nulls last, with Id to break ties', async () => {
    const { load, soqls } = await startOrg();
    await load();
    await load({ sort: '-AnnualRevenue,OwnerId' });
    expect(soqls()[0]).toMatch(/ORDER BY Name ASC NULLS LAST, Id ASC NULLS LAST$/);
    expect(soqls()[1]).toMatch(
      /ORDER BY AnnualRevenue DESC NULLS LAST, Owner\.Name ASC NULLS LAST, Id ASC NULLS LAST$/,
    );
  });

  it('leaves out a sort that it cannot do, and says so', async () => {
    const { load, soqls } = await startOrg();
    const window = await load({ sort: 'Nope,-Phone,-Industry' });
    expect(window.state.sort).toEqual([{ field: 'Industry', descending: true }]);
    expect(window.notices).toEqual([expect.stringContaining('“Nope”'), expect.stringContaining('“Phone”')]);
    expect(soqls()[0]).toMatch(/ORDER BY Industry DESC NULLS LAST, Id/);
  });

  it('searches by name, every character meaning itself', async () => {
    const { load, soqls } = await startOrg();
    await load({ q: " 50%_O'Neil\\ " });
    expect(soqls()[0]).toContain("WHERE Name LIKE '%50\\%\\_O\\'Neil\\\\%' ORDER BY");
  });

  it('tells no rows from a failure', async () => {
    const empty = await startOrg({ total: 0 });
    expect(await empty.load({ q: 'nobody' })).toMatchObject({
      total: 0,
      ids: [],
      notices: [],
      state: { page: 1 },
    });
    const failing = await startOrg({
      instead: ({ url }) =>
        url.pathname.endsWith('/query')
          ? { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'x' }] }
          : null,
    });
    await expect(failing.load()).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
  });

  it.each([
    ['cold', false],
    ['with the list open', true],
  ])('shows the last page for one beyond the end, and says so (%s)', async (_name, open) => {
    const { load } = await startOrg();
    if (open) await load();
    expect(await load({ page: '40' })).toMatchObject({
      state: { page: 3 },
      ids: expect.arrayContaining(['001449']),
      notices: ['There is no page 40; this is the last one.'],
    });
  });

  it('shows the only page for one beyond it', async () => {
    const { load } = await startOrg({ total: 5 });
    await load();
    expect(await load({ page: '2' })).toMatchObject({
      state: { page: 1 },
      notices: [expect.any(String)],
      calls: 1,
    });
    expect((await load({ page: '2' })).ids).toHaveLength(5);
  });

  it('fills a page when Salesforce gives smaller batches', async () => {
    const { load } = await startOrg({ batch: 120 });
    const window = await load();
    expect(window.ids).toHaveLength(200);
    expect(new Set(window.ids).size).toBe(200);
    expect((await load({ page: '3' })).ids).toHaveLength(50);
  });

  it('shows a page and no more when Salesforce gives bigger batches', async () => {
    const { load } = await startOrg({ batch: 2000 });
    expect((await load()).ids).toHaveLength(200);
  });

  it('opens the list again when Salesforce has let go of it', async () => {
    const started = await startOrg();
    await started.load();
    let refused = false;
    started.org.instead = ({ url }) => {
      if (refused || !url.pathname.includes(LOCATOR)) return null;
      refused = true;
      return {
        status: 400,
        body: [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }],
      };
    };
    expect(await started.load({ page: '2' })).toMatchObject({ calls: 3, state: { page: 2 }, total: 450 });
  });

  it('passes every other error of an open list on', async () => {
    const started = await startOrg();
    await started.load();
    started.org.instead = () => ({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'x' }],
    });
    await expect(started.load({ page: '2' })).rejects.toMatchObject({ code: 'SALESFORCE_LIMIT_EXCEEDED' });
  });

  it('ends when rows vanish while it reads', async () => {
    const started = await startOrg();
    await started.load();
    started.org.instead = ({ url }) =>
      url.pathname.includes(LOCATOR)
        ? { status: 200, body: { totalSize: 450, done: true, records: [] } }
        : null;
    expect((await started.load({ page: '2' })).ids).toEqual([]);
    started.org.instead = ({ url }) =>
      url.pathname.endsWith('/query')
        ? { status: 200, body: { totalSize: 9, done: true, records: [] } }
        : null;
    expect((await started.load()).ids).toEqual([]);
  });

  it('plans again when a field was hidden after the describe was cached', async () => {
    const started = await startOrg();
    await started.load();
    started.org.fields = ACCOUNT_FIELDS.filter(({ name }) => name !== 'AnnualRevenue');
    started.org.instead = ({ url }) => {
      if (!url.searchParams.get('q')?.includes('AnnualRevenue')) return null;
      return {
        status: 400,
        body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'AnnualRevenue'" }],
      };
    };
    const window = await started.load({ sort: '-AnnualRevenue' });
    expect(window.hiddenColumns).toEqual(['AnnualRevenue']);
    expect(window.notices).toHaveLength(1);
  });

  it('gives up on a refused field that a new describe still names', async () => {
    const { load } = await startOrg({
      instead: ({ url }) =>
        url.pathname.endsWith('/query')
          ? { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'x' }] }
          : null,
    });
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_QUERY_REFUSED' });
  });

  it('says when the user does not see the object at all', async () => {
    const { load } = await startOrg({
      instead: () => ({
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      }),
    });
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_NOT_FOUND' });
  });

  it('counts every row that Salesforce gave, once for each window, also of an answer that it could not use', async () => {
    const { load, count, org } = await startOrg({ batch: 150 });
    await load();
    expect(count.mock.calls).toEqual([[300]]);
    await load({ page: '3' });
    expect(count.mock.calls.slice(1)).toEqual([[50]]);
    org.total = 0;
    await load({ q: 'nobody' });
    expect(count.mock.calls.slice(2)).toEqual([[0]]);
    org.instead = ({ url }) =>
      url.pathname.endsWith('/query')
        ? { status: 200, body: { totalSize: 2, done: false, records: [{}, {}] } }
        : null;
    await expect(load({ q: 'cut off' })).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    expect(count.mock.calls.slice(3)).toEqual([[2]]);
    org.instead = () => ({ status: 503, body: [] });
    await expect(load({ q: 'x' })).rejects.toThrow();
    expect(count).toHaveBeenCalledTimes(4);
  });

  it('never serves one reader from the describe or list of another', async () => {
    const { load, seen } = await startOrg();
    await load();
    const other = await load({ page: '2' }, { userId: '005dM000001otherAAA' });
    expect(other.calls).toBe(3);
    expect(seen.filter(({ url }) => url.pathname.endsWith('/describe'))).toHaveLength(2);
  });

  it('falls back where the reader has no locale or zone', async () => {
    const { load } = await startOrg({ total: 1 });
    expect(await load({}, { locale: null, timeZone: 'Mars/Olympus' })).toMatchObject({
      locale: 'en-US',
      timeZone: 'UTC',
    });
  });
});

describe('describe cache', () => {
  it('asks by ETag once it is stale, and keeps what 304 says is still right', async () => {
    const { load, seen } = await startOrg();
    const clock = vi.spyOn(performance, 'now');
    clock.mockReturnValue(1_000);
    await load();
    clock.mockReturnValue(1_000 + 11 * 60_000);
    const window = await load();
    expect(window.columns).toHaveLength(DEFAULT_COLUMNS.Account.length);
    const describes = seen.filter(({ url }) => url.pathname.endsWith('/describe'));
    expect(describes.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, ETAG]);
  });

  it('asks once for many readers of the same user at once', async () => {
    const { load, seen } = await startOrg();
    await Promise.all([load(), load(), load()]);
    expect(seen.filter(({ url }) => url.pathname.endsWith('/describe'))).toHaveLength(1);
  });

  it('keeps nothing of a failure or of an answer that is no describe', async () => {
    const started = await startOrg({ instead: () => ({ status: 200, body: { name: 'Account' } }) });
    await expect(started.load()).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
    started.org.instead = undefined;
    expect((await started.load()).total).toBe(450);
  });
});

describe('selectColumns', () => {
  it('leaves compound and binary fields out, and shows a reference without a relationship by its id', () => {
    const describe = {
      name: 'X',
      label: 'X',
      labelPlural: 'Xs',
      keyPrefix: null,
      queryable: true,
      fields: [field('BillingAddress', 'address'), field('Ref', 'reference'), field('Body', 'base64')],
    };
    const { selected, hidden } = selectColumns(describe, ['BillingAddress', 'Ref', 'Body']);
    expect(hidden).toEqual(['BillingAddress', 'Body']);
    expect(selected[0]).toMatchObject({ paths: ['Ref'], sortPath: 'Ref', relationshipName: null });
  });
});

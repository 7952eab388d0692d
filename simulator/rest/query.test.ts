import { beforeEach, describe, expect, it } from 'vitest';
import { type DataBench, dataBench, jsonOf, rowsOf } from '@/simulator/testing/data-service';

interface QueryAnswer {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

const ROOT = '/services/data/v66.0';
const DAY = 24 * 60 * 60 * 1000;

let bench: DataBench;
beforeEach(() => {
  bench = dataBench(undefined, 1_100, 200);
});

const queryUrl = (soql: string) => `${ROOT}/query?q=${encodeURIComponent(soql)}`;
const batch = (size: number) => ({ headers: { 'sforce-query-options': `batchSize=${size}` } });

async function ask(url: string, options = {}): Promise<QueryAnswer> {
  const response = await bench.get(url, options);
  expect(response.status).toBe(200);
  return jsonOf<QueryAnswer>(response);
}

describe('query', () => {
  it('writes records as selected: attributes, explicit nulls, parents nested or null', async () => {
    const { records } = await ask(
      queryUrl('SELECT id, parentid, Parent.Name, Owner.Profile, Name FROM Account').replace(
        '%2C%20Owner.Profile',
        '',
      ),
    );
    const orphan = records.find(({ ParentId }) => ParentId === null);
    const child = records.find(({ ParentId }) => ParentId !== null);
    expect(Object.keys(orphan ?? {})).toEqual(['attributes', 'Id', 'ParentId', 'Parent', 'Name']);
    expect(orphan?.Parent).toBeNull();
    expect(orphan?.attributes).toEqual({ type: 'Account', url: `${ROOT}/sobjects/Account/${orphan?.Id}` });
    expect(child?.Parent).toEqual({
      attributes: { type: 'Account', url: `${ROOT}/sobjects/Account/${child?.ParentId}` },
      Name: expect.any(String),
    });
  });

  it('writes an address as one object', async () => {
    const { records } = await ask(queryUrl('SELECT BillingAddress FROM Account LIMIT 1'));
    expect(Object.keys(records[0]?.BillingAddress as object)).toEqual([
      'city',
      'country',
      'countryCode',
      'geocodeAccuracy',
      'latitude',
      'longitude',
      'postalCode',
      'state',
      'stateCode',
      'street',
    ]);
  });

  it('answers COUNT() with a total and no records', async () => {
    expect(await ask(queryUrl('SELECT COUNT() FROM Account'))).toEqual({
      totalSize: 1_100,
      done: true,
      records: [],
    });
  });

  it('answers aggregates in one batch', async () => {
    const { totalSize, done, records } = await ask(queryUrl('SELECT COUNT(Id) FROM Account'));
    expect({ totalSize, done, records }).toEqual({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'AggregateResult' }, expr0: 1_100 }],
    });
  });

  it('leads through all rows once by its locators', async () => {
    const soql = 'SELECT Id FROM Account ORDER BY Name';
    const ids: unknown[] = [];
    let page = await ask(queryUrl(soql), batch(300));
    for (;;) {
      ids.push(...page.records.map(({ Id }) => Id));
      expect(page.totalSize).toBe(1_100);
      expect(page.done).toBe(page.nextRecordsUrl === undefined);
      if (!page.nextRecordsUrl) break;
      expect(page.nextRecordsUrl).toMatch(new RegExp(`^${ROOT}/query/0r8[A-Za-z0-9]{15}-${ids.length}$`));
      page = await ask(page.nextRecordsUrl, batch(300));
    }
    expect(ids).toEqual(rowsOf(bench, soql).map(([id]) => id));
    expect(new Set(ids).size).toBe(1_100);
  });

  it('serves any offset up to the total, again and again', async () => {
    const first = await ask(queryUrl('SELECT Id FROM Account'), batch(200));
    const locator = first.nextRecordsUrl?.replace(/-\d+$/, '');
    const at = async (offset: number) =>
      (await ask(`${locator}-${offset}`, batch(200))).records.map(({ Id }) => Id);
    const all = rowsOf(bench, 'SELECT Id FROM Account').map(([id]) => id);
    expect(await at(437)).toEqual(all.slice(437, 637));
    expect(await at(437)).toEqual(all.slice(437, 637));
    expect(await at(0)).toEqual(all.slice(0, 200));
    expect(await at(1_100)).toEqual([]);
  });

  it('reads a locator with the default batch when none is asked for', async () => {
    const first = await ask(queryUrl('SELECT Id FROM Account'), batch(200));
    const next = await ask(first.nextRecordsUrl ?? '');
    expect([next.records.length, next.done]).toEqual([900, true]);
  });

  it('shrinks the batch when a long text area is selected', async () => {
    const page = await ask(queryUrl('SELECT Id, Description FROM Account'));
    expect([page.records.length, page.nextRecordsUrl?.slice(-5)]).toEqual([1_000, '-1000']);
  });

  it.each([
    ['made up', () => `${ROOT}/query/0r8dM0000000000AAA-200`],
    ['beyond the total', (url: string) => url.replace(/-\d+$/, '-1101')],
    ['without an offset', (url: string) => url.replace(/-\d+$/, '')],
  ])('refuses a locator that is %s', async (_, change) => {
    const { nextRecordsUrl = '' } = await ask(queryUrl('SELECT Id FROM Account'), batch(200));
    const response = await bench.get(change(nextRecordsUrl));
    expect(response.status).toBe(400);
    expect(jsonOf(response)).toEqual([
      { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' },
    ]);
  });

  it('refuses the locator of another user, and after two days', async () => {
    const { nextRecordsUrl = '' } = await ask(queryUrl('SELECT Id FROM Account'), batch(200));
    expect((await bench.get(nextRecordsUrl, { user: bench.user('grace') })).status).toBe(400);
    bench.advance(2 * DAY - 1);
    expect((await bench.get(nextRecordsUrl)).status).toBe(200);
    bench.advance(1);
    expect((await bench.get(nextRecordsUrl)).status).toBe(400);
  });

  it.each(['batchSize=199', 'batchSize=2001', 'batchSize=x', 'size=300'])(
    'does not know the option %s',
    async (option) => {
      const response = await bench.get(queryUrl('SELECT Id FROM Account'), {
        headers: { 'sforce-query-options': option },
      });
      expect([response.status, response.unknown]).toEqual([501, `the Sforce-Query-Options "${option}"`]);
    },
  );

  it('answers errors as arrays', async () => {
    const response = await bench.get(queryUrl('SELECT Id FROM Nothing'));
    expect(response.status).toBe(400);
    expect(jsonOf<{ errorCode: string }[]>(response)).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect(jsonOf(await bench.get(`${ROOT}/query`))).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
  });

  it('counts what is beyond the simulator as unknown', async () => {
    const response = await bench.get(queryUrl('SELECT Id FROM Account FOR VIEW'));
    expect([response.status, response.unknown]).toEqual([501, 'FOR at the end of a query']);
  });

  it('sees the same rows through queryAll', async () => {
    const page = await ask(`${ROOT}/queryAll?q=${encodeURIComponent('SELECT Id FROM Account')}`);
    expect(page.totalSize).toBe(1_100);
  });
});

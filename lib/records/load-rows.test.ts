import { describe, expect, it } from 'vitest';
import { parseGridState, type SearchParams } from '@/lib/soql/grid-state';
import { parseList } from '@/lib/soql/locator';
import {
  ACCOUNT_FIELDS,
  describedObject,
  type FakeOrg,
  LOCATOR,
  refusing,
  startFakeOrg,
} from '@/tests/fake-org';
import { accessTo } from '@/tests/records-access';
import { loadRows, loadRowsAt } from './load-rows';
import { loadWindow } from './load-window';

async function start(changes: Partial<FakeOrg> = {}) {
  const fake = await startFakeOrg(changes);
  const inputOf = (params: SearchParams) => ({ sobject: 'Account', state: parseGridState(params) });
  return {
    ...fake,
    open: (params: SearchParams = {}) => loadWindow(accessTo(fake.origin), inputOf(params)),
    rows: (offset: number, list: string | null, cursor: string | null = null, params: SearchParams = {}) =>
      loadRows(accessTo(fake.origin), inputOf(params), { offset, list: parseList(list ?? ''), cursor }),
    at: (value: string, params: SearchParams = {}) =>
      loadRowsAt(accessTo(fake.origin), inputOf(params), { value }),
  };
}

const LET_GO = refusing(400, 'INVALID_QUERY_LOCATOR', new RegExp(LOCATOR));

describe('loadRows', () => {
  it('reads rows at any place of an open list with one call, from its name alone', async () => {
    const { open, rows, seen } = await start();
    const { rows: first } = await open();
    const read = await rows(400, first.list);
    expect(read).toMatchObject({ offset: 400, total: 450, calls: 1, list: LOCATOR, notices: [] });
    expect([read.ids[0], read.ids.length]).toEqual(['001000000000400AAA', 50]);
    expect(seen.at(-1)?.url.pathname).toMatch(new RegExp(`${LOCATOR}-400$`));
  });

  it('counts from where its list begins', async () => {
    const { open, rows, seen } = await start();
    await open();
    expect(await rows(1_250, `${LOCATOR}@1000`)).toMatchObject({ offset: 1_250, total: 1_450, calls: 1 });
    expect(seen.at(-1)?.url.pathname).toMatch(new RegExp(`${LOCATOR}-250$`));
  });

  it('answers with what one call gave when Salesforce shrinks the batch', async () => {
    const { open, rows } = await start({ batch: 120 });
    const { rows: first } = await open();
    expect(first.ids).toHaveLength(120);
    expect((await rows(120, first.list)).ids[0]).toBe('001000000000120AAA');
  });

  it('goes on behind the last row when Salesforce has let go of the list, and says so', async () => {
    const { open, rows, org, soqls } = await start();
    const { rows: first } = await open();
    org.instead = LET_GO;
    const read = await rows(200, first.list, first.cursor);
    expect(read).toMatchObject({ offset: 200, total: 650, calls: 2, list: `${LOCATOR}@200` });
    expect(read.notices).toEqual(['Salesforce had let go of the list; it was opened again from row 201.']);
    expect(soqls().at(-1)).toContain(
      "WHERE ((Name > 'Account 199' OR Name = null) OR (Name = 'Account 199' AND Id > '001000000000199AAA')) ORDER BY",
    );
  });

  it.each([
    ['no cursor', async () => null],
    ['a cursor that is none', async () => 'AAAA'],
    ['the cursor of another row', async (open) => (await open()).rows.cursor, 300],
    ['the cursor of another sort', async (open) => (await open({ sort: '-Name' })).rows.cursor],
    ['the cursor of another filter', async (open) => (await open({ q: 'x' })).rows.cursor],
  ] satisfies Array<
    [string, (open: Awaited<ReturnType<typeof start>>['open']) => Promise<string | null>, number?]
  >)(
    'opens a list that is gone from its start with %s, which costs one call more',
    async (_name, cursorOf, offset = 200) => {
      const { open, rows, org, soqls } = await start();
      const cursor = await cursorOf(open);
      const { rows: first } = await open();
      let refused = false;
      org.instead = (request) => {
        const answer = refused ? null : LET_GO(request);
        refused ||= answer !== null;
        return answer;
      };
      const read = await rows(offset, first.list, cursor);
      expect(read).toMatchObject({ offset, total: 450, calls: 3, list: LOCATOR });
      expect(read.ids[0]).toBe(`001000000000${offset}AAA`);
      expect(read.notices).toEqual([expect.stringContaining('cost one call more')]);
      expect(soqls().at(-1)).not.toContain('WHERE');
    },
  );

  it('has no cursor for an order that WHERE cannot compare', async () => {
    const { open } = await start();
    expect((await open({ sort: 'Industry' })).rows.cursor).toBeNull();
  });

  it('opens the list anew for rows before the one that it begins with', async () => {
    const { open, rows } = await start();
    await open();
    expect(await rows(0, `${LOCATOR}@200`)).toMatchObject({ offset: 0, calls: 1, list: LOCATOR });
    expect(await rows(210, `${LOCATOR}@220`)).toMatchObject({ offset: 210, calls: 2, list: LOCATOR });
  });

  it('says that a row is not there any more', async () => {
    const { open, rows, org } = await start();
    await open();
    org.total = 300;
    const read = await rows(400, null);
    expect(read).toMatchObject({ ids: [], total: 300, notices: [expect.stringContaining('no row 401')] });
  });

  it('passes every other error of an open list on', async () => {
    const { open, rows, org } = await start();
    const { rows: first } = await open();
    org.instead = refusing(403, 'REQUEST_LIMIT_EXCEEDED', /query/);
    await expect(rows(200, first.list)).rejects.toMatchObject({ code: 'SALESFORCE_LIMIT_EXCEEDED' });
  });

  it('drops a column that was taken away between two windows, and says so', async () => {
    const { open, rows, org } = await start();
    const { rows: first } = await open({ columns: 'Name,AnnualRevenue' });
    org.record = ({ AnnualRevenue: _, ...record }) => record;
    const read = await rows(200, first.list, first.cursor, { columns: 'Name,AnnualRevenue' });
    expect(read.columns).toEqual(['Name']);
    expect(read.values).toHaveLength(1);
    expect(read.notices).toEqual(['Salesforce does not give “Annual Revenue” any more.']);
  });

  it('reads on without a field that Salesforce refuses by now', async () => {
    const { open, rows, org } = await start();
    const params = { columns: 'Name,AnnualRevenue' };
    const { rows: first } = await open(params);
    org.describes = {
      Account: describedObject(
        'Account',
        ACCOUNT_FIELDS.filter(({ name }) => name !== 'AnnualRevenue'),
      ),
    };
    org.instead = ({ url }) =>
      url.pathname.includes(LOCATOR) || url.searchParams.get('q')?.includes('AnnualRevenue')
        ? { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'x' }] }
        : null;
    const read = await rows(200, first.list, first.cursor, params);
    expect(read).toMatchObject({ offset: 200, columns: ['Name'], list: `${LOCATOR}@200` });
  });

  it('refuses the list of another object', async () => {
    const { open, rows, org } = await start();
    const { rows: first } = await open();
    org.record = (record) => ({ ...record, attributes: { type: 'Contact' } });
    await expect(rows(200, first.list)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('loadRowsAt', () => {
  it('opens the list at a value with one call, and knows the row from the total', async () => {
    const { open, at, org, soqls } = await start();
    await open();
    // Fifty rows came meanwhile.
    org.total = 500;
    org.behind = 220;
    const read = await at('M');
    expect(read).toMatchObject({ offset: 280, jumpedTo: 280, total: 500, calls: 1, list: LOCATOR });
    expect([read.ids[0], read.ids.length]).toEqual(['001000000000280AAA', 200]);
    expect(soqls().at(-2)).not.toContain('WHERE');
    expect(soqls().at(-1)).toMatch(/WHERE \(Name >= 'M' OR Name = null\) ORDER BY Name ASC/);
    await at('M', { sort: '-Name' });
    expect(soqls().at(-1)).toMatch(
      /WHERE \(Name <= 'M' OR Name LIKE 'M%' OR Name = null\) ORDER BY Name DESC/,
    );
  });

  it('gives a short list whole, since no list is open then', async () => {
    const { open, at, org } = await start({ total: 120 });
    await open();
    org.behind = 20;
    const read = await at('M');
    expect(read).toMatchObject({ offset: 0, jumpedTo: 100, total: 120, list: null });
    expect(read.ids).toHaveLength(120);
  });

  it.each([400, 500])('passes on what Salesforce says to a part of it, %i', async (httpStatusCode) => {
    const { open, at, org } = await start();
    await open();
    const body = [{ errorCode: 'QUERY_TIMEOUT', message: 'x' }];
    org.instead = ({ url }) =>
      url.pathname.endsWith('/composite')
        ? {
            status: 200,
            body: {
              compositeResponse: ['query0', 'query1'].map((referenceId) => ({
                body,
                httpHeaders: {},
                httpStatusCode,
                referenceId,
              })),
            },
          }
        : null;
    await expect(at('M')).rejects.toMatchObject({ salesforce: { error: 'QUERY_TIMEOUT' } });
  });

  it('takes a day in a column of date and time as the reader’s day', async () => {
    const { open, at, soqls } = await start();
    await open();
    await at('2026-07-01', { sort: 'LastModifiedDate' });
    expect(soqls().at(-1)).toContain('LastModifiedDate >= 2026-06-30T22:00:00.000Z');
    await at('2026-07-01', { sort: '-LastModifiedDate' });
    expect(soqls().at(-1)).toContain('LastModifiedDate <= 2026-07-01T21:59:59.999Z');
  });

  it('says when nothing stands there', async () => {
    const { open, at, org } = await start();
    await open();
    org.behind = 0;
    expect(await at('ZZ')).toMatchObject({
      offset: 450,
      jumpedTo: 450,
      ids: [],
      list: LOCATOR,
      notices: [expect.stringContaining('“ZZ”')],
    });
  });

  it.each([
    [{ sort: 'Industry' }, 'Energy'],
    [{ sort: 'AnnualRevenue' }, 'a lot'],
    [{ sort: 'LastModifiedDate' }, 'yesterday'],
  ])('refuses a jump that the order %j does not know: %s', async (params, value) => {
    const { open, at, soqls } = await start();
    await open();
    const before = soqls().length;
    await expect(at(value, params)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(soqls()).toHaveLength(before);
  });
});

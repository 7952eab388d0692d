import { beforeAll, describe, expect, it } from 'vitest';
import { SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { type DataBench, dataBench, jsonOf, rowsOf } from '@/simulator/testing/data-service';

const ROOT = '/services/data/v66.0';

interface Answer {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

let bench: DataBench;
beforeAll(() => {
  bench = dataBench();
});

async function ask(soql: string, batch = 2_000): Promise<Answer> {
  const response = await bench.get(`${ROOT}/query?q=${encodeURIComponent(soql)}`, {
    headers: { 'sforce-query-options': `batchSize=${batch}` },
  });
  expect(response.status).toBe(200);
  return jsonOf<Answer>(response);
}

describe('child subqueries', () => {
  it('answers each row with its own children, where they were selected, or null', async () => {
    const contacts = rowsOf(bench, 'SELECT AccountId, Id, Name, Owner.Name FROM Contact WHERE Email != null');
    const { records, totalSize } = await ask(
      'SELECT Name, (SELECT Id, Name, Owner.Name FROM Contacts WHERE Email != null), Id FROM Account LIMIT 200',
    );
    expect(totalSize).toBe(200);
    expect(Object.keys(records[0] ?? {})).toEqual(['attributes', 'Name', 'Contacts', 'Id']);
    expect(records.some(({ Contacts }) => Contacts === null)).toBe(true);
    for (const { Id, Contacts } of records) {
      const mine = contacts.filter(([account]) => account === Id);
      expect(Contacts).toEqual(
        mine.length === 0
          ? null
          : {
              totalSize: mine.length,
              done: true,
              records: mine.map(([, id, name, owner]) => ({
                attributes: { type: 'Contact', url: `${ROOT}/sobjects/Contact/${id}` },
                Id: id,
                Name: name,
                Owner: { attributes: { type: 'User', url: expect.any(String) }, Name: owner },
              })),
            },
      );
    }
  });

  it('filters, orders and limits the children of each row', async () => {
    const { records } = await ask(
      'SELECT Id, (SELECT Name, Amount FROM Opportunities WHERE IsWon = TRUE ORDER BY CloseDate DESC, Id LIMIT 2) FROM Account a LIMIT 20',
    );
    let full = 0;
    for (const { Id, Opportunities } of records) {
      const mine = rowsOf(
        bench,
        `SELECT Name, Amount FROM Opportunity WHERE AccountId = '${Id}' AND IsWon = TRUE ORDER BY CloseDate DESC, Id LIMIT 2`,
      );
      if (mine.length === 2) full++;
      const got = (Opportunities as Answer | null)?.records.map(({ Name, Amount }) => [Name, Amount]) ?? [];
      expect(got).toEqual(mine);
    }
    expect(full).toBeGreaterThan(0);
  });

  it('takes custom relationships, self lookups and the parent as a prefix', async () => {
    const { records } = await ask(
      'SELECT Id, (SELECT Id FROM a.Projects__r), (SELECT Id, ParentId FROM Account.childaccounts) FROM Account a',
    );
    const children = records.flatMap(({ Id, ChildAccounts }) => {
      const found = (ChildAccounts as Answer | null)?.records ?? [];
      return found.map(({ ParentId }) => [Id, ParentId]);
    });
    expect(children.length).toBeGreaterThan(5);
    expect(children.every(([parent, named]) => parent === named)).toBe(true);
    expect(records.some(({ Projects__r }) => Projects__r !== null)).toBe(true);
  });

  it('counts children towards the batch, and loses no row by it', async () => {
    const soql = 'SELECT Id, (SELECT Id FROM Contacts) FROM Account ORDER BY Name, Id';
    const ids: unknown[] = [];
    let pages = 0;
    let page = await ask(soql, 200);
    for (;;) {
      const children = page.records.map(({ Contacts }) => (Contacts as Answer | null)?.totalSize ?? 0);
      const before = children.slice(0, -1).reduce((sum, count) => sum + count + 1, 0);
      expect(before).toBeLessThan(200);
      ids.push(...page.records.map(({ Id }) => Id));
      pages++;
      if (!page.nextRecordsUrl) break;
      expect(page.nextRecordsUrl).toMatch(new RegExp(`-${ids.length}$`));
      const next = await bench.get(page.nextRecordsUrl, {
        headers: { 'sforce-query-options': 'batchSize=200' },
      });
      page = jsonOf<Answer>(next);
    }
    expect(pages).toBeGreaterThan(4);
    expect(ids).toEqual(rowsOf(bench, 'SELECT Id FROM Account ORDER BY Name, Id').map(([id]) => id));
  });

  it.each([
    [
      'SELECT Id, (SELECT Id FROM Contact) FROM Account',
      'INVALID_TYPE',
      "Didn't understand relationship 'Contact' in FROM part of query call. If you are attempting to use a custom relationship",
    ],
    ['SELECT Id, (SELECT Industry FROM Contacts) FROM Account', 'INVALID_FIELD', "No such column 'Industry'"],
    [
      'SELECT Id, (SELECT Id FROM Contacts ORDER BY Nam) FROM Account',
      'INVALID_FIELD',
      "No such column 'Nam' on entity 'Contact'",
    ],
    [
      'SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      'only root queries support aggregate expressions',
    ],
    [
      'SELECT Industry, (SELECT Id FROM Contacts) FROM Account GROUP BY Industry',
      'MALFORMED_QUERY',
      'Grouped query cannot use child relationships in the SELECT list',
    ],
    [
      `SELECT Id${', (SELECT Id FROM Contacts)'.repeat(21)} FROM Account`,
      'MALFORMED_QUERY',
      'Maximum number of parent-to-child relationships exceeded: 20',
    ],
  ])('refuses %s', (soql, errorCode, message) => {
    const run = () => bench.service.engine.run(soql, bench.user('ada'), 0);
    expect(run).toThrow(SoqlError);
    expect(run).toThrow(expect.objectContaining({ errorCode }));
    expect(run).toThrow(message);
  });

  it('hides what field-level security hides, in children too', () => {
    const soql = 'SELECT Id, (SELECT Amount FROM Opportunities) FROM Account';
    expect(() => bench.service.engine.run(soql, bench.user('franz'), 0)).toThrow("No such column 'Amount'");
  });

  it.each([
    'SELECT Id, (SELECT Id, (SELECT Id FROM Opportunities) FROM Contacts) FROM Account',
    'SELECT Id, (SELECT Id FROM Contacts OFFSET 1) FROM Account',
    'SELECT Id, (SELECT Id FROM Contacts), (SELECT Name FROM Contacts) FROM Account',
  ])('calls %s beyond the simulator', (soql) => {
    expect(() => bench.service.engine.run(soql, bench.user('ada'), 0)).toThrow(SoqlUnsupported);
  });

  it('calls more than 2,000 children of one row beyond it', async () => {
    const crowded = dataBench(undefined, 1, 2_200);
    const soql = 'SELECT Id, (SELECT Id FROM Opportunities) FROM Account';
    const response = await crowded.get(`${ROOT}/query?q=${encodeURIComponent(soql)}`);
    expect([response.status, response.unknown]).toEqual([501, 'more than 2000 Opportunities']);
  });
});

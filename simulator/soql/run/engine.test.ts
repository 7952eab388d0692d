import { describe, expect, it } from 'vitest';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';

const bench = dataBench();
const rows = (soql: string) => rowsOf(bench, soql);

function column(soql: string): unknown[] {
  return rows(soql).map(([first]) => first);
}

function aggregate(soql: string): readonly Record<string, unknown>[] {
  const result = bench.service.engine.run(soql, bench.user('ada'), bench.org.clock.now());
  if (result.kind !== 'aggregate') throw new Error(result.kind);
  return result.records;
}

function count(where: string, object = 'Account'): number {
  const soql = `SELECT COUNT() FROM ${object} WHERE ${where}`;
  const result = bench.service.engine.run(soql, bench.user('ada'), bench.org.clock.now());
  return result.kind === 'count' ? result.total : Number.NaN;
}

describe('WHERE', () => {
  it('compares text without regard to case', () => {
    expect(column("SELECT Name FROM Account WHERE Name = 'ACME ROCKETS'").sort()).toEqual([
      'ACME Rockets',
      'acme rockets',
    ]);
    expect(count("Name LIKE 'aCmE r%'")).toBe(2);
  });

  it('finds wildcards that are escaped as themselves', () => {
    expect(column("SELECT Name FROM Account WHERE Name LIKE '100\\% Natural\\_Foods \\\\ Co.'")).toEqual([
      '100% Natural_Foods \\ Co.',
    ]);
    expect(count("Name LIKE '%\\%%'")).toBe(1);
    expect(count("Name LIKE '_cme rockets'")).toBe(2);
    expect(count("Name LIKE 'a_me%ockets'")).toBe(2);
  });

  it('finds names with quotes and markup', () => {
    expect(column("SELECT Name FROM Account WHERE Name LIKE 'O\\'Hara%'")).toEqual([
      "O'Hara & Söhne <script>alert(1)</script>",
    ]);
  });

  it('takes null for unequal to every value and for neither below nor above one', () => {
    const total = count('Id != null');
    expect(count("Industry = 'Banking'") + count("Industry != 'Banking'")).toBe(total);
    expect(count("Industry IN ('Banking', null)") + count("Industry NOT IN ('Banking', null)")).toBe(total);
    const known = count('AnnualRevenue != null');
    expect(count('AnnualRevenue < 5000000') + count('AnnualRevenue >= 5000000')).toBe(known);
    expect(count('AnnualRevenue = null')).toBe(total - known);
    expect(count("(NOT Site LIKE 'Head%')")).toBe(total - count("Site LIKE 'Head%'"));
    expect(count("Site = ''")).toBe(count('Site = null'));
  });

  it('finds records by 15 and by 18 characters of an id, with case', () => {
    const id = String(column('SELECT Id FROM Account LIMIT 1')[0]);
    expect(count(`Id = '${id}'`)).toBe(1);
    expect(count(`Id = '${id.slice(0, 15)}'`)).toBe(1);
    expect(count(`Id > '${id}'`)).toBe(399);
  });

  it('follows relationships, and reads null behind an empty one', () => {
    const owner = String(column('SELECT Owner.Name FROM Account LIMIT 1')[0]);
    expect(count(`Account.Owner.Name = '${owner}'`, 'Contact')).toBeGreaterThan(0);
    expect(count('Account.Name = null', 'Contact')).toBe(count('AccountId = null', 'Contact'));
  });

  it('follows five levels of parents in every clause', () => {
    const path = 'Parent.Parent.Owner.Name';
    const all = rows(`SELECT Id, ${path} FROM Account ORDER BY ${path} DESC NULLS LAST, Id`) as [
      string,
      string | null,
    ][];
    const names = all.map(([, name]) => name);
    const known = names.filter((name) => name !== null);
    expect(known.length).toBeGreaterThan(0);
    expect(names.slice(0, known.length)).toEqual([...known].sort().reverse());
    const [first = ''] = known;
    expect(count(`${path} = '${first}'`)).toBe(known.filter((name) => name === first).length);
    const groups = aggregate(`SELECT ${path}, COUNT(Id) n FROM Account GROUP BY ${path}`);
    expect(groups.find(({ Name }) => Name === first)?.n).toBe(known.filter((name) => name === first).length);
    expect(rows('SELECT Account.Parent.Parent.Parent.Owner.Name FROM Contact LIMIT 1')).toHaveLength(1);
  });

  it('compares a part of a date', () => {
    const years = column('SELECT CreatedDate FROM Account').map((date) => String(date).slice(0, 4));
    expect(count('CALENDAR_YEAR(CreatedDate) = 2025')).toBe(years.filter((year) => year === '2025').length);
  });

  it('finds the same rows before and after a column was sorted', () => {
    const conditions = [
      "Name LIKE 'acme%'",
      "Name >= 'm'",
      "Name < 'm'",
      "Name = 'ACME rockets'",
      "Name != 'ACME rockets'",
      "Name != 'nobody'",
      "Rating > 'Hot'",
      "Rating = 'hot'",
      'NumberOfEmployees > 100000000',
      'Site = null',
      "Site = ''",
      'Site != null',
      "Name IN ('acme rockets', null)",
      'Amount > 5000',
      'CloseDate = THIS_YEAR',
      'CloseDate > LAST_MONTH',
    ];
    for (const where of conditions) {
      const fresh = dataBench();
      const object = /^(?:Amount|CloseDate)/.test(where) ? 'Opportunity' : 'Account';
      const soql = `SELECT Id FROM ${object} WHERE ${where}`;
      const before = rowsOf(fresh, soql);
      rowsOf(fresh, `SELECT Id FROM ${object} ORDER BY ${where.split(' ')[0]}`);
      expect(before.length === 0).toBe(where.includes('100000000'));
      expect(rowsOf(fresh, soql)).toEqual(before);
    }
  });

  it('reads amounts by number, or converted when a currency is named', () => {
    const amounts = rows('SELECT Amount, CurrencyIsoCode FROM Opportunity WHERE Amount != null') as [
      number,
      string,
    ][];
    expect(count('Amount > 5000', 'Opportunity')).toBe(amounts.filter(([amount]) => amount > 5000).length);
    const rates: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.79, CHF: 0.88, JPY: 150 };
    const dollars = amounts.map(([amount, code]) => amount / (rates[code] ?? Number.NaN));
    expect(count('Amount > USD5000', 'Opportunity')).toBe(dollars.filter((amount) => amount > 5000).length);
  });
});

describe('ORDER BY and the window', () => {
  it('puts nulls first unless told otherwise, in both directions', () => {
    for (const direction of ['ASC', 'DESC']) {
      const plain = column(`SELECT Site FROM Account ORDER BY Site ${direction}`);
      expect(plain[0]).toBeNull();
      const last = column(`SELECT Site FROM Account ORDER BY Site ${direction} NULLS LAST`);
      expect([last[0], last.at(-1)]).toEqual(['Headquarters', null]);
    }
  });

  it('orders text as the locale of the user does, without regard to case', () => {
    const soql = 'SELECT Name FROM Account ORDER BY Name';
    const place = (user: string, name: string) =>
      rowsOf(bench, soql, bench.user(user)).findIndex(([found]) => String(found).startsWith(name));
    expect(place('ada', 'Åkerlund')).toBeGreaterThan(place('ada', 'Zimmermann'));
    expect(place('franz', 'Åkerlund')).toBeLessThan(place('franz', 'Alder'));
    expect(Math.abs(place('ada', 'ACME Rockets') - place('ada', 'acme rockets'))).toBe(1);
    const english = column(soql).map((name) => String(name).toLowerCase());
    expect(english).toEqual([...english].sort());
  });

  it('orders picklists by their list, but compares them by their text', () => {
    expect(new Set(column("SELECT Rating FROM Account WHERE Rating > 'Hot'"))).toEqual(new Set(['Warm']));
    expect(new Set(column("SELECT Rating FROM Account WHERE Rating < 'Hot'"))).toEqual(new Set(['Cold']));
    const ratings = [...new Set(column('SELECT Rating FROM Account ORDER BY Rating NULLS LAST'))];
    expect(ratings).toEqual(['Hot', 'Warm', 'Cold', null]);
    const stages = [...new Set(column('SELECT StageName FROM Opportunity ORDER BY StageName'))];
    expect([stages[0], stages.at(-1)]).toEqual(['Prospecting', 'Closed Lost']);
  });

  it('orders amounts by their value in the corporate currency', () => {
    const rates: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.79, CHF: 0.88, JPY: 150 };
    const soql =
      'SELECT AnnualRevenue, CurrencyIsoCode FROM Account WHERE AnnualRevenue != null ORDER BY AnnualRevenue';
    const dollars = rows(soql).map(([amount, code]) => Number(amount) / (rates[String(code)] ?? Number.NaN));
    expect(dollars).toEqual([...dollars].sort((left, right) => left - right));
  });

  it('takes LIMIT and OFFSET of the ordered rows, at most 2,000 behind an OFFSET', () => {
    const all = column('SELECT Id FROM Account ORDER BY Name, Id');
    expect(column('SELECT Id FROM Account ORDER BY Name, Id LIMIT 7 OFFSET 5')).toEqual(all.slice(5, 12));
    expect(column('SELECT Id FROM Account LIMIT 0')).toEqual([]);
    expect(column('SELECT Id FROM Account ORDER BY Name, Id OFFSET 399')).toEqual(all.slice(399));
    const large = dataBench(undefined, 2_500, 10);
    expect(rowsOf(large, 'SELECT Id FROM Account OFFSET 0')).toHaveLength(2_000);
  });
});

describe('aggregates', () => {
  it('counts, adds and groups, with aliases and expr names', () => {
    const result = aggregate(
      'SELECT StageName, COUNT(Id), SUM(TotalOpportunityQuantity) units, MAX(CloseDate) FROM Opportunity GROUP BY StageName',
    );
    expect(result).toHaveLength(10);
    const all = rows('SELECT StageName, TotalOpportunityQuantity, CloseDate FROM Opportunity');
    for (const record of result) {
      const mine = all.filter(([stage]) => stage === record.StageName);
      expect(record).toEqual({
        attributes: { type: 'AggregateResult' },
        StageName: record.StageName,
        expr0: mine.length,
        units: mine.some(([, units]) => units !== null)
          ? mine.reduce((sum, [, units]) => sum + Number(units ?? 0), 0)
          : null,
        expr1: mine
          .map(([, , date]) => String(date))
          .sort()
          .at(-1),
      });
    }
  });

  it('adds amounts in the corporate currency', () => {
    const [record, ...more] = aggregate(
      "SELECT SUM(Amount) s, AVG(Amount) a FROM Opportunity WHERE CurrencyIsoCode = 'EUR'",
    );
    expect(more).toEqual([]);
    const euros = column(
      "SELECT Amount FROM Opportunity WHERE CurrencyIsoCode = 'EUR' AND Amount != null",
    ) as number[];
    const sum = euros.reduce((total, amount) => total + amount / 0.92, 0);
    expect(record?.s).toBeCloseTo(sum, 0);
    expect(record?.a).toBeCloseTo(sum / euros.length, 0);
  });

  it('filters groups with HAVING and orders them', () => {
    const result = aggregate(
      'SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry HAVING COUNT(Id) > 10 ORDER BY COUNT(Id) DESC, Industry LIMIT 5',
    );
    const counts = result.map(({ n }) => Number(n));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(Math.min(...counts)).toBeGreaterThan(10);
  });

  it.each([
    ['CALENDAR_YEAR', 'CloseDate', (date: string) => Number(date.slice(0, 4))],
    ['CALENDAR_QUARTER', 'CloseDate', (date: string) => Math.floor((Number(date.slice(5, 7)) + 2) / 3)],
    ['CALENDAR_MONTH', 'CreatedDate', (date: string) => Number(date.slice(5, 7))],
    ['FISCAL_YEAR', 'CreatedDate', (date: string) => Number(date.slice(0, 4))],
    ['FISCAL_QUARTER', 'CreatedDate', (date: string) => Math.floor((Number(date.slice(5, 7)) + 2) / 3)],
    ['FISCAL_MONTH', 'CloseDate', (date: string) => Number(date.slice(5, 7))],
    ['DAY_ONLY', 'CreatedDate', (date: string) => date.slice(0, 10)],
  ])('groups by %s(%s), newest first', (name, field, part) => {
    const call = `${name}(${field})`;
    const result = aggregate(
      `SELECT ${call}, COUNT(Id) n FROM Opportunity GROUP BY ${call} ORDER BY ${call} DESC LIMIT 2000`,
    );
    const parts = column(`SELECT ${field} FROM Opportunity`).map((date) => part(String(date)));
    const expected = [...new Set(parts)].sort((a, b) => (a < b ? 1 : -1));
    expect(result.map(({ expr0, n }) => [expr0, n])).toEqual(
      expected.map((value) => [value, parts.filter((one) => one === value).length]),
    );
  });

  it('orders by an aggregate with nulls last, by parent and part of a date, under aliases', () => {
    const result = aggregate(
      'SELECT Account.Industry, CALENDAR_YEAR(CloseDate) year, SUM(Amount) total FROM Opportunity ' +
        'GROUP BY Account.Industry, CALENDAR_YEAR(CloseDate) ORDER BY SUM(Amount) DESC NULLS LAST LIMIT 40',
    );
    expect(result).toHaveLength(40);
    expect(Object.keys(result[0] ?? {})).toEqual(['attributes', 'Industry', 'year', 'total']);
    const totals = result.map(({ total }) => Number(total));
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
  });

  it('answers one record without GROUP BY, also over nothing', () => {
    expect(
      aggregate("SELECT COUNT(Id) n, COUNT_DISTINCT(Industry), MIN(Name) FROM Account WHERE Name = 'nobody'"),
    ).toEqual([{ attributes: { type: 'AggregateResult' }, n: 0, expr0: 0, expr1: null }]);
  });

  it('names a grouped parent field by its last part', () => {
    const [record] = aggregate(
      'SELECT Account.Industry, COUNT(Id) FROM Opportunity GROUP BY Account.Industry',
    );
    expect(Object.keys(record ?? {})).toEqual(['attributes', 'Industry', 'expr0']);
  });

  it('refuses more groups than one batch', () => {
    const large = dataBench(undefined, 2_500, 10);
    expect(() =>
      large.service.engine.run(
        'SELECT AccountNumber, COUNT(Id) FROM Account GROUP BY AccountNumber',
        large.user('ada'),
        0,
      ),
    ).toThrow('Aggregate query does not support queryMore()');
  });
});

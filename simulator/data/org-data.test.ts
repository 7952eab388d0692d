import { describe, expect, it } from 'vitest';
import { cellOf, createOrgData, visibleFields } from '@/simulator/data/org-data';
import type { Table } from '@/simulator/data/table';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { isRecordId } from '@/simulator/seed/ids';
import { createOrg } from '@/simulator/seed/orgs';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';

const production = dataBench();
const uat = dataBench(UAT, 500, 1_200);

function tableOf(bench: typeof production, name: string): Table {
  const table = bench.service.data.table(name);
  if (!table) throw new Error(`no ${name}`);
  return table;
}

function recordOf(table: Table, row: number): Record<string, unknown> {
  return Object.fromEntries(table.definition.fields.map((field) => [field.name, cellOf(table, field, row)]));
}

describe('createOrgData', () => {
  it('gives the same rows at every start', () => {
    const again = createOrgData(production.org);
    for (const table of production.service.data.tables) {
      const other = again.table(table.definition.name);
      for (const row of [0, table.size - 1]) {
        expect(other && recordOf(other, row)).toEqual(recordOf(table, row));
      }
    }
  });

  it('gives every record an id with a right checksum that leads back to it, and no other', () => {
    for (const table of production.service.data.tables) {
      const ids = Array.from({ length: table.size }, (_, row) => table.ids.idOf(row));
      expect(new Set(ids).size).toBe(table.size);
      expect(ids.every((id) => isRecordId(id) && id.startsWith(table.definition.keyPrefix))).toBe(true);
      expect(ids.map((id) => table.ids.rowOf(id))).toEqual(ids.map((_, row) => row));
      expect(table.ids.rowOf(ids[0]?.slice(0, 15) ?? '')).toBe(0);
      expect(table.ids.rowOf('0010000000000000AA')).toBe(-1);
    }
  });

  it('leads every lookup to a record of the other table', () => {
    for (const table of production.service.data.tables) {
      for (const field of table.definition.fields.filter((candidate) => table.link(candidate))) {
        const target = production.service.data.table(field.referenceTo[0] ?? '');
        const column = table.column(field);
        for (let row = 0; row < Math.min(table.size, 50); row++) {
          const id = column(row);
          if (id !== null) expect(target?.ids.rowOf(String(id))).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  it('keeps text within its length and picklists within their list', () => {
    const wrong: unknown[] = [];
    for (const table of production.service.data.tables) {
      for (const field of table.definition.fields) {
        const column = table.column(field);
        const allowed = new Set<unknown>(field.picklist.map(({ value }) => value));
        for (let row = 0; row < Math.min(table.size, 400); row++) {
          const value = column(row);
          if (value === null) continue;
          const chosen = field.type === 'multipicklist' ? String(value).split(';') : [value];
          const isTooLong = field.length > 0 && String(value).length > field.length;
          const isForeign = allowed.size > 0 && !chosen.every((one) => allowed.has(one));
          if (isTooLong || isForeign) wrong.push([field.name, value]);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has nulls, ties, markup, quotes and scripts other than Latin among the accounts', () => {
    const rows = rowsOf(production, 'SELECT Name, AnnualRevenue, Industry, Phone FROM Account');
    const names = rows.map(([name]) => String(name));
    expect(names).toContain("O'Hara & Söhne <script>alert(1)</script>");
    expect(names.some((name) => /[\u3040-\u9fff]/.test(name))).toBe(true);
    expect(names.some((name) => /[\u0600-\u06ff]/.test(name))).toBe(true);
    expect(names.some((name) => name.length > 200)).toBe(true);
    for (const column of [1, 2, 3]) {
      const values = rows.map((row) => row[column]);
      expect(values).toContain(null);
      expect(new Set(values).size).toBeLessThan(values.length);
    }
  });

  it('has opportunities that fit their stage', () => {
    const soql =
      'SELECT StageName, IsClosed, IsWon, ForecastCategoryName, Probability, Amount, ExpectedRevenue, CloseDate, Fiscal, FiscalQuarter FROM Opportunity';
    for (const [
      stage,
      closed,
      won,
      forecast,
      probability,
      amount,
      expected,
      close,
      fiscal,
      quarter,
    ] of rowsOf(production, soql)) {
      expect(closed).toBe(String(stage).startsWith('Closed'));
      expect(won).toBe(stage === 'Closed Won');
      expect(forecast).toBe(won ? 'Closed' : closed ? 'Omitted' : 'Pipeline');
      if (closed) expect(probability).toBe(won ? 100 : 0);
      expect(expected).toBe(amount === null ? null : Math.round(Number(amount) * Number(probability)) / 100);
      const month = Number(String(close).slice(5, 7));
      expect([fiscal, quarter]).toEqual([
        `${String(close).slice(0, 4)} ${Math.ceil(month / 3)}`,
        Math.ceil(month / 3),
      ]);
    }
  });

  it('was created before it was changed, and changed before it is read', () => {
    for (const [created, modified] of rowsOf(
      production,
      'SELECT CreatedDate, LastModifiedDate FROM Account',
    )) {
      expect(String(created) <= String(modified)).toBe(true);
      expect(modified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
      expect(String(modified) < '2026-11-23').toBe(true);
    }
  });

  it('has rich text that is hostile now and then, and harmless otherwise', () => {
    const soql = 'SELECT Summary__c, Site_Link__c FROM Project__c';
    const rows = rowsOf(dataBench(PRODUCTION, 600, 10), soql);
    const texts = rows.map(([text]) => String(text));
    for (const trap of [
      '<script>',
      'onerror=',
      'javascript:',
      '<iframe',
      'position:fixed',
      '<b>well</b>',
      '<a href="https:',
    ]) {
      expect(texts.some((text) => text.includes(trap))).toBe(true);
    }
    const links = rows.map(([, link]) => link).filter((link) => link !== null);
    expect(links[0]).toMatch(/^<a href="https:\/\/[^"]+" target="_blank">Project /);
  });

  it('has values whose labels are others, and several in one cell', () => {
    const rows = rowsOf(
      dataBench(PRODUCTION, 600, 10),
      'SELECT Regions__c, Standup__c, Margin__c, Contract_Number__c, Phase__c, Status__c FROM Project__c',
    );
    const column = (index: number) => rows.map((row) => row[index]).filter((value) => value !== null);
    expect(column(0)).toContain('DACH;Nordics, Baltics');
    expect(column(0).some((value) => String(value).includes('The "Old" South'))).toBe(true);
    for (const value of column(1)) expect(value).toMatch(/^\d\d:\d\d:00\.000Z$/);
    expect(column(2).some((value) => !Number.isInteger(Number(value) * 10))).toBe(true);
    for (const value of column(3)) expect(value).toMatch(/^X{8}\d{4}$/);
    for (const [, , , , phase, status] of rows) if (status === 'Cancelled') expect(phase).toBeNull();
  });

  it('has a formula that agrees with the cells it is made of', () => {
    const rows = rowsOf(production, 'SELECT Budget__c, Completion__c, Remaining_Budget__c FROM Project__c');
    for (const [budget, done, left] of rows) {
      expect(left).toBeCloseTo(Number(budget) * (1 - Number(done) / 100), 2);
    }
  });

  it('has an object of 800 fields whose names fit into no URL', () => {
    const { fields } = tableOf(production, 'Wide__c').definition;
    const custom = fields.filter(({ name }) => name.endsWith('__c'));
    expect(custom).toHaveLength(800);
    expect(custom.map(({ name }) => name).join(',').length).toBeGreaterThan(16_384);
    expect(new Set(custom.map(({ type }) => type)).size).toBe(11);
  });

  it.each([60, 400, 5_000])(
    'has accounts with several pages of contacts and opportunities among %i',
    (accounts) => {
      const bench = dataBench(PRODUCTION, accounts, accounts * 2);
      const most = (object: string) => {
        const counts = new Map<unknown, number>();
        for (const [id] of rowsOf(bench, `SELECT AccountId FROM ${object} WHERE AccountId != null`)) {
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
        return [...counts.entries()].filter(([, count]) => count >= 12).map(([id]) => id);
      };
      const contacts = new Set(most('Contact'));
      expect(most('Opportunity').filter((id) => contacts.has(id)).length).toBeGreaterThan(0);
    },
  );

  it('starts with a million accounts at once', () => {
    const clock = production.org.clock;
    const org = createOrg(PRODUCTION, {
      origin: 'http://localhost',
      clock,
      accounts: 1_000_000,
      opportunities: 2_000_000,
    });
    const accounts = createOrgData(org).table('Account');
    expect(accounts?.size).toBe(1_000_000);
    expect(accounts && recordOf(accounts, 999_999).AccountNumber).toBe('AC-1100000');
  });
});

describe('UAT', () => {
  const soql = 'SELECT AccountNumber, Name, AnnualRevenue, Rating, Phone, BillingCity FROM Account';
  const here = rowsOf(uat, soql);
  const there = new Map(rowsOf(dataBench(PRODUCTION, 500, 10), soql).map((row) => [row[0], row]));

  it('repeats Production but for its marked rows', () => {
    for (const [row, values] of here.entries()) {
      const [number, name, , , phone, city] = values;
      const original = there.get(number) ?? [];
      expect([phone, city]).toEqual(original.slice(4));
      if (row >= 490) expect(name).toBe(`UAT Test Account ${String(row - 489).padStart(3, '0')}`);
      else if (row % 25 === 24 && row !== 149) expect(name).toBe(`${original[1]} (UAT)`);
      else expect(name).toBe(original[1]);
    }
  });

  it('has other revenue and rating in every tenth row', () => {
    const changed = here.flatMap(([number, , , rating], row) => {
      const original = there.get(number) ?? [];
      return rating !== original[3] ? [row] : [];
    });
    expect(changed.length).toBeGreaterThan(10);
    expect(changed.every((row) => row % 10 === 9)).toBe(true);
    const row = here.findIndex(([, , revenue], index) => index % 10 === 9 && revenue !== null);
    const revenue = here[row]?.[2];
    expect(typeof revenue).toBe('number');
  });

  it('has one currency and no CurrencyIsoCode, and ids of its own', () => {
    expect(tableOf(uat, 'Account').field('CurrencyIsoCode')).toBeNull();
    expect(tableOf(production, 'Account').field('CurrencyIsoCode')).not.toBeNull();
    expect(tableOf(uat, 'Account').ids.idOf(0).slice(3, 6)).toBe('Ec0');
    expect(tableOf(production, 'Account').ids.rowOf(tableOf(uat, 'Account').ids.idOf(0))).toBe(-1);
  });
});

describe('visibleFields', () => {
  it('leaves out what field-level security hides from the user', () => {
    const names = (user: string, object: string) =>
      visibleFields(production.user(user), tableOf(production, object)).map((field) => field.name);
    expect(names('ada', 'Account')).toContain('AnnualRevenue');
    expect(names('franz', 'Account')).not.toContain('AnnualRevenue');
    expect(names('franz', 'Opportunity')).not.toContain('Amount');
    expect(names('franz', 'Opportunity')).not.toContain('ExpectedRevenue');
  });
});

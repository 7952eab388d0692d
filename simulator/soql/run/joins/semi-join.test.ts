import { describe, expect, it } from 'vitest';
import { SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { dataBench, rowsOf } from '@/simulator/testing/data-service';

const bench = dataBench();

function column(soql: string): unknown[] {
  return rowsOf(bench, soql).map(([first]) => first);
}

const won = new Set(column('SELECT AccountId FROM Opportunity WHERE IsWon = TRUE AND AccountId != null'));

describe('semi-joins', () => {
  it('finds the records that the inner query names, and with NOT IN the others', () => {
    const all = column('SELECT Id FROM Account');
    const inner = '(SELECT AccountId FROM Opportunity WHERE IsWon = TRUE)';
    expect(won.size).toBeGreaterThan(10);
    expect(column(`SELECT Id FROM Account WHERE Id IN ${inner}`)).toEqual(all.filter((id) => won.has(id)));
    expect(column(`SELECT Id FROM Account WHERE Id NOT IN ${inner}`)).toEqual(
      all.filter((id) => !won.has(id)),
    );
  });

  it('compares lookups too, beside other conditions', () => {
    const found = rowsOf(
      bench,
      "SELECT AccountId, LeadSource FROM Contact WHERE LeadSource = 'Other' AND AccountId IN (SELECT AccountId FROM Opportunity WHERE IsWon = TRUE)",
    );
    const expected = rowsOf(bench, "SELECT AccountId, LeadSource FROM Contact WHERE LeadSource = 'Other'");
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(expected.filter(([account]) => won.has(account)));
  });

  it('keeps a row without a value with NOT IN', () => {
    const orphans = column('SELECT Id FROM Contact WHERE AccountId = null');
    const found = new Set(
      column('SELECT Id FROM Contact WHERE AccountId NOT IN (SELECT AccountId FROM Opportunity)'),
    );
    expect(orphans.length).toBeGreaterThan(0);
    expect(orphans.every((id) => found.has(id))).toBe(true);
  });

  it.each([
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      "SELECT Id FROM Account WHERE Name = 'x' AND (Phone = null OR Id IN (SELECT AccountId FROM Contact))",
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Opportunity) AND Id NOT IN (SELECT Account__c FROM Project__c)',
      'Maximum 2 semi join sub-selects are allowed',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)',
      "semi join sub selects can only query id fields, cannot use: 'Name'",
    ],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT AccountId FROM Contact)',
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Contact)',
      "The selected field 'OwnerId' in the subquery and the left operand field in the where expression in the outer query 'Id' should point to the same object type",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity))',
      'Nesting of semi join sub-selects is not supported',
    ],
  ])('refuses %s', (soql, message) => {
    const run = () => bench.service.engine.run(soql, bench.user('ada'), 0);
    expect(run).toThrow(SoqlError);
    expect(run).toThrow(message);
  });

  it('looks for the fields of the inner query in its own object', () => {
    const soql = 'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Industry = null)';
    expect(() => column(soql)).toThrow("No such column 'Industry' on entity 'Contact'");
  });

  it.each([
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 5)',
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId, Id FROM Contact)',
    'SELECT Id FROM Account WHERE (NOT Id IN (SELECT AccountId FROM Contact))',
    'SELECT Id FROM Contact WHERE Account.Parent.Id IN (SELECT AccountId FROM Opportunity)',
  ])('calls %s beyond the simulator', (soql) => {
    expect(() => column(soql)).toThrow(SoqlUnsupported);
  });
});

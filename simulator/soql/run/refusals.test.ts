import { describe, expect, it } from 'vitest';
import { SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { dataBench } from '@/simulator/testing/data-service';

const bench = dataBench();

function refusal(soql: string, user = bench.user('ada')): SoqlError {
  try {
    bench.service.engine.run(soql, user, bench.org.clock.now());
  } catch (error) {
    if (error instanceof SoqlError) return error;
    throw error;
  }
  throw new Error(`accepted: ${soql}`);
}

describe('refusals', () => {
  it.each([
    ['SELECT Name, COUNT(Id) FROM Account GROUP BY Industry', 'Field must be grouped or aggregated: Name'],
    ['SELECT SUM(Name) FROM Account', 'field Name does not support aggregate operator SUM'],
    [
      'SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Account GROUP BY CALENDAR_MONTH(CreatedDate)',
      'Field must be grouped or aggregated: CreatedDate',
    ],
    ['SELECT Name n FROM Account', 'only aggregate expressions use field aliasing'],
  ])('refuses %s', (soql, message) => {
    const error = refusal(soql);
    expect(error.errorCode).toBe('MALFORMED_QUERY');
    expect(error.message).toContain(message);
  });

  it('refuses an OFFSET above 2,000', () => {
    expect(refusal('SELECT Id FROM Account OFFSET 2001')).toMatchObject({
      errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
    });
  });

  it.each([
    ['SELECT Nam FROM Account', 'INVALID_FIELD', "No such column 'Nam' on entity 'Account'."],
    ['SELECT Owner.Nam FROM Account', 'INVALID_FIELD', "No such column 'Nam' on entity 'User'."],
    [
      'SELECT Boss.Name FROM Account',
      'INVALID_FIELD',
      "Didn't understand relationship 'Boss' in field path.",
    ],
    [
      'SELECT Parent.Parent.Parent.Parent.Parent.Owner.Name FROM Account',
      'MALFORMED_QUERY',
      'exceeds the maximum of 5 levels',
    ],
    [
      "SELECT Id FROM Account WHERE Industry INCLUDES ('Banking')",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on picklist field',
    ],
    [
      'SELECT Description, COUNT(Id) FROM Account GROUP BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be grouped in a query call",
    ],
    ['SELECT Id FROM Accounts', 'INVALID_TYPE', "sObject type 'Accounts' is not supported."],
    ['SELECT Id, Name, id FROM Account', 'MALFORMED_QUERY', 'duplicate field selected: Id'],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Account ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'SELECT COUNT(Id) FROM Account GROUP BY CreatedDate',
      'INVALID_FIELD',
      "field 'CreatedDate' can not be grouped in a query call",
    ],
    [
      "SELECT Id FROM Account WHERE AnnualRevenue = '5'",
      'INVALID_FIELD',
      'must be of type double and should not be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Opportunity WHERE CloseDate > '2026-01-01'",
      'INVALID_FIELD',
      'must be of type date and should not',
    ],
    [
      'SELECT Id FROM Account WHERE CreatedDate > 2026-01-01',
      'INVALID_FIELD',
      'must be of type dateTime and should not',
    ],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    ["SELECT Id FROM Account WHERE IsDeleted = 'no'", 'INVALID_FIELD', 'must be of type boolean'],
    ["SELECT Id FROM Account WHERE Id = '42'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: 42'],
    [
      "SELECT Id FROM Account WHERE Id LIKE '001%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on id field',
    ],
    [
      'SELECT Id FROM Account WHERE Name > null',
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on string field',
    ],
  ])('answers %s with %s', (soql, errorCode, message) => {
    const error = refusal(soql);
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(message);
  });

  it.each([
    'SELECT FIELDS(STANDARD) FROM Account LIMIT 5',
    'SELECT toLabel(Industry) FROM Account',
    'SELECT CALENDAR_YEAR(CreatedDate) FROM Account',
    'SELECT Id FROM Account ORDER BY CALENDAR_YEAR(CreatedDate)',
    'SELECT WEEK_IN_YEAR(CreatedDate), COUNT(Id) FROM Account GROUP BY WEEK_IN_YEAR(CreatedDate)',
    'SELECT CALENDAR_YEAR(Name), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(Name)',
    'SELECT Industry, COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)',
    'SELECT Campaign.Name FROM Opportunity',
    'SELECT Id FROM Account WHERE DISTANCE(BillingAddress) < 5',
    'SELECT Id FROM Opportunity WHERE Amount > SEK5',
    'SELECT Id FROM Opportunity WHERE Amount IN (USD5, 5)',
    'SELECT StageName, MAX(Amount) FROM Opportunity GROUP BY StageName HAVING MAX(Amount) > USD5',
  ])('calls %s beyond the simulator', (soql) => {
    expect(() => bench.service.engine.run(soql, bench.user('ada'), 0)).toThrow(SoqlUnsupported);
  });
});

describe('field-level security', () => {
  const franz = bench.user('franz');

  it.each([
    'SELECT AnnualRevenue FROM Account',
    'SELECT Id FROM Account WHERE AnnualRevenue > 5',
    'SELECT Id FROM Account ORDER BY AnnualRevenue',
    'SELECT SUM(Amount) FROM Opportunity',
    'SELECT Account.AnnualRevenue FROM Contact',
    'SELECT ExpectedRevenue FROM Opportunity',
  ])('makes a hidden field unknown: %s', (soql) => {
    expect(refusal(soql, franz)).toMatchObject({ errorCode: 'INVALID_FIELD' });
    expect(() => bench.service.engine.run(soql, bench.user('grace'), 0)).not.toThrow();
  });
});

import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import { aggregateStatement } from './aggregate';

const TOTAL = { call: 'COUNT', field: 'Id', as: 'total' } as const;

describe('aggregateStatement', () => {
  it('groups by fields, by names of parents and by parts of dates, the biggest first', () => {
    const soql = aggregateStatement({
      sobject: 'Opportunity',
      groups: [
        { field: 'CloseDate', part: 'CALENDAR_MONTH', as: 'month' },
        { field: 'Owner.Name', as: 'named' },
      ],
      measures: [TOTAL, { call: 'SUM', field: 'Amount', as: 'money' }],
      where: 'IsClosed = false',
      biggest: TOTAL,
    });
    expect(soql).toBe(
      'SELECT CALENDAR_MONTH(CloseDate) month, Owner.Name named, COUNT(Id) total, SUM(Amount) money FROM Opportunity WHERE IsClosed = false GROUP BY CALENDAR_MONTH(CloseDate), Owner.Name ORDER BY COUNT(Id) DESC LIMIT 2000',
    );
    expect(parseQuery(soql)).toMatchObject({ sObject: 'Opportunity', limit: 2_000 });
  });

  it('without groups adds up everything, and has no limit, which Salesforce would refuse', () => {
    expect(aggregateStatement({ sobject: 'Account', groups: [], measures: [TOTAL], where: null })).toBe(
      'SELECT COUNT(Id) total FROM Account',
    );
  });

  it.each(['', 'Id) FROM User', 'Name, Id', "a'b"])('takes %j for no name', (field) => {
    const measures = [{ ...TOTAL, field }];
    expect(() => aggregateStatement({ sobject: 'Account', groups: [], measures, where: null })).toThrow(
      TypeError,
    );
    const groups = [{ field, as: 'x' }];
    expect(() => aggregateStatement({ sobject: 'Account', groups, measures: [TOTAL], where: null })).toThrow(
      TypeError,
    );
  });
});

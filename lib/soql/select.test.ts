import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFieldPath } from './identifier';
import { containsCondition, selectStatement } from './select';

// No word of SOQL begins with Zz, so that the independent parser reads every one as a name.
const plainName = fc.stringMatching(/^Zz[A-Za-z0-9]{0,15}(?:__c)?$/);

describe('selectStatement', () => {
  it('writes fields once, condition, and order with nulls last both ways', () => {
    expect(
      selectStatement({
        sobject: 'Account',
        fields: ['Id', 'Name', 'Owner.Name', 'Name'],
        where: containsCondition('Name', "O'Neil"),
        orderBy: [
          { field: 'AnnualRevenue', descending: true },
          { field: 'Owner.Name', descending: false },
        ],
      }),
    ).toBe(
      "SELECT Id, Name, Owner.Name FROM Account WHERE Name LIKE '%O\\'Neil%' ORDER BY AnnualRevenue DESC NULLS LAST, Owner.Name ASC NULLS LAST",
    );
  });

  it.each([undefined, null, ''])('leaves out an empty condition (%j) and order', (where) => {
    expect(
      selectStatement({ sobject: 'Account', fields: ['Id'], ...(where === undefined ? {} : { where }) }),
    ).toBe('SELECT Id FROM Account');
  });

  it('needs a field', () => {
    expect(() => selectStatement({ sobject: 'Account', fields: [] })).toThrow(TypeError);
  });

  it.each([
    '',
    'Name,Id',
    'Name FROM Contact',
    "Name'",
    '(SELECT Id FROM Contacts)',
    'Name--',
    'a..b',
    '1Name',
    '.Name',
    'Náme',
    'a.b.c.d.e.f.g',
  ])('refuses %j as a name anywhere', (text) => {
    expect(isFieldPath(text)).toBe(false);
    expect(() => selectStatement({ sobject: 'Account', fields: [text] })).toThrow(TypeError);
    expect(() => selectStatement({ sobject: text, fields: ['Id'] })).toThrow(TypeError);
    expect(() => containsCondition(text, 'x')).toThrow(TypeError);
    const orderBy = [{ field: text, descending: true }];
    expect(() => selectStatement({ sobject: 'Account', fields: ['Id'], orderBy })).toThrow(TypeError);
  });

  it('is read back by an independent parser as what was asked', () => {
    const keys = fc.uniqueArray(fc.record({ field: plainName, descending: fc.boolean() }), {
      selector: ({ field }) => field,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        plainName,
        fc.uniqueArray(plainName, { minLength: 1, maxLength: 6 }),
        keys,
        (sobject, fields, orderBy) => {
          const query = parseQuery(selectStatement({ sobject, fields, orderBy }));
          expect(query.sObject).toBe(sobject);
          expect(query.fields?.map((field) => ('field' in field ? field.field : null))).toEqual(fields);
          const order = [query.orderBy ?? []].flat();
          expect(
            order.map((key) => ({
              field: 'field' in key ? key.field : null,
              descending: key.order === 'DESC',
            })),
          ).toEqual(orderBy);
          expect(order.every((key) => key.nulls === 'LAST')).toBe(true);
        },
      ),
    );
  });
});

import { isQueryValid } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { parseSoql } from '@/simulator/soql/parse';

function refusal(soql: string): SoqlError {
  try {
    parseSoql(soql);
  } catch (error) {
    if (error instanceof SoqlError) return error;
    throw error;
  }
  throw new Error(`accepted: ${soql}`);
}

describe('parseSoql', () => {
  it('reads every clause', () => {
    const statement = parseSoql(
      "select Id, Owner.Name from Account a where (not Name like '%x\\'%') and (Rating = 'Hot' or Sic in ('1', null)) " +
        'order by Name desc nulls last, Id limit 5 offset 10',
    );
    expect(statement.select.map(({ expression }) => expression)).toMatchObject([
      { kind: 'field', parts: ['Id'] },
      { kind: 'field', parts: ['Owner', 'Name'] },
    ]);
    expect(statement.from).toMatchObject({ name: 'Account', alias: 'a' });
    expect(statement.where).toMatchObject({
      kind: 'and',
      operands: [
        { kind: 'not', operand: { operator: 'LIKE', values: [{ value: "%x'%" }] } },
        { kind: 'or', operands: [{ operator: '=' }, { operator: 'IN', values: [{}, { kind: 'null' }] }] },
      ],
    });
    expect(statement.orderBy).toMatchObject([
      { descending: true, nullsFirst: false },
      { descending: false, nullsFirst: true },
    ]);
    expect(statement).toMatchObject({ limit: 5, offset: { value: 10 } });
  });

  it('reads subqueries in SELECT with their places, and those of semi-joins', () => {
    const statement = parseSoql(
      'SELECT Id, (SELECT Name FROM a.Contacts c WHERE Email != null ORDER BY Name LIMIT 3), Name, (SELECT Id FROM Cases) ' +
        'FROM Account a WHERE Id NOT IN (SELECT AccountId FROM Opportunity WHERE IsWon = TRUE)',
    );
    expect(statement.select).toHaveLength(2);
    expect(statement.children).toMatchObject([
      { place: 1, statement: { from: { name: 'a.Contacts', alias: 'c' }, limit: 3, orderBy: [{}] } },
      { place: 2, statement: { from: { name: 'Cases', alias: null }, where: null } },
    ]);
    expect(statement.where).toMatchObject({
      kind: 'semiJoin',
      negated: true,
      target: { parts: ['Id'] },
      inner: { from: { name: 'Opportunity' }, where: { operator: '=' } },
    });
  });

  it('reads INCLUDES and EXCLUDES', () => {
    expect(parseSoql("SELECT Id FROM X WHERE A includes ('p;q', 'r')").where).toMatchObject({
      operator: 'INCLUDES',
      values: [{ value: 'p;q' }, { value: 'r' }],
    });
    expect(parseSoql("SELECT Id FROM X WHERE A EXCLUDES ('p')").where).toMatchObject({
      operator: 'EXCLUDES',
    });
  });

  it('takes soft keywords for names', () => {
    const statement = parseSoql('SELECT For, All, Update FROM Offset ORDER BY By DESC');
    expect(statement.select).toHaveLength(3);
    expect(statement.from).toMatchObject({ name: 'Offset', alias: null });
  });

  it('reads literals by kind', () => {
    const soql =
      "SELECT Id FROM X WHERE A = 'q' AND B = -1.5e3 AND C = TRUE AND D = 2026-03-08 AND E > 2026-01-01T00:00:00.5+02:00 " +
      'AND F = LAST_N_DAYS:7 AND G < USD5000.25 AND H = EUR10 AND I = today';
    const { where } = parseSoql(soql);
    const kinds =
      where?.kind === 'and' && where.operands.map((one) => one.kind === 'comparison' && one.values[0]);
    expect(kinds).toMatchObject([
      { kind: 'string', value: 'q' },
      { kind: 'number', value: -1500 },
      { kind: 'boolean', value: true },
      { kind: 'date', value: '2026-03-08' },
      { kind: 'dateTime', value: Date.UTC(2025, 11, 31, 22, 0, 0, 500) },
      { kind: 'dateLiteral', name: 'LAST_N_DAYS', count: 7 },
      { kind: 'currency', code: 'USD', value: 5000.25 },
      { kind: 'currency', code: 'EUR', value: 10 },
      { kind: 'dateLiteral', name: 'TODAY', count: null },
    ]);
  });

  it.each([
    ['SELECT Id, FROM Account', "unexpected token: 'FROM'", 12],
    ['SELECT Id FRM Account', "unexpected token: 'Account'", 15],
    ['SELECT Id FROM Account WHERE', "unexpected token: '<EOF>'", 29],
    ["SELECT Id FROM Account WHERE A = 'x' AND B = 'y' OR C = 'z'", "unexpected token: 'OR'", 50],
    ["SELECT Id FROM Account WHERE NOT A = 'x' AND B = 'y'", "unexpected token: 'AND'", 42],
    ['SELECT Id FROM Account WHERE A = frog', "unexpected token: 'frog'", 34],
    ['SELECT Id FROM Account LIMIT x', "unexpected token: 'x'", 30],
    ['SELECT Id, (SELECT Id FROM Contacts FROM Account', "unexpected token: 'FROM'", 37],
    ["SELECT Id FROM Account WHERE A INCLUDES 'x'", "unexpected token: ''x''", 41],
    ['SELECT Id FROM Account ORDER Name', "unexpected token: 'Name'", 30],
    ["SELECT Id FROM Account WHERE A = 'x\\q'", "Illegal character sequence '\\q' in string literal", 34],
    ['SELECT Id FROM Account WHERE A = 2026-02-30', 'Invalid date: 2026-02-30', 34],
  ])('refuses %s and points at the fault', (soql, message, column) => {
    const { errorCode, message: text } = refusal(soql);
    expect(errorCode).toBe('MALFORMED_QUERY');
    const lines = text.split('\n');
    expect(lines.slice(3)).toEqual([`ERROR at Row:1:Column:${column}`, message]);
    const excerpt = lines[1] ?? '';
    const caret = (lines[2] ?? '').indexOf('^');
    expect(excerpt.slice(caret)).toBe(soql.slice(column - 1, column - 1 + excerpt.length - caret));
  });

  it('counts rows in a statement of several lines', () => {
    expect(refusal('SELECT Id\nFROM Account\nWHERE ,').message).toContain('ERROR at Row:3:Column:7');
  });

  it('words an unclosed string and a strange character as the lexer of Salesforce does', () => {
    expect(refusal("SELECT Id FROM A WHERE B = 'x").message).toBe(
      "line 1:27 mismatched character '<EOF>' expecting '''",
    );
    expect(refusal('SELECT Id FROM A WHERE B = #').message).toBe(
      "line 1:27 no viable alternative at character '#'",
    );
  });

  it('refuses more than 100,000 characters', () => {
    const error = refusal(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(100_000)}'`);
    expect(error.errorCode).toBe('QUERY_TOO_COMPLICATED');
  });

  it.each([
    'SELECT TYPEOF What WHEN Account THEN Phone END FROM Event',
    'SELECT Id FROM Account USING SCOPE mine',
    'SELECT Id FROM Account WITH SECURITY_ENFORCED',
    'SELECT Id FROM Account FOR VIEW',
    'SELECT Id FROM Account ALL ROWS',
    'SELECT Id FROM Account, Account.Owner o',
    'SELECT FORMAT(convertCurrency(Amount)) FROM Opportunity',
  ])('names what is beyond it: %s', (soql) => {
    expect(() => parseSoql(soql)).toThrow(SoqlUnsupported);
  });
});

const name = fc.constantFrom('Id', 'Name', 'Industry', 'AnnualRevenue', 'Owner.Name', 'My_Field__c');
const text = fc.string({ maxLength: 8 }).map((value) => {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\s/g, ' ')}'`;
});
const value = fc.oneof(
  text,
  fc.integer().map(String),
  fc.constantFrom('null', 'TRUE', 'false', 'TODAY', 'LAST_N_DAYS:30', '2026-03-08', '2026-01-01T00:00:00Z'),
);
const comparison = fc.oneof(
  fc.tuple(name, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), value).map((parts) => parts.join(' ')),
  fc.tuple(name, text).map(([field, pattern]) => `${field} LIKE ${pattern}`),
  fc
    .tuple(name, fc.constantFrom('IN', 'NOT IN'), fc.array(text, { minLength: 1, maxLength: 3 }))
    .map(([field, operator, list]) => `${field} ${operator} (${list.join(', ')})`),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc
      .tuple(fc.constantFrom(' AND ', ' OR '), fc.array(tie('condition'), { minLength: 2, maxLength: 3 }))
      .map(([word, operands]) => `(${operands.map((operand) => `(${operand})`).join(word)})`),
    tie('condition').map((operand) => `(NOT ${operand})`),
  ),
}));
const order = fc
  .tuple(name, fc.constantFrom('', ' ASC', ' DESC'), fc.constantFrom('', ' NULLS FIRST', ' NULLS LAST'))
  .map((parts) => parts.join(''));
const statement = fc
  .record({
    fields: fc.uniqueArray(name, { minLength: 1 }),
    where: fc.option(condition),
    orders: fc.array(order, { maxLength: 3 }),
    limit: fc.option(fc.nat(2000)),
    // Only after LIMIT: the library takes OFFSET after a bracketed WHERE for a field.
    offset: fc.option(fc.nat(2000)),
  })
  .map(({ fields, where, orders, limit, offset }) =>
    [
      `SELECT ${fields.join(', ')} FROM Account`,
      where === null ? '' : `WHERE ${where}`,
      orders.length > 0 ? `ORDER BY ${orders.join(', ')}` : '',
      limit === null ? '' : `LIMIT ${limit}`,
      offset === null || limit === null ? '' : `OFFSET ${offset}`,
    ]
      .filter(Boolean)
      .join(' '),
  );

describe('the grammar beside the library that the portal uses', () => {
  it('accepts every generated statement, as the library does', () => {
    fc.assert(
      fc.property(statement, (soql) => {
        expect(() => parseSoql(soql)).not.toThrow();
        expect(isQueryValid(soql)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('accepts nothing that the library refuses when a token is dropped or doubled', () => {
    fc.assert(
      fc.property(statement, fc.nat(), fc.boolean(), (soql, at, doubled) => {
        const words = soql.split(' ');
        const index = at % words.length;
        words.splice(index, 1, ...(doubled ? [words[index] ?? '', words[index] ?? ''] : []));
        const mutant = words.join(' ');
        let accepted = true;
        try {
          parseSoql(mutant);
        } catch {
          accepted = false;
        }
        if (accepted) expect(isQueryValid(mutant)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import { describeLittleOrg } from '@/tests/policy-org';

const touchesOf = async (soql: string) => {
  const what = await understandSoql(soql, describeLittleOrg);
  if ('refused' in what) throw new Error(what.reason);
  return what.touches.map(({ operation, sobject, field }) => `${operation} ${sobject}.${field ?? ''}`).sort();
};

/** A piece of SOQL about Account, with the fields that it reads. */
interface Piece {
  soql: string;
  reads: string[];
}
const piece = (soql: string, ...reads: string[]): Piece => ({ soql, reads });

const field = fc.oneof(
  fc
    .constantFrom('Name', 'Secret__c', 'nAmE', 'Anything__c', 'OwnerId')
    .map((name) => piece(name, `Account.${name}`)),
  fc.constantFrom('Name', 'Secret__c').map((name) => piece(`Account.${name}`, `Account.${name}`)),
  fc
    .integer({ min: 1, max: 4 })
    .map((depth) =>
      piece(`Owner.${'Manager.'.repeat(depth)}Name`, 'Account.OwnerId', 'User.ManagerId', 'User.Name'),
    ),
  fc.constant(piece('Parent.Owner.Name', 'Account.ParentId', 'Account.OwnerId', 'User.Name')),
);
const within = (names: string[], of: fc.Arbitrary<Piece>) =>
  fc
    .tuple(fc.constantFrom(...names), of)
    .map(([name, { soql, reads }]) => piece(`${name}(${soql})`, ...reads));
const scalar = fc.oneof(field, within(['FORMAT', 'toLabel', 'CALENDAR_YEAR', 'convertCurrency'], field));
const aggregate = within(['COUNT', 'MAX', 'MIN', 'AVG', 'SUM', 'COUNT_DISTINCT'], field);
const nested = fc.constant(
  piece(
    "(SELECT Email FROM Contacts WHERE Phone = 'x' ORDER BY Fax)",
    'Contact.AccountId',
    'Contact.Email',
    'Contact.Phone',
    'Contact.Fax',
  ),
);
const joins = fc.constant(
  piece(
    "Id IN (SELECT AccountId FROM Contact WHERE Title = 'x')",
    'Account.Id',
    'Contact.AccountId',
    'Contact.Title',
  ),
);
const text = fc
  .string({ unit: 'grapheme' })
  .map((value) => `'${value.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, ' ')}'`);
const compared = fc.oneof(
  fc
    .tuple(scalar, fc.constantFrom('=', '!=', '<>', '>', '<=', 'LIKE'), text)
    .map(([one, operator, value]) => piece(`${one.soql} ${operator} ${value}`, ...one.reads)),
  fc
    .tuple(field, fc.array(text, { minLength: 1, maxLength: 3 }))
    .map(([one, values]) => piece(`${one.soql} NOT IN (${values.join(', ')})`, ...one.reads)),
  field.map((one) => piece(`${one.soql} > LAST_N_DAYS:3`, ...one.reads)),
);
const condition = fc.letrec<{ tree: Piece }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    compared,
    joins,
    fc
      .tuple(tie('tree'), fc.constantFrom('AND', 'OR'), tie('tree'))
      .map(([one, operator, other]) =>
        piece(`(${one.soql} ${operator} ${other.soql})`, ...one.reads, ...other.reads),
      ),
    tie('tree').map(({ soql, reads }) => piece(`(NOT ${soql})`, ...reads)),
  ),
})).tree;
const list = (of: fc.Arbitrary<Piece>) =>
  fc
    .array(of, { minLength: 1, maxLength: 4 })
    .map((pieces) =>
      piece(pieces.map(({ soql }) => soql).join(', '), ...pieces.flatMap(({ reads }) => reads)),
    );
const optional = (word: string, of: fc.Arbitrary<Piece>) =>
  fc.option(of, { nil: piece('') }).map(({ soql, reads }) => piece(soql && ` ${word} ${soql}`, ...reads));

const statement = fc
  .tuple(
    list(fc.oneof(scalar, aggregate, nested)),
    optional('WHERE', condition),
    optional('GROUP BY', list(field)),
    optional(
      'HAVING',
      aggregate.map(({ soql, reads }) => piece(`${soql} > 1`, ...reads)),
    ),
    optional(
      'ORDER BY',
      list(fc.oneof(field, aggregate)).map(({ soql, reads }) => piece(`${soql} DESC NULLS LAST`, ...reads)),
    ),
  )
  .map(([fields, ...clauses]) =>
    piece(
      `SELECT ${fields.soql} FROM Account${clauses.map(({ soql }) => soql).join('')} LIMIT 5`,
      ...fields.reads,
      ...clauses.flatMap(({ reads }) => reads),
    ),
  );

describe('understandSoql', () => {
  it('finds each field that a statement reads, wherever it is read, and no other', async () => {
    let understood = 0;
    await fc.assert(
      fc.asyncProperty(statement, async ({ soql, reads }) => {
        const what = await understandSoql(soql, describeLittleOrg);
        if ('refused' in what) return;
        understood += 1;
        const found = what.touches
          .filter((touch) => touch.field !== null)
          .map((touch) => `${touch.sobject}.${touch.field}`.toLowerCase());
        expect(found.sort()).toEqual([...new Set(reads.map((name) => name.toLowerCase()))].sort());
      }),
      { numRuns: 300 },
    );
    expect(understood).toBeGreaterThan(200);
  });

  it('never fails on what is no SOQL, and never understands a statement with something put into it', async () => {
    await fc.assert(
      fc.asyncProperty(
        statement,
        fc.nat(),
        fc.constantFrom('/**/', '--', ';', ':x', '\0', 'é', ' SELECT ', '"', '{'),
        async ({ soql }, at, put) => {
          const index = at % soql.length;
          const inside = (soql.slice(0, index).match(/(?<!\\)(?:\\\\)*'/g) ?? []).length % 2 === 1;
          const what = await understandSoql(
            soql.slice(0, index) + put + soql.slice(index),
            describeLittleOrg,
          );
          if (!inside) expect(what).toHaveProperty('refused', 'not_understood');
        },
      ),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.asyncProperty(fc.string(), async (soql) => {
        expect(await understandSoql(soql, describeLittleOrg)).toHaveProperty('refused');
      }),
      { numRuns: 100 },
    );
  });

  it('follows TYPEOF to each object, and ELSE to all that the lookup knows', async () => {
    expect(await touchesOf('SELECT TYPEOF Who WHEN Contact THEN Email ELSE Name END FROM Task')).toEqual([
      'query Contact.',
      'query Contact.Email',
      'query Contact.Name',
      'query Lead.',
      'query Lead.Name',
      'query Task.',
      'query Task.WhoId',
    ]);
  });

  it('takes a column’s alias in ORDER BY for a column where the object has no such field', async () => {
    expect(await touchesOf('SELECT COUNT(Id) howMany FROM Account GROUP BY Name ORDER BY howMany')).toEqual([
      'query Account.',
      'query Account.Id',
      'query Account.Name',
    ]);
  });

  it('describes nothing when nobody asks, or when no relationship is followed', async () => {
    const describe = () => Promise.reject(new Error('asked'));
    expect(
      await understandSoql('SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact)', describe),
    ).toHaveProperty('touches');
    expect(await understandSoql('SELECT Owner.Name FROM Account', null)).toMatchObject({
      touches: [{ field: null }, { sobject: 'Account', field: 'Owner.Name' }],
    });
  });

  it('refuses within a second what a parser would chew for minutes', async () => {
    const started = performance.now();
    for (const soql of [
      `SELECT Id FROM Account WHERE Name = '${"\\'".repeat(40_000)}`,
      `SELECT Id FROM Account WHERE ${'('.repeat(3_000)}Id = null${')'.repeat(3_000)}`,
      `SELECT Id FROM Account WHERE ${Array(5_000).fill('Id = null').join(' OR ')}`,
    ]) {
      expect(await understandSoql(soql, null)).toHaveProperty('refused', 'not_understood');
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

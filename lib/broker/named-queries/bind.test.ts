import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindQuery } from '@/lib/broker/named-queries/bind';
import { readArguments } from '@/lib/broker/named-queries/read-arguments';
import { READY_MADE } from '@/lib/broker/named-queries/ready-made';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import type { QueryParameter } from '@/lib/broker/types';

const parameter = (over: Partial<QueryParameter> = {}): QueryParameter => ({
  ...{ name: 'value', type: 'string', required: true, default: null, description: '' },
  ...over,
});

function bound(
  soql: string,
  parameters: QueryParameter[],
  search: Record<string, string> | [string, string][],
) {
  const query = { name: 'q', soql, parameters };
  return bindQuery(query, readArguments(query, new URLSearchParams(search)));
}

const HARD = [
  "'",
  '\\',
  '%',
  '_',
  ':',
  '[',
  ']',
  '(',
  ')',
  ',',
  '\n',
  '\t',
  ' OR ',
  'x',
  'É',
  '👩‍🚀',
  "' OR Name != '",
  '--',
];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...HARD), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[^\P{Cc}\n\r\t\b\f]/u.test(text)),
);

/** What a literal of SOQL means. */
const meaningOf = (literal: unknown) =>
  String(literal)
    .slice(1, -1)
    .replace(/\\(.)/gs, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[sign] ?? sign);

describe('binding', () => {
  it('never lets a value be more than the one literal that it is', async () => {
    const soql = 'SELECT Id FROM Account WHERE Name = :value AND IsDeleted = false ORDER BY Name LIMIT 5';
    const plain = parseQuery(soql.replace(':value', "'plain'"));
    await fc.assert(
      fc.asyncProperty(texts, async (value) => {
        const text = bound(soql, [parameter()], { value });
        const { where, ...rest } = parseQuery(text) as unknown as {
          where: { left: Record<string, unknown> };
        };
        const { where: wanted, ...others } = plain as unknown as { where: { left: Record<string, unknown> } };
        expect(rest).toEqual(others);
        expect({ ...where, left: { ...where.left, value: '' } }).toEqual({
          ...wanted,
          left: { ...wanted.left, value: '' },
        });
        expect(meaningOf(where.left.value)).toBe(value);
        expect(await understandSoql(text, null)).toEqual(
          await understandSoql(soql.replace(':value', "'plain'"), null),
        );
      }),
    );
  });

  it('never lets a value of a list or a pattern be more than itself', () => {
    const soql = 'SELECT Id FROM Account WHERE Name IN :many AND Phone LIKE %:value%';
    const parameters = [parameter({ name: 'many', type: 'string_list' }), parameter()];
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), texts, (list, value) => {
        const many = list.map((one) => one.replace(/[\\,]/g, '\\$&')).join(',');
        const { where } = parseQuery(bound(soql, parameters, { many, value })) as unknown as {
          where: { left: { value: unknown[] }; right: { left: { value: string }; right?: unknown } };
        };
        expect(where.left.value.map(meaningOf)).toEqual(list);
        expect(where.right.right).toBeUndefined();
        expect(meaningOf(where.right.left.value.replace(/^'%|%'$/g, "'").replace(/\\([%_])/g, '$1'))).toBe(
          value,
        );
      }),
    );
  });

  it('leaves colons in texts and date literals alone', () => {
    const soql =
      "SELECT Id FROM Account WHERE Name = 'a:b' AND CreatedDate = LAST_N_DAYS:30 AND Phone=:value";
    expect(bound(soql, [parameter()], { value: '1' })).toBe(soql.replace(':value', "'1'"));
  });

  it('leaves a condition in brackets out when its parameter has no value', () => {
    const [accounts] = READY_MADE;
    const all = bound(accounts?.soql ?? '', accounts?.parameters ?? [], {});
    expect(all.replace(/\s+/g, ' ')).toMatch(/WHERE Id != null ORDER BY Name, Id LIMIT 200$/);
    const some = bound(accounts?.soql ?? '', accounts?.parameters ?? [], {
      name: '50%_a',
      modifiedSince: '2026-11-27T10:00:00+01:00',
      limit: '7',
    });
    expect(some.replace(/\s+/g, ' ')).toContain(
      "Id != null AND Name LIKE '50\\%\\_a%' AND LastModifiedDate >= 2026-11-27T09:00:00.000Z ORDER BY Name, Id LIMIT 7",
    );
  });
});

describe('arguments', () => {
  const ask = (
    over: Partial<QueryParameter>,
    search: Record<string, string> | [string, string][],
    place = '= :value',
  ) =>
    bound(`SELECT Id FROM Account WHERE X ${place}`, [parameter(over)], search).replace(/^.*WHERE X /s, '');

  it.each([
    ['number', 'abc', /“value” must be a number/],
    ['number', '1e5', /“value” must be a number/],
    ['number', '1 OR Id != null', /“value” must be a number/],
    ['boolean', 'yes', /“value” must be true or false/],
    ['date', '2026-02-30', /“value” must be a day/],
    ['date', 'TODAY', /“value” must be a day/],
    ['datetime', '2026-11-27T10:00:00', /“value” must be an instant with its zone/],
    ['id', "001' OR", /“value” must be a Salesforce id/],
    ['string', 'a\u0000b', /“value” holds a control character/],
  ] as const)('refuses a %s that says %s', (type, value, message) => {
    expect(() => ask({ type }, { value })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringMatching(message) }),
    );
  });

  it('reads lists by commas and by repetition', () => {
    expect(ask({ type: 'string_list' }, { value: 'a,b\\,c' }, 'IN :value')).toBe("IN ('a', 'b,c')");
    expect(
      ask(
        { type: 'string_list' },
        [
          ['value', 'a'],
          ['value', 'b'],
        ],
        'IN :value',
      ),
    ).toBe("IN ('a', 'b')");
    expect(() =>
      ask({}, [
        ['value', 'a'],
        ['value', 'b'],
      ]),
    ).toThrow(/more than once/);
  });

  it('asks for what is required, fills in defaults and knows no other names', () => {
    expect(() => ask({}, {})).toThrow(/“value” is required/);
    expect(ask({ required: false, default: '5', type: 'number' }, {})).toBe('= 5');
    expect(() => ask({}, { value: 'a', valeu: 'b' })).toThrow(/no parameter “valeu”/);
    expect(ask({}, { value: 'a', connection: 'x', environment: 'y', format: 'csv' })).toBe("= 'a'");
    expect(() =>
      bound('SELECT Id FROM Account LIMIT :value', [parameter({ type: 'number' })], { value: '1.5' }),
    ).toThrow(/“value” must be a whole number/);
  });
});

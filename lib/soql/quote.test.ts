import { parseQuery, type ValueCondition } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLike, quoteContains, quoteString } from './quote';
import { containsCondition, selectStatement } from './select';

/** Reads a literal back, by the table of the SOQL reference and nothing of ours. */
function unquote(literal: string): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return literal.slice(1, -1).replace(/\\([\s\S])/g, (_all, char: string) => escapes[char] ?? char);
}

/** The only condition of a statement, as an independent parser sees it. */
function conditionOf(soql: string): ValueCondition {
  const { where } = parseQuery(soql);
  if (!where || !('left' in where) || where.left === null || 'operator' in where)
    throw new Error('not one condition');
  return where.left as ValueCondition;
}

/** LIKE as Salesforce defines it, on an escaped pattern. */
function matchesLike(literal: string, text: string): boolean {
  const pattern = literal
    .slice(1, -1)
    .replace(/\\([\s\S])|([%_])|([\s\S])/g, (_all, escaped, wild, plain) => {
      if (wild === '%') return '[\\s\\S]*';
      if (wild === '_') return '[\\s\\S]';
      const char = escaped === undefined ? plain : unquote(`'\\${escaped}'`);
      return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    });
  return new RegExp(`^${pattern}$`).test(text);
}

const nasty = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom("'", '\\', '%', '_', '\n', '\r', '\t', '\b', '\f', '"', ' ', 'a', 'OR', '--'),
  }),
);

describe('quoteString', () => {
  it.each([
    ["O'Neil", "'O\\'Neil'"],
    ['back\\slash', "'back\\\\slash'"],
    ['a\nb\r\tc\b\f', "'a\\nb\\r\\tc\\b\\f'"],
    ["' OR Name != '", "'\\' OR Name != \\''"],
    ['', "''"],
    ['Ünïcødé 💶', "'Ünïcødé 💶'"],
  ])('quotes %j', (value, literal) => expect(quoteString(value)).toBe(literal));

  it('comes back as the same text', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(unquote(quoteString(value))).toBe(value);
      }),
    );
  });

  it('stays one literal of one condition for an independent parser', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const where = `Name = ${quoteString(value)}`;
        const condition = conditionOf(selectStatement({ sobject: 'Account', fields: ['Id'], where }));
        expect(condition).toMatchObject({ field: 'Name', operator: '=', literalType: 'STRING' });
        expect(unquote(String(condition.value))).toBe(value);
      }),
    );
  });

  it('holds no line break and no lone quote', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(quoteString(value).slice(1, -1)).toMatch(/^(?:[^'\\\n\r]|\\[\s\S])*$/);
      }),
    );
  });
});

describe('escapeLike', () => {
  it.each([
    ['50%', '50\\%'],
    ['a_b', 'a\\_b'],
    ['\\%', '\\\\\\%'],
    ["O'Neil", "O\\'Neil"],
  ])('escapes %j', (value, escaped) => expect(escapeLike(value)).toBe(escaped));

  it('matches the text itself and nothing shorter or different', () => {
    fc.assert(
      fc.property(nasty, nasty, (value, other) => {
        const literal = `'${escapeLike(value)}'`;
        expect(matchesLike(literal, value)).toBe(true);
        expect(matchesLike(literal, other)).toBe(other === value);
      }),
    );
  });
});

describe('quoteContains', () => {
  it('matches every text around the value, and only those', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (value, before, after) => {
        expect(matchesLike(quoteContains(value), before + value + after)).toBe(true);
        expect(matchesLike(quoteContains(value), after)).toBe(after.includes(value));
      }),
    );
  });

  it('stays one literal for an independent parser', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const soql = selectStatement({
          sobject: 'Account',
          fields: ['Id'],
          where: containsCondition('Name', value),
        });
        expect(conditionOf(soql)).toMatchObject({
          field: 'Name',
          operator: 'LIKE',
          value: quoteContains(value),
        });
      }),
    );
  });
});

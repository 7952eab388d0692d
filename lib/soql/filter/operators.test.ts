import { describe, expect, it } from 'vitest';
import {
  COUNTED_LITERALS,
  DATE_LITERALS,
  dateLiteralWords,
  formatDateLiteral,
  parseDateLiteral,
} from './date-literals';
import { dayBounds } from './day-bounds';
import { OPERATORS, operatorWords } from './operators';

describe('operatorWords', () => {
  it('says an operator as one says it of the kind', () => {
    expect(operatorWords('lt', 'number')).toBe('is less than');
    expect(operatorWords('lt', 'date')).toBe('is before');
    expect(operatorWords('lt', 'time')).toBe('is before');
    expect(operatorWords('eq', 'time')).toBe('is');
    expect(operatorWords('between', 'dateTime')).toBe('is between');
    expect(operatorWords('in', 'text')).toBe('is any of');
    expect(operatorWords('in', 'picklist')).toBe('is');
  });

  it('gives no two operators of a kind the same words', () => {
    for (const [kind, operators] of Object.entries(OPERATORS)) {
      const words = operators.map((operator) => operatorWords(operator, kind as keyof typeof OPERATORS));
      expect(new Set(words).size, kind).toBe(words.length);
    }
  });
});

describe('parseDateLiteral', () => {
  it.each(Object.keys(DATE_LITERALS))('knows %s', (name) => {
    expect(parseDateLiteral(name)).toEqual({ name, count: null });
    expect(dateLiteralWords(name)).toMatch(/^[a-z0-9 ]+$/);
  });

  it.each(Object.keys(COUNTED_LITERALS))('knows %s with a number, and only with one', (name) => {
    const text = `${name}:30`;
    expect(parseDateLiteral(text)).toEqual({ name, count: 30 });
    expect(formatDateLiteral({ name, count: 30 })).toBe(text);
    expect(parseDateLiteral(name)).toBeNull();
  });

  it.each(['', 'today', 'TODAY:1', 'LAST_N_DAYS:0', 'LAST_N_DAYS:-1', 'LAST_N_DAYS:12345', 'LAST_N_HOURS:1'])(
    'refuses %j',
    (text) => {
      expect(parseDateLiteral(text)).toBeNull();
      expect(dateLiteralWords(text)).toBeNull();
    },
  );

  it('says how many', () => {
    expect(dateLiteralWords('LAST_N_DAYS:30')).toBe('the last 30 days');
    expect(dateLiteralWords('NEXT_N_WEEKS:1')).toBe('the next 1 week');
    expect(dateLiteralWords('N_FISCAL_QUARTERS_AGO:2')).toBe('2 fiscal quarters ago');
  });
});

describe('dayBounds', () => {
  it.each(['', '2026-13-01', '2026-02-29', '1699-01-01', '4000-01-01', '26-01-01', 'TODAY'])(
    'gives null for %j',
    (text) => expect(dayBounds(text, 'UTC')).toBeNull(),
  );
});

import type { ColumnKind } from '@/lib/records/types';
import type { FilterOperator } from '@/lib/soql/types';

/** How many values an operator takes: none, one, two (both ends included), or any number of them. */
export type ValueCount = 'none' | 'one' | 'two' | 'many';

export const VALUE_COUNT: Readonly<Record<FilterOperator, ValueCount>> = {
  eq: 'one',
  ne: 'one',
  lt: 'one',
  lte: 'one',
  gt: 'one',
  gte: 'one',
  between: 'two',
  contains: 'one',
  notContains: 'one',
  startsWith: 'one',
  in: 'many',
  notIn: 'many',
  includesAny: 'many',
  includesAll: 'many',
  excludes: 'many',
  relative: 'one',
  isMe: 'none',
  empty: 'none',
  notEmpty: 'none',
};

const TEXT = [
  'contains',
  'notContains',
  'startsWith',
  'eq',
  'ne',
  'in',
  'notIn',
  'empty',
  'notEmpty',
] as const;
const LONG_TEXT = ['contains', 'notContains', 'startsWith', 'empty', 'notEmpty'] as const;
const NUMBER = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'notEmpty'] as const;
const DATE = ['relative', 'eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'empty', 'notEmpty'] as const;

/** Which operators a column knows, the likeliest first. Empty: Salesforce cannot filter by it. */
export const OPERATORS: Readonly<Record<ColumnKind, readonly FilterOperator[]>> = {
  text: TEXT,
  url: TEXT,
  email: TEXT,
  phone: TEXT,
  longText: LONG_TEXT,
  richText: LONG_TEXT,
  number: NUMBER,
  currency: NUMBER,
  percent: NUMBER,
  time: NUMBER,
  date: DATE,
  dateTime: DATE,
  boolean: ['eq'],
  picklist: ['in', 'notIn', 'empty', 'notEmpty'],
  multiPicklist: ['includesAny', 'includesAll', 'excludes', 'empty', 'notEmpty'],
  reference: ['in', 'notIn', 'isMe', 'empty', 'notEmpty'],
  address: [],
  count: [],
};

const WORDS: Readonly<Record<FilterOperator, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  between: 'is between',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  in: 'is',
  notIn: 'is not',
  includesAny: 'includes any of',
  includesAll: 'includes all of',
  excludes: 'includes none of',
  relative: 'is in',
  isMe: 'is me',
  empty: 'is empty',
  notEmpty: 'is not empty',
};

const DATE_WORDS: Partial<Record<FilterOperator, string>> = {
  eq: 'is on',
  ne: 'is not on',
  lt: 'is before',
  lte: 'is on or before',
  gt: 'is after',
  gte: 'is on or after',
};

const TIME_WORDS: Partial<Record<FilterOperator, string>> = {
  lt: 'is before',
  lte: 'is at or before',
  gt: 'is after',
  gte: 'is at or after',
};

const TEXT_WORDS: Partial<Record<FilterOperator, string>> = { in: 'is any of', notIn: 'is none of' };

/** An operator as people say it of a column of this kind: `is before` of a date, `is less than` of a number. */
export function operatorWords(operator: FilterOperator, kind: ColumnKind): string {
  if (kind === 'date' || kind === 'dateTime') return DATE_WORDS[operator] ?? WORDS[operator];
  if (kind === 'time') return TIME_WORDS[operator] ?? WORDS[operator];
  if (OPERATORS[kind] === TEXT) return TEXT_WORDS[operator] ?? WORDS[operator];
  return WORDS[operator];
}

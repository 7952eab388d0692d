import { quoteContains, quoteStartsWith, quoteString } from '@/lib/soql/quote';
import type { FilterCondition, FilterOperator } from '@/lib/soql/types';
import { parseDateLiteral } from './date-literals';
import { dayBounds } from './day-bounds';
import { VALUE_COUNT } from './operators';
import { EXPECTED, literalOf, type ValueType } from './values';

/** One condition as SOQL, or why it cannot be one. */
export type Compared = { soql: string } | { why: string };

interface CompareContext {
  userId: string;
  timeZone?: string;
}

const EQUALITY = ['eq', 'ne', 'in', 'notIn', 'empty', 'notEmpty'] as const;
const ORDER = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'in', 'notIn', 'empty', 'notEmpty'] as const;

const KNOWN: Readonly<Record<ValueType, ReadonlySet<FilterOperator>>> = {
  text: new Set([...EQUALITY, 'contains', 'notContains', 'startsWith']),
  multiPicklist: new Set(['eq', 'ne', 'includesAny', 'includesAll', 'excludes', 'empty', 'notEmpty']),
  id: new Set([...EQUALITY, 'isMe']),
  integer: new Set(ORDER),
  number: new Set(ORDER),
  boolean: new Set(['eq', 'ne']),
  date: new Set([...ORDER, 'relative']),
  dateTime: new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'relative', 'empty', 'notEmpty']),
  time: new Set(ORDER),
};

const SIGNS = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
type Sign = keyof typeof SIGNS;

/** Writes a condition on a field of a type. The field is an API name that describe knows. */
export function compare(condition: FilterCondition, type: ValueType, context: CompareContext): Compared {
  const { field, operator, values } = condition;
  if (!KNOWN[type].has(operator))
    return { why: `“${field}” cannot be asked that: it holds ${EXPECTED[type]}.` };
  if (operator === 'empty') return { soql: `${field} = null` };
  if (operator === 'notEmpty') return { soql: `${field} != null` };
  if (operator === 'isMe') return { soql: `${field} = ${quoteString(context.userId)}` };
  if (!hasItsValues(operator, values)) return { why: `The condition on “${field}” lacks a value.` };
  const wrong = values.find((value) => !fits(type, operator, value));
  if (wrong !== undefined) return { why: `“${wrong}” is not ${EXPECTED[type]}, as “${field}” needs.` };
  return { soql: written(condition, type, context.timeZone ?? 'UTC') };
}

function hasItsValues(operator: FilterOperator, values: readonly string[]): boolean {
  if (values.length === 0 || values.some((value) => value === '')) return false;
  const count = VALUE_COUNT[operator];
  return count === 'many' || values.length === (count === 'two' ? 2 : 1);
}

function fits(type: ValueType, operator: FilterOperator, value: string): boolean {
  if (operator === 'relative') return parseDateLiteral(value) !== null;
  return literalOf(type, value) !== null || (type === 'dateTime' && dayBounds(value, 'UTC') !== null);
}

function written({ field, operator, values }: FilterCondition, type: ValueType, timeZone: string): string {
  const [first = '', second = ''] = values;
  const literals = () => values.map((value) => literalOf(type, value)).join(', ');
  const one = (sign: Sign, value: string) => comparison(field, sign, value, type, timeZone);
  switch (operator) {
    case 'contains':
      return `${field} LIKE ${quoteContains(first)}`;
    case 'notContains':
      return `(NOT ${field} LIKE ${quoteContains(first)})`;
    case 'startsWith':
      return `${field} LIKE ${quoteStartsWith(first)}`;
    case 'in':
      return `${field} IN (${literals()})`;
    case 'notIn':
      return `${field} NOT IN (${literals()})`;
    case 'includesAny':
      return `${field} INCLUDES (${literals()})`;
    case 'includesAll':
      return `${field} INCLUDES (${quoteString(values.join(';'))})`;
    case 'excludes':
      return `${field} EXCLUDES (${literals()})`;
    case 'between':
      return `(${one('gte', first)} AND ${one('lte', second)})`;
    case 'relative':
      return `${field} = ${first}`;
    default:
      return one(operator as Sign, first);
  }
}

/** A day of a date and time is the span between two instants, in the reader's zone. */
function comparison(field: string, sign: Sign, value: string, type: ValueType, timeZone: string): string {
  const bounds = type === 'dateTime' ? dayBounds(value, timeZone) : null;
  if (bounds === null) return `${field} ${SIGNS[sign]} ${literalOf(type, value)}`;
  const [start, end] = [bounds.start, bounds.end].map((instant) => literalOf(type, instant.toISOString()));
  switch (sign) {
    case 'eq':
      return `(${field} >= ${start} AND ${field} < ${end})`;
    case 'ne':
      return `(${field} < ${start} OR ${field} >= ${end} OR ${field} = null)`;
    case 'lt':
      return `${field} < ${start}`;
    case 'lte':
      return `${field} < ${end}`;
    case 'gt':
      return `${field} >= ${end}`;
    default:
      return `${field} >= ${start}`;
  }
}

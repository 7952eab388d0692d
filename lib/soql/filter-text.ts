import { isFieldPath } from './identifier';
import type { FilterCondition, FilterGroup, FilterOperator } from './types';

export const FILTER_OPERATORS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'notContains',
  'startsWith',
  'in',
  'notIn',
  'includesAny',
  'includesAll',
  'excludes',
  'relative',
  'isMe',
  'empty',
  'notEmpty',
] as const satisfies readonly FilterOperator[];

const OPERATORS: ReadonlySet<unknown> = new Set(FILTER_OPERATORS);
const MAX_TEXT = 8_000;
const MAX_DEPTH = 4;
const MAX_CONDITIONS = 50;
const MAX_VALUES = 200;
const MAX_VALUE_LENGTH = 255;

/**
 * Reads a filter as the URL holds it: `["all",["Industry","in","Banking"],["any",["Amount","gt","5000"],…]]`. Null for
 * what is no filter; nothing in a URL is an error. `["all"]` asks for no filter where a view has one.
 */
export function parseFilter(text: string): FilterGroup | null {
  if (text === '' || text.length > MAX_TEXT) return null;
  try {
    const group = readGroup(JSON.parse(text), 1);
    return group !== null && countConditions(group) <= MAX_CONDITIONS ? group : null;
  } catch {
    return null;
  }
}

/** Writes what `parseFilter` reads. */
export function formatFilter(group: FilterGroup): string {
  return JSON.stringify(toArrays(group));
}

/** How many conditions a filter holds, in all its groups. */
export function countConditions(group: FilterGroup): number {
  return group.of.reduce((sum, part) => sum + (isGroup(part) ? countConditions(part) : 1), 0);
}

export function isGroup(part: FilterCondition | FilterGroup): part is FilterGroup {
  return 'match' in part;
}

function toArrays(part: FilterCondition | FilterGroup): unknown[] {
  if (isGroup(part)) return [part.match, ...part.of.map(toArrays)];
  return [part.field, part.operator, ...part.values];
}

function readGroup(value: unknown, depth: number): FilterGroup | null {
  if (!Array.isArray(value) || depth > MAX_DEPTH) return null;
  const [match, ...parts] = value;
  if (match !== 'all' && match !== 'any') return null;
  const of = parts.map((part) => readPart(part, depth));
  return of.every((part) => part !== null) ? { match, of } : null;
}

function readPart(value: unknown, depth: number): FilterCondition | FilterGroup | null {
  if (!Array.isArray(value)) return null;
  const isOfGroups = (value[0] === 'all' || value[0] === 'any') && value.slice(1).every(Array.isArray);
  return isOfGroups ? readGroup(value, depth + 1) : readCondition(value);
}

function readCondition(value: unknown[]): FilterCondition | null {
  const [field, operator, ...values] = value;
  if (typeof field !== 'string' || !isFieldPath(field) || !OPERATORS.has(operator)) return null;
  const texts = values.filter((one) => typeof one === 'string' && one.length <= MAX_VALUE_LENGTH);
  if (texts.length !== values.length || values.length > MAX_VALUES) return null;
  return { field, operator: operator as FilterOperator, values: texts as string[] };
}

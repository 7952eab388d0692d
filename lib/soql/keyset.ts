import { isFieldPath } from './identifier';
import { quoteStartsWith, quoteString } from './quote';

/** How values of a key are compared in WHERE, in the order in which ORDER BY puts them; null: they cannot be. */
export type Comparison = 'text' | 'id' | 'number' | 'date' | 'dateTime' | 'time' | 'boolean';

export interface OrderKey {
  /** A field path from describe. */
  path: string;
  descending: boolean;
  comparison: Comparison | null;
}

/** ORDER BY of a list: Id breaks ties, so that no row is in two windows, and nothing behind it counts. */
export function stableOrder(keys: readonly OrderKey[]): Array<{ field: string; descending: boolean }> {
  const ids = keys.findIndex(({ path }) => path === 'Id');
  const counting = ids < 0 ? [...keys, { path: 'Id', descending: false }] : keys.slice(0, ids + 1);
  return counting.map(({ path, descending }) => ({ field: path, descending }));
}

/**
 * The condition that holds for the rows behind one row of `stableOrder`, whose nulls stand last. `values` are that row's,
 * one for each key. Null when the order cannot be expressed in WHERE.
 */
export function behindRow(order: readonly OrderKey[], values: readonly unknown[], id: string): string | null {
  const idLiteral = literalOf('id', id);
  if (idLiteral === null || order.length !== values.length) return null;
  const ties: string[] = [];
  const ways: string[] = [];
  for (const [index, key] of order.entries()) {
    const literal = values[index] === null ? 'null' : literalOf(key.comparison, values[index]);
    if (literal === null) return null;
    const behind = behindValue(key, literal);
    if (behind !== null) ways.push(allOf([...ties, behind]));
    ties.push(`${requirePath(key)} = ${literal}`);
  }
  if (!order.some(({ path }) => path === 'Id')) ways.push(allOf([...ties, `Id > ${idLiteral}`]));
  return ways.length === 1 ? (ways[0] ?? null) : `(${ways.join(' OR ')})`;
}

/**
 * The condition that holds for the rows from the first one whose key is at or after a value, as text, on to the end.
 * Null when the key cannot be compared, or the text is no value of it.
 */
export function fromValue(key: OrderKey, text: string): string | null {
  const value = key.comparison === 'number' && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
  const literal = key.comparison === 'boolean' ? null : literalOf(key.comparison, value);
  if (literal === null) return null;
  const path = requirePath(key);
  // Downwards, what begins with the text comes first, and stands behind it in the alphabet.
  const begins =
    key.descending && key.comparison === 'text' ? ` OR ${path} LIKE ${quoteStartsWith(text)}` : '';
  return `(${path} ${key.descending ? '<=' : '>='} ${literal}${begins} OR ${path} = null)`;
}

/** Nothing stands behind null, and behind a boolean only the other one. */
function behindValue(key: OrderKey, literal: string): string | null {
  const path = requirePath(key);
  if (literal === 'null') return null;
  if (key.comparison === 'boolean') {
    const last = key.descending ? 'false' : 'true';
    return literal === last ? null : `${path} = ${last}`;
  }
  return `(${path} ${key.descending ? '<' : '>'} ${literal} OR ${path} = null)`;
}

const ID = /^[A-Za-z0-9]{15,18}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** A value as Salesforce answers it, as a literal; null for what is no such value. */
function literalOf(comparison: Comparison | null, value: unknown): string | null {
  if (comparison === 'boolean') return typeof value === 'boolean' ? String(value) : null;
  if (comparison === 'number') return typeof value === 'number' ? numberLiteral(value) : null;
  if (typeof value !== 'string') return null;
  if (comparison === 'text') return quoteString(value);
  if (comparison === 'id') return ID.test(value) ? quoteString(value) : null;
  if (comparison === 'date') return DATE.test(value) ? value : null;
  if (comparison === 'time') return TIME.test(value) ? `${value.replace('Z', '')}Z` : null;
  return comparison === 'dateTime' && DATE_TIME.test(value) ? dateTimeLiteral(value) : null;
}

/** SOQL knows no exponents. */
function numberLiteral(value: number): string | null {
  const text = String(value);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  return Number.isFinite(value) ? value.toFixed(Math.abs(value) < 1 ? 20 : 0) : null;
}

function dateTimeLiteral(value: string): string | null {
  const instant = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.join(' AND ')})`;
}

function requirePath({ path }: OrderKey): string {
  if (!isFieldPath(path)) throw new TypeError(`not a field path: ${JSON.stringify(path.slice(0, 80))}`);
  return path;
}

import type { Place } from '@/lib/broker/named-queries/template/parse-template';
import type { ParameterType } from '@/lib/broker/types';
import { dateTimeLiteral, quoteContains, quoteStartsWith, quoteString } from '@/lib/soql/quote';

/** A value that was read by its parameter's type: text as SOQL compares it, or the texts of a list. */
export type ParameterValue = string | readonly string[];

export class ValueError extends Error {}

const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
const NUMBER = /^-?\d{1,18}(?:\.\d{1,18})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** What no SOQL literal can hold: control characters that have no escape. */
const UNWRITABLE = /[^\P{Cc}\n\r\t\b\f]/u;
const LONGEST = 4_000;
const MOST_VALUES = 500;

/** Reads a value as it stands in a URL. Throws `ValueError`, whose message ends a sentence that begins with the name. */
export function readValue(type: ParameterType, text: string): ParameterValue {
  if (type === 'string_list' || type === 'id_list') {
    const one = type === 'id_list' ? ('id' as const) : ('string' as const);
    const values = splitList(text).map((value) => readOne(one, value));
    if (values.length > MOST_VALUES) throw new ValueError(`has more than ${MOST_VALUES} values`);
    return values;
  }
  return readOne(type, text);
}

function readOne(type: Exclude<ParameterType, 'string_list' | 'id_list'>, text: string): string {
  switch (type) {
    case 'string':
      if (text.length > LONGEST) throw new ValueError(`is longer than ${LONGEST} characters`);
      if (UNWRITABLE.test(text)) throw new ValueError('holds a control character that SOQL cannot write');
      return text;
    case 'number':
      if (!NUMBER.test(text)) throw new ValueError('must be a number, such as 100 or -0.5');
      return text;
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw new ValueError('must be true or false');
      return text;
    case 'date':
      if (!DATE.test(text) || !isDay(text)) throw new ValueError('must be a day, such as 2026-11-27');
      return text;
    case 'datetime':
      if (!INSTANT.test(text) || !isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text)))
        throw new ValueError('must be an instant with its zone, such as 2026-11-27T09:30:00Z');
      return dateTimeLiteral(new Date(text));
    case 'id':
      if (!ID.test(text)) throw new ValueError('must be a Salesforce id of 15 or 18 characters');
      return text;
  }
}

/** Whether the calendar has the day: `2026-02-30` would be read as one in March. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The values of a list: commas part them, and a comma or backslash in a value stands behind a backslash. */
export function splitList(text: string): string[] {
  const values = [''];
  for (const [sign] of text.matchAll(/\\[\\,]|,|[^,\\]+|\\/gs)) {
    if (sign === ',') values.push('');
    else values[values.length - 1] += sign === '\\,' || sign === '\\\\' ? sign.slice(1) : sign;
  }
  return values;
}

/** A value as SOQL writes it at its place. Texts go through `quoteString` and its like only. */
export function literalOf(type: ParameterType, value: ParameterValue, place: Place): string {
  if (typeof value !== 'string') return `(${value.map(quoteString).join(', ')})`;
  if (place === 'starts_with') return quoteStartsWith(value);
  if (place === 'contains') return quoteContains(value);
  return type === 'string' || type === 'id' ? quoteString(value) : value;
}

/** Whether a parameter of a type may stand at a place; null: it may, else why not. */
export function misfit(type: ParameterType, place: Place): string | null {
  const isList = type === 'string_list' || type === 'id_list';
  if (place === 'list') return isList ? null : 'Behind IN goes a list, or values in parentheses.';
  if (isList) return 'A list goes behind IN, NOT IN, INCLUDES or EXCLUDES only.';
  if (place === 'count') return type === 'number' ? null : 'Behind LIMIT and OFFSET goes a number.';
  if (place === 'value') return null;
  return type === 'string' ? null : 'A percent sign goes with a parameter of the type string.';
}

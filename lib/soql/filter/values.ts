import { dateTimeLiteral, quoteString } from '@/lib/soql/quote';
import { parseDateLiteral } from './date-literals';
import { isDay } from './day-bounds';

/** How SOQL writes the values of a field. */
export type ValueType =
  | 'text'
  | 'multiPicklist'
  | 'id'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'time';

/** By Salesforce's field types (SOAP API Developer Guide, "Field Types"); what is not here has no literal. */
const TYPES: Readonly<Record<string, ValueType>> = {
  string: 'text',
  textarea: 'text',
  picklist: 'text',
  combobox: 'text',
  encryptedstring: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  multipicklist: 'multiPicklist',
  id: 'id',
  reference: 'id',
  int: 'integer',
  long: 'integer',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
};

/** How values of a field of this describe type are written; null: it cannot stand in a condition. */
export function valueTypeOf(describeType: string): ValueType | null {
  return Object.hasOwn(TYPES, describeType) ? (TYPES[describeType] ?? null) : null;
}

const MAX_INTEGER = 2_147_483_647;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?Z?$/;

/** What a type takes, for the sentence that says why a value was left out. */
export const EXPECTED: Readonly<Record<ValueType, string>> = {
  text: 'a text',
  multiPicklist: 'a value of the list',
  id: 'the id of a record',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  dateTime: 'a date or a moment',
  time: 'a time of day',
};

/** A value as SOQL writes it; null when it is none of its type. Days of a `dateTime` are bounds, not literals. */
export function literalOf(type: ValueType, value: string): string | null {
  switch (type) {
    case 'text':
      return value === '' ? null : quoteString(value);
    case 'multiPicklist':
      return value === '' || value.includes(';') ? null : quoteString(value);
    case 'id':
      return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value) ? quoteString(value) : null;
    case 'integer':
      return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= MAX_INTEGER ? value : null;
    case 'number':
      return /^-?\d{1,18}(?:\.\d{1,18})?$/.test(value) ? value : null;
    case 'boolean':
      return value === 'true' || value === 'false' ? value : null;
    case 'date':
      return isDay(value) || parseDateLiteral(value) ? value : null;
    case 'dateTime':
      return parseDateLiteral(value) ? value : instantLiteral(value);
    case 'time':
      return TIME.test(value) ? timeLiteral(value) : null;
  }
}

function instantLiteral(value: string): string | null {
  const day = value.slice(0, 10);
  const instant = INSTANT.test(value) && isDay(day) ? new Date(value) : null;
  return instant === null || Number.isNaN(instant.getTime()) ? null : dateTimeLiteral(instant);
}

/** `HH:mm:ss.SSSZ`, the one form that a time field is compared with. */
function timeLiteral(value: string): string {
  const [hours, minutes, seconds = '0'] = value.replace('Z', '').split(':');
  const [whole = '0', fraction = ''] = seconds.split('.');
  return `${hours}:${minutes}:${whole.padStart(2, '0')}.${fraction.padEnd(3, '0')}Z`;
}

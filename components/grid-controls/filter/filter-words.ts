import { formatDate, formatDateTime } from '@/lib/format/dates';
import { formatNumber, formatPercent } from '@/lib/format/numbers';
import type { GridColumn } from '@/lib/records/types';
import { dateLiteralWords } from '@/lib/soql/filter/date-literals';
import { operatorWords } from '@/lib/soql/filter/operators';
import { isGroup } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';

/** What turns a filter's names and values into words. */
export interface FilterVocabulary {
  columnOf: (name: string) => GridColumn | undefined;
  /** The name of a record; undefined: not known here. */
  nameOf: (id: string) => string | undefined;
  /** BCP 47. */
  locale: string;
  /** IANA. */
  timeZone: string;
}

const MAX_VALUES = 4;

/** A condition as one reads it: “Industry is Banking or Energy”. A field that is not known goes by its API name. */
export function conditionWords(condition: FilterCondition, vocabulary: FilterVocabulary): string {
  const { field, operator, values } = condition;
  const column = vocabulary.columnOf(field);
  const label = column?.label ?? field;
  const say = (value: string) => valueWords(value, column, vocabulary);
  const [first = '', second = ''] = values;
  const verb = operatorWords(operator, column?.kind ?? 'text');
  switch (operator) {
    case 'empty':
    case 'notEmpty':
    case 'isMe':
      return `${label} ${verb}`;
    case 'relative':
      return `${label} ${relativeWords(first)}`;
    case 'between':
      return `${label} ${verb} ${say(first)} and ${say(second)}`;
    case 'in':
    case 'notIn':
      return `${label} ${operator === 'in' ? 'is' : 'is not'} ${listed(values.map(say), 'or')}`;
    case 'includesAny':
      return `${label} includes ${listed(values.map(say), 'or')}`;
    case 'includesAll':
      return `${label} includes ${listed(values.map(say), 'and')}`;
    case 'excludes':
      return `${label} does not include ${listed(values.map(say), 'or')}`;
    default: {
      const literal = operator === 'eq' ? dateLiteralWords(first) : null;
      return literal === null ? `${label} ${verb} ${say(first)}` : `${label} ${relativeWords(first)}`;
    }
  }
}

/** A whole filter in words, groups in groups in parentheses. */
export function filterWords(group: FilterGroup, vocabulary: FilterVocabulary): string {
  const parts = group.of.map((part) => {
    if (!isGroup(part)) return conditionWords(part, vocabulary);
    const words = filterWords(part, vocabulary);
    return part.of.length > 1 ? `(${words})` : words;
  });
  return parts.join(group.match === 'all' ? ' and ' : ' or ');
}

/** “is in the last 30 days”, “is this week”. */
function relativeWords(literal: string): string {
  const words = dateLiteralWords(literal) ?? literal;
  return words.startsWith('the ') ? `is in ${words}` : `is ${words}`;
}

/** One value of a field as its cells show it. */
function valueWords(
  value: string,
  column: GridColumn | undefined,
  { nameOf, locale, timeZone }: FilterVocabulary,
): string {
  switch (column?.kind) {
    case 'picklist':
    case 'multiPicklist':
      return column.options?.find((option) => option.value === value)?.label ?? value;
    case 'reference':
      return nameOf(value) ?? value;
    case 'boolean':
      return value === 'true' ? 'yes' : 'no';
    case 'number':
    case 'currency':
      return numberWords(value, (number) => formatNumber(number, { locale, scale: 20 }));
    case 'percent':
      return numberWords(value, (number) => formatPercent(number, { locale, scale: 20 }));
    case 'date':
    case 'dateTime':
      return dateLiteralWords(value) ?? dayWords(value, locale, timeZone);
    case 'time':
      return value;
    default:
      return `“${value}”`;
  }
}

function numberWords(value: string, words: (number: number) => string): string {
  const number = Number(value);
  return value.trim() === '' || Number.isNaN(number) ? value : words(number);
}

function dayWords(value: string, locale: string, timeZone: string): string {
  return value.length > 10 ? formatDateTime(value, { locale, timeZone }) : formatDate(value, { locale });
}

function listed(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length <= 1) return words[0] ?? 'nothing';
  if (words.length > MAX_VALUES) {
    const shown = words.slice(0, MAX_VALUES - 1);
    return `${shown.join(', ')} ${last} ${words.length - shown.length} more`;
  }
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

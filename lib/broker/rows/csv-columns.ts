import { type FieldType, parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Row } from '@/lib/broker/rows/query-pages';
import { AppError } from '@/lib/errors';
import { csvCell } from '@/lib/format/csv';

/** A column of a CSV file: its name, and where its value stands in a row. */
export interface CsvColumn {
  name: string;
  path: string[];
}

/**
 * The columns of a query in its own order, parents as `Account.Name`. Of `FIELDS()` they are those of the first row. Throws
 * INVALID_INPUT for what is no table: subqueries and TYPEOF.
 */
export function csvColumns(soql: string, first: Row | undefined): CsvColumn[] {
  const { fields = [] } = parseQuery(soql);
  if (fields.some(({ type }) => type === 'FieldSubquery' || type === 'FieldTypeof')) {
    throw new AppError('INVALID_INPUT', 'A query with subqueries or TYPEOF is no table.', {
      nextStep: 'Ask for the format ndjson.',
    });
  }
  let unnamed = 0;
  return fields.flatMap((field): CsvColumn[] => {
    if (isEveryField(field)) return Object.keys(first ?? {}).map((name) => ({ name, path: [name] }));
    const name = nameOf(field) ?? `expr${unnamed++}`;
    return [{ name, path: name.split('.') }];
  });
}

function isEveryField(field: FieldType): boolean {
  return field.type === 'FieldFunctionExpression' && /^fields$/i.test(field.functionName);
}

/** Null: Salesforce makes one up, `expr0` and so on. */
function nameOf(field: FieldType): string | null {
  if ('alias' in field && field.alias) return field.alias;
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return null;
}

/** A line of CSV. `defuse: false`: values as they are, also those that a spreadsheet would run. */
export function csvRow(values: readonly string[], defuse: boolean): string {
  return `${values.map((value) => (defuse ? csvCell(value) : quoted(value))).join(',')}\r\n`;
}

/** The values of a row, empty where there is none; a compound value, such as an address, as JSON. */
export function csvValues(row: Row, columns: readonly CsvColumn[]): string[] {
  return columns.map(({ path }) => {
    let value: unknown = row;
    for (const step of path) value = memberOf(value, step);
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** SOQL does not mind case, and an answer has its own. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const row = value as Row;
  if (name in row) return row[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(row).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? null : row[key];
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

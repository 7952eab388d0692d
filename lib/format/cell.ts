import { formatDate, formatDateTime } from './dates';
import { formatMoney } from './money';
import { formatNumber, formatPercent } from './numbers';

export interface CellOptions {
  /** BCP 47. */
  locale: string;
  /** IANA. */
  timeZone: string;
  /** ISO 4217 code of the record's amounts; null: unknown. */
  currency: string | null;
  scale: number;
}

/**
 * A cell's value as text, the same on server and client. Null is the empty string; a value that does not fit its kind
 * is shown as it is, never dropped. `kind` is a `ColumnKind` of lib/records.
 */
export function formatCell(kind: string, value: unknown, options: CellOptions): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return formatNumeric(kind, value, options);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return formatText(kind, value, options);
  return formatReference(value);
}

function formatNumeric(kind: string, value: number, options: CellOptions): string {
  if (kind === 'currency') return formatMoney(value, options);
  if (kind === 'percent') return formatPercent(value, options);
  return kind === 'number' ? formatNumber(value, options) : String(value);
}

function formatText(kind: string, value: string, options: CellOptions): string {
  if (kind === 'date') return formatDate(value, options);
  if (kind === 'dateTime') return formatDateTime(value, options);
  return kind === 'picklist' ? value.split(';').join(', ') : value;
}

function formatReference(value: object | unknown): string {
  const { id, name } = value as { id?: unknown; name?: unknown };
  if (typeof name === 'string') return name;
  return typeof id === 'string' ? id : JSON.stringify(value);
}

import { formatDate, formatDateTime, formatTime } from './dates';
import { htmlToLine } from './html/html-to-line';
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
  /** What a picklist calls its values. */
  labels?: ReadonlyMap<string, string>;
}

/**
 * A cell's value as one line of text, the same on server and client. Null is the empty string; a value that does not
 * fit its kind is shown as it is, never dropped. `kind` is a `ColumnKind` of lib/records.
 */
export function formatCell(kind: string, value: unknown, options: CellOptions): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return formatNumeric(kind, value, options);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return formatText(kind, value, options);
  return kind === 'address' ? formatAddress(value) : formatReference(value);
}

/** The labels of a multi-select picklist's value, in its order. */
export function multiPicklistLabels(value: string, labels?: ReadonlyMap<string, string>): string[] {
  return value.split(';').map((choice) => labels?.get(choice) ?? choice);
}

function formatNumeric(kind: string, value: number, options: CellOptions): string {
  if (kind === 'currency') return formatMoney(value, options);
  if (kind === 'percent') return formatPercent(value, options);
  if (kind === 'count') return formatNumber(value, { ...options, scale: 0 });
  return kind === 'number' ? formatNumber(value, options) : String(value);
}

function formatText(kind: string, value: string, options: CellOptions): string {
  switch (kind) {
    case 'date':
      return formatDate(value, options);
    case 'dateTime':
      return formatDateTime(value, options);
    case 'time':
      return formatTime(value, options);
    case 'picklist':
      return options.labels?.get(value) ?? value;
    case 'multiPicklist':
      return multiPicklistLabels(value, options.labels).join(', ');
    case 'richText':
      return htmlToLine(value);
    default:
      return value;
  }
}

/** Street, postal code and city, state, country: in one line, without what is empty. */
function formatAddress(value: unknown): string {
  const { street, city, state, postalCode, country } = value as Partial<Record<string, string | null>>;
  const place = [postalCode, city].filter(Boolean).join(' ');
  return [street?.replace(/\s*\r?\n\s*/g, ', '), place, state, country].filter(Boolean).join(', ');
}

function formatReference(value: unknown): string {
  const { id, name } = value as { id?: unknown; name?: unknown };
  if (typeof name === 'string') return name;
  return typeof id === 'string' ? id : JSON.stringify(value);
}

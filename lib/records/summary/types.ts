import type { ColumnKind, ReadCost } from '@/lib/records/types';

/** What Salesforce says of one column over all rows of a grid. */
export interface ColumnSummary {
  name: string;
  label: string;
  kind: ColumnKind;
  /** Digits after the decimal point. */
  scale: number;
  /** Rows that have a value. */
  filled: number;
  /** Null: there is none, as of dates, of shares of different wholes, or of no values. */
  sum: number | null;
  average: number | null;
  /** A number, or a date as Salesforce writes it. */
  smallest: number | string | null;
  largest: number | string | null;
}

/** A summary of all rows that a grid's filter holds, not only of those that were read. */
export interface GridSummary extends ReadCost {
  rows: number;
  columns: ColumnSummary[];
  /** What was asked for and is not in it. */
  left: Array<{ label: string; why: string }>;
  /** ISO 4217 code of the amounts; null: not known. */
  currency: string | null;
  /** Salesforce converted amounts of several currencies into the corporate one. */
  converted: boolean;
  /** The statement as sent to Salesforce. */
  soql: string;
}

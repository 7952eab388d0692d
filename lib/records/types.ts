import type { ApiBudget } from '@/lib/salesforce/types';
import type { GridState } from '@/lib/soql/types';

export type { GridState, SortKey } from '@/lib/soql/types';

/** How a cell is shown. Decided from describe, never from the value. */
export type ColumnKind =
  | 'text'
  | 'longText'
  | 'number'
  | 'currency'
  | 'percent'
  | 'date'
  | 'dateTime'
  | 'boolean'
  | 'picklist'
  | 'reference'
  | 'url'
  | 'email'
  | 'phone';

export interface GridColumn {
  /** Field API name; a reference column is named by its id field, such as `OwnerId`. */
  name: string;
  label: string;
  kind: ColumnKind;
  sortable: boolean;
  /** Digits after the decimal point for numbers, currency and percent. */
  scale: number;
  /** The object's name field: links to the record itself. */
  isName: boolean;
}

/** Value of a reference cell. */
export type ReferenceCell = { id: string; name: string | null } | null;

/** One window of rows: compact, columnar, JSON-safe. `values[c][r]` is the cell of column c in row r. */
export interface GridWindow {
  sobject: string;
  label: string;
  labelPlural: string;
  columns: GridColumn[];
  /** Wanted columns that this Salesforce user cannot see, by API name. */
  hiddenColumns: string[];
  ids: string[];
  values: unknown[][];
  /** ISO 4217 code of each row's amounts; null: the org's one currency in `currency`. */
  currencies: Array<string | null> | null;
  currency: string | null;
  /** What is shown: the sort in use, and the page that exists. */
  state: GridState;
  /** What of the wanted state could not be shown, and why, for the reader. */
  notices: string[];
  /** Rows in a full window. */
  pageSize: number;
  total: number;
  /** Origin for links to the record in Salesforce. */
  instanceUrl: string;
  locale: string;
  timeZone: string;
  /** Salesforce API calls that this window cost, and what the org has left. */
  calls: number;
  budget: ApiBudget | null;
  /** ISO instant of the answer. */
  asOf: string;
}

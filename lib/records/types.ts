import type { ApiBudget } from '@/lib/salesforce/types';
import type { GridState } from '@/lib/soql/types';

export type { FilterCondition, FilterGroup, FilterOperator, GridState, SortKey } from '@/lib/soql/types';

/** How a cell is shown. Decided from describe, never from the value. */
export type ColumnKind =
  | 'text'
  | 'longText'
  | 'richText'
  | 'number'
  | 'currency'
  | 'percent'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'boolean'
  | 'picklist'
  | 'multiPicklist'
  | 'reference'
  | 'address'
  | 'url'
  | 'email'
  | 'phone'
  /** How many child records there are: `count(Contacts)`. */
  | 'count';

export interface PicklistOption {
  value: string;
  label: string;
  active: boolean;
}

export interface GridColumn {
  /** A field path (`Name`, `Owner.Name`), the id field of a lookup (`OwnerId`), or `count(<child relationship>)`. */
  name: string;
  label: string;
  kind: ColumnKind;
  sortable: boolean;
  /** Which filter operators it knows follows from its kind. */
  filterable: boolean;
  /** Digits after the decimal point for numbers, currency and percent. */
  scale: number;
  /** The object's name field: links to the record itself. */
  isName: boolean;
  /** A formula or roll-up summary. */
  isCalculated: boolean;
  /** Of a picklist: its values in their order, with labels. */
  options?: PicklistOption[];
  /** Of a lookup: API names of what it may point to. */
  referenceTo?: string[];
}

/** Why a wanted column is not there. `unknown`: nothing that Orgdock may read tells. */
export interface MissingColumn {
  name: string;
  reason: 'hidden' | 'absent' | 'newer_version' | 'not_a_column' | 'unknown';
  /** A whole sentence for the reader, such as “Not visible to you: … field-level security.” */
  words: string;
}

/** Value of a reference cell. */
export type ReferenceCell = { id: string; name: string | null } | null;

/** Value of an address cell, as Salesforce answers compound addresses. */
export interface AddressCell {
  street: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
}

/** What calls have cost, and what the org has left. */
export interface ReadCost {
  calls: number;
  budget: ApiBudget | null;
  /** ISO instant of the answer. */
  asOf: string;
}

/** Some rows of a list that follow each other. `values[c][r]` is the cell of column c in row r. */
export interface RowWindow extends ReadCost {
  /** Of the first row in the whole list, from 0. */
  offset: number;
  ids: string[];
  /** Names of the columns in the order of `values`. A field that was taken away meanwhile is not among them any more. */
  columns: string[];
  values: unknown[][];
  /** ISO 4217 code of each row's amounts; null: the org has one currency. */
  currencies: Array<string | null> | null;
  /** Rows of the whole list. */
  total: number;
  /**
   * Names the open list at Salesforce, to be sent back with the next request: `<locator>` or `<locator>@<row of the grid
   * at which it begins>`. Null: every row is here.
   */
  list: string | null;
  /** Opaque: where the last row stands, to go on from when the list was let go of. Null without rows. */
  cursor: string | null;
  /** Of a jump, which opens the list anew: the row where the value begins, from 0. */
  jumpedTo?: number;
  notices: string[];
}

/** What a jump to a value asks for: a value of the list’s first sort key. */
export interface GridJump {
  kind: 'text' | 'date' | 'dateTime' | 'number';
  /** As in `GridState.sort`. */
  field: string;
  label: string;
  descending: boolean;
}

/** What a grid shows: its columns, and its first rows. Compact, columnar, JSON-safe. */
export interface GridWindow {
  connectionId: string;
  sobject: string;
  label: string;
  labelPlural: string;
  columns: GridColumn[];
  missing: MissingColumn[];
  /** What is in use: sort, search, filter, columns and view. */
  state: GridState;
  notices: string[];
  rows: RowWindow;
  /** ISO 4217; null: amounts have their own, or it is not known. */
  currency: string | null;
  /** Null: this order knows no jump to a value, and `jumpWords` says why. */
  jump: GridJump | null;
  jumpWords: string | null;
  /** The statement as sent to Salesforce. */
  soql: string;
  /** Origin for links to the record in Salesforce. */
  instanceUrl: string;
  /** Salesforce id of the connection’s user, for “is me”. */
  userId: string;
  locale: string;
  timeZone: string;
}

/** How a grid is drawn. Kept for each person and object, and in saved views. */
export interface GridLayout {
  density: 'compact' | 'comfortable';
  wrap: boolean;
  rowNumbers: boolean;
  /** Pixels by column name. */
  widths: Record<string, number>;
  /** Columns that stay in place besides the first. */
  pinned: string[];
}

/** What a saved view holds. */
export interface GridViewState {
  sort: GridState['sort'];
  q: string;
  filter: GridState['filter'];
  columns: string[] | null;
  layout: GridLayout | null;
}

/** A view of an object's grid. */
export interface GridView {
  /** UUID of a saved view, or the name of a ready-made one such as `my-accounts`. */
  id: string;
  name: string;
  /** What a ready-made one shows, in a sentence; null for saved ones. */
  description: string | null;
  origin: 'ready_made' | 'mine' | 'shared';
  /** Who shared it; null for one's own and ready-made ones. */
  owner: string | null;
  isShared: boolean;
  isDefault: boolean;
  state: GridViewState;
}

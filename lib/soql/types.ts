export interface SortKey {
  /** A field path from describe, such as `Name` or `Owner.Name`. */
  field: string;
  descending: boolean;
}

/** What a condition asks of a field. Which ones a field's type knows: `OPERATORS` of lib/soql/filter. */
export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'between'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'in'
  | 'notIn'
  | 'includesAny'
  | 'includesAll'
  | 'excludes'
  | 'relative'
  | 'isMe'
  | 'empty'
  | 'notEmpty';

/** One condition. Values are text as the URL holds them: numbers with a point, ISO dates, `true`, ids, date literals. */
export interface FilterCondition {
  field: string;
  operator: FilterOperator;
  values: string[];
}

/** Conditions that must all hold, or of which any must. An empty group holds for every row. */
export interface FilterGroup {
  match: 'all' | 'any';
  of: Array<FilterCondition | FilterGroup>;
}

/**
 * A grid's state as its URL holds it:
 * `?view=<id>&sort=-AnnualRevenue,Name&q=acme&filter=…&columns=Name,Owner.Name,count(Contacts)&row=250000`.
 * What the URL leaves out comes from the view, and then from the object.
 */
export interface GridState {
  /** Empty: as the view or the object has it. */
  sort: SortKey[];
  q: string;
  filter: FilterGroup | null;
  /** Column names; null: as the view or the object has them. */
  columns: string[] | null;
  /** Id of a saved view or name of a ready-made one; `all`: none; null: the reader's default. */
  view: string | null;
  /** The row to show first, from 1. */
  row: number;
}

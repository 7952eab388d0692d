export interface SortKey {
  field: string;
  descending: boolean;
}

/** A grid's state as its URL holds it: `?sort=-AnnualRevenue,Name&q=acme&page=2`. */
export interface GridState {
  sort: SortKey[];
  q: string;
  /** From 1. */
  page: number;
}

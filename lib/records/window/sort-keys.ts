import {
  type ColumnSources,
  isMultiCurrency,
  type SelectedColumn,
  selectColumns,
} from '@/lib/records/columns/select-columns';
import type { GridJump } from '@/lib/records/types';
import type { FieldDescribe } from '@/lib/salesforce/types';
import type { Comparison, OrderKey } from '@/lib/soql/keyset';
import type { SortKey } from '@/lib/soql/types';

/** A sort that this reader can have: what of it is in use, and what it is made of. */
export interface GridOrder {
  sort: SortKey[];
  /** The columns of the keys, shown or not: each key is read with the rows. */
  columns: SelectedColumn[];
  keys: OrderKey[];
  jump: GridJump | null;
  jumpWords: string | null;
  notices: string[];
}

/** Types whose ORDER BY is the order of their comparisons. Picklists are ordered by their list, which WHERE cannot do. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  string: 'text',
  textarea: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  id: 'id',
  reference: 'id',
  int: 'number',
  long: 'number',
  double: 'number',
  percent: 'number',
  currency: 'number',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  boolean: 'boolean',
};

/** The wanted keys that can be sorted by; without any, the object's name. */
export function orderOf(wanted: readonly SortKey[], sources: ColumnSources): GridOrder {
  const usable: Array<{ key: SortKey; found: SelectedColumn; order: OrderKey }> = [];
  const notices: string[] = [];
  for (const key of wanted.length > 0 ? wanted : byName(sources)) {
    const found = selectColumns([key.field], sources).selected[0];
    if (!found?.sort) notices.push(`The list cannot be sorted by “${key.field}”, so that was left out.`);
    else if (!usable.some(({ order }) => order.path === found.sort?.path)) {
      const { field, path } = found.sort;
      // A checkbox is never empty, but one of a parent is where there is no parent.
      const emptied = field?.type === 'boolean' && path.includes('.');
      const comparison = emptied ? null : comparisonOf(field, isMultiCurrency(sources.graph));
      usable.push({ key, found, order: { path, descending: key.descending, comparison } });
    }
  }
  if (usable.length === 0 && wanted.length > 0) {
    return { ...orderOf([], sources), notices };
  }
  return {
    sort: usable.map(({ key }) => key),
    columns: usable.map(({ found }) => found),
    keys: usable.map(({ order }) => order),
    ...jumpOf(usable[0]),
    notices,
  };
}

function byName({ graph }: ColumnSources): SortKey[] {
  const name = graph.root.fields.find(({ nameField, sortable }) => nameField && sortable);
  return name ? [{ field: name.name, descending: false }] : [];
}

/** Null field: the name of what a lookup points to. */
function comparisonOf(field: FieldDescribe | null, multiCurrency: boolean): Comparison | null {
  if (field === null) return 'text';
  // Amounts are ordered in the corporate currency, and compared by their numbers.
  if (!field.filterable || field.caseSensitive || (field.type === 'currency' && multiCurrency)) return null;
  return COMPARISONS[field.type] ?? null;
}

const JUMPS: Partial<Record<Comparison, GridJump['kind']>> = {
  text: 'text',
  number: 'number',
  date: 'date',
  dateTime: 'dateTime',
};

function jumpOf(
  first: { key: SortKey; found: SelectedColumn; order: OrderKey } | undefined,
): Pick<GridOrder, 'jump' | 'jumpWords'> {
  if (!first) return { jump: null, jumpWords: 'The list has no sorted column to jump in.' };
  const { key, found, order } = first;
  const { label } = found.column;
  const kind = order.comparison === null ? undefined : JUMPS[order.comparison];
  if (kind) return { jump: { kind, field: key.field, label, descending: key.descending }, jumpWords: null };
  const words =
    found.column.kind === 'picklist'
      ? `Salesforce orders ${label} as its list of values is ordered, which cannot be searched. Filter by ${label} instead.`
      : found.column.kind === 'currency'
        ? `${label} holds several currencies, so Salesforce cannot find an amount in its order.`
        : `There is nothing to jump to in the order of ${label}.`;
  return { jump: null, jumpWords: words };
}

import { formatFilter, parseFilter } from './filter-text';
import { isFieldPath } from './identifier';
import { formatSort, parseSort } from './sort';
import type { GridState } from './types';

const MAX_SEARCH_LENGTH = 200;
const MAX_ROW = 50_000_000;
const MAX_COLUMNS = 1_000;
const CHILD_COUNT = /^count\([A-Za-z]\w{0,79}\)$/;
const VIEW = /^[a-z0-9-]{1,40}$/;

/** A page's `searchParams` as Next gives them. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a grid's state from its URL. Nothing in a URL is an error: what cannot be read is the default. */
export function parseGridState(params: URLSearchParams | SearchParams): GridState {
  const read = (name: string) => {
    if (params instanceof URLSearchParams) return params.get(name) ?? '';
    const value = params[name];
    return (typeof value === 'string' ? value : value?.[0]) ?? '';
  };
  return {
    sort: parseSort(read('sort')),
    q: normalizeSearch(read('q')),
    filter: parseFilter(read('filter')),
    columns: parseColumns(read('columns')),
    view: VIEW.test(read('view')) ? read('view') : null,
    row: parseRow(read('row')),
  };
}

/** The query string of a state without its `?`; defaults are left out. */
export function formatGridState(state: GridState): string {
  const params = new URLSearchParams();
  if (state.view !== null) params.set('view', state.view);
  if (state.sort.length > 0) params.set('sort', formatSort(state.sort));
  if (state.q !== '') params.set('q', state.q);
  if (state.filter !== null) params.set('filter', formatFilter(state.filter));
  if (state.columns !== null) params.set('columns', state.columns.join(','));
  if (state.row > 1) params.set('row', String(state.row));
  return params.toString().replaceAll('%2C', ',').replaceAll('%28', '(').replaceAll('%29', ')');
}

/** Reads `Name,Owner.Name,count(Contacts)`; null when no column is named. Order counts, repetition does not. */
export function parseColumns(text: string): string[] | null {
  const names = text.split(',').map((name) => name.trim());
  const usable = names.filter((name) => isFieldPath(name) || CHILD_COUNT.test(name));
  return usable.length > 0 ? [...new Set(usable)].slice(0, MAX_COLUMNS) : null;
}

/** The child relationship that a column counts, such as `Contacts`; null for any other column. */
export function countedRelationship(column: string): string | null {
  return CHILD_COUNT.test(column) ? column.slice('count('.length, -1) : null;
}

/** What is searched for: without outer spaces, at most 200 characters, never half a character. */
export function normalizeSearch(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd').trim();
  return [...whole].slice(0, MAX_SEARCH_LENGTH).join('').trim();
}

function parseRow(text: string): number {
  const row = /^\d{1,8}$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(row, 1), MAX_ROW);
}

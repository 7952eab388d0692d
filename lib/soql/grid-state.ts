import { formatSort, parseSort } from './sort';
import type { GridState } from './types';

const MAX_SEARCH_LENGTH = 200;
const MAX_PAGE = 1_000_000;

/** A page's `searchParams` as Next gives them. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a grid's state from its URL. Nothing in a URL is an error: what cannot be read is the default. */
export function parseGridState(params: URLSearchParams | SearchParams): GridState {
  const read = (name: string) => {
    if (params instanceof URLSearchParams) return params.get(name) ?? '';
    const value = params[name];
    return (typeof value === 'string' ? value : value?.[0]) ?? '';
  };
  return { sort: parseSort(read('sort')), q: normalizeSearch(read('q')), page: parsePage(read('page')) };
}

/** The query string of a state without its `?`; defaults are left out. */
export function formatGridState(state: GridState): string {
  const params = new URLSearchParams();
  if (state.sort.length > 0) params.set('sort', formatSort(state.sort));
  if (state.q !== '') params.set('q', state.q);
  if (state.page > 1) params.set('page', String(state.page));
  return params.toString().replaceAll('%2C', ',');
}

/** What is searched for: without outer spaces, at most 200 characters, never half a character. */
export function normalizeSearch(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd').trim();
  return [...whole].slice(0, MAX_SEARCH_LENGTH).join('').trim();
}

function parsePage(text: string): number {
  const page = /^\d{1,7}$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(page, 1), MAX_PAGE);
}

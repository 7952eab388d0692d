import { formatFilter } from './filter-text';
import { formatSort } from './sort';
import type { FilterGroup, GridState } from './types';

/** The part of a saved view that a URL holds as well. */
interface ViewContent {
  sort: GridState['sort'];
  q: string;
  filter: FilterGroup | null;
  columns: string[] | null;
}

interface View {
  id: string;
  state: ViewContent;
}

/** What is shown: what the URL leaves out comes from the view. An empty group of the URL stands for no filter. */
export function fillFromView(state: GridState, view: View | null): GridState {
  const base = view?.state ?? { sort: [], q: '', filter: null, columns: null };
  const filter = state.filter ?? base.filter;
  return {
    sort: state.sort.length > 0 ? state.sort : base.sort,
    q: state.q === '' ? base.q : state.q,
    filter: filter?.of.length === 0 ? null : filter,
    columns: state.columns ?? base.columns,
    view: view?.id ?? (state.view === 'all' ? 'all' : null),
    row: state.row,
  };
}

/**
 * The URL's state after a change. `view` is the one in use: taking its filter away leaves an empty group in the URL, and
 * taking its search or its sort away leaves the view, since a URL cannot say that.
 */
export function changeGridState(state: GridState, view: View | null, patch: Partial<GridState>): GridState {
  const next = { ...state, ...patch };
  if (view === null || (patch.view !== undefined && patch.view !== view.id)) return next;
  const unsorts = patch.sort?.length === 0 && view.state.sort.length > 0;
  if (unsorts || (patch.q === '' && view.state.q !== '')) {
    return { ...fillFromView(state, view), ...patch, view: 'all' };
  }
  if (patch.filter === null && view.state.filter !== null) next.filter = { match: 'all', of: [] };
  return next;
}

/** Whether what the URL says differs from the view that it names. */
export function isViewEdited(state: GridState, view: View | null): boolean {
  const shown = fillFromView(state, view);
  const kept = fillFromView({ ...state, sort: [], q: '', filter: null, columns: null }, view);
  return contentText(shown) !== contentText(kept);
}

function contentText({ sort, q, filter, columns }: GridState): string {
  return JSON.stringify([formatSort(sort), q, filter === null ? '' : formatFilter(filter), columns]);
}

import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { fillFromView } from '@/lib/soql/view-state';
import type { GridLayout, GridState, GridView } from '../types';
import { openViews, type ViewsOfObject } from './queries';
import { readyMadeViews } from './ready-made';

export interface ResolvedView {
  /** What is to be shown; `view` names the view in use, `all` when none was wanted. */
  state: GridState;
  view: GridView | null;
  /** What the reader can choose from: their own, shared ones, ready-made ones. */
  views: GridView[];
  /** Of the view, else the reader's own; null: as Orgdock has it. */
  layout: GridLayout | null;
  isFavourite: boolean;
  notices: string[];
}

/**
 * Fills what the URL leaves out from the view that it names, else from the reader's default; and notes that the object was
 * opened. A view that is not there is a notice, not an error.
 */
export async function resolveView(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
  state: GridState,
): Promise<ResolvedView> {
  const opened = await openViews(ctx, connection, sobject);
  const { defaultView, layout, isFavourite } = opened;
  const views = withReadyMade(sobject, opened);
  const wanted = state.view === 'all' ? null : (state.view ?? defaultView);
  const view = views.find(({ id }) => id === wanted) ?? null;
  const isGone = wanted !== null && view === null;
  return {
    state: fillFromView(isGone ? { ...state, view: 'all' } : state, view),
    view,
    views,
    layout,
    isFavourite,
    notices: isGone ? [state.view === null ? DEFAULT_IS_GONE : VIEW_IS_GONE] : [],
  };
}

/** What a person can choose from for an object's grid: their own, shared ones, ready-made ones. */
export async function listViews(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
): Promise<GridView[]> {
  return withReadyMade(sobject, await openViews(ctx, connection, sobject));
}

function withReadyMade(sobject: string, { saved, defaultView }: ViewsOfObject): GridView[] {
  const ready = readyMadeViews(sobject).map((view) => ({ ...view, isDefault: view.id === defaultView }));
  return [...saved, ...ready];
}

const VIEW_IS_GONE =
  'This view is not there any more, or is not shared with you. All records are shown instead.';
const DEFAULT_IS_GONE =
  'Your default view is not there any more, or is not shared with you. All records are shown; choose another default in the menu of views.';

'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { GridLayout, GridState, GridView } from '@/lib/records/types';
import { changeGridState, fillFromView } from '@/lib/soql/view-state';
import type { ChangeKind } from './use-grid-url';

interface GridViewsOptions {
  state: GridState;
  changeUrl: (patch: Partial<GridState>, kind?: ChangeKind) => void;
  views: readonly GridView[] | undefined;
  /** How the reader wants the object drawn without a view. */
  kept: GridLayout | null | undefined;
  setLayout: (patch: Partial<GridLayout>, keep?: 'keep' | 'show') => void;
}

/** The view in use: fills what the URL leaves out, says what a change means with it, and brings how it is drawn. */
export function useGridViews({ state, changeUrl, views, kept, setLayout }: GridViewsOptions) {
  const view = useMemo(() => {
    if (state.view === 'all') return null;
    return views?.find(({ id, isDefault }) => (state.view === null ? isDefault : id === state.view)) ?? null;
  }, [views, state.view]);
  const filled = useMemo(() => fillFromView(state, view), [state, view]);
  const latest = useRef({ state, view });
  latest.current = { state, view };
  const change = useCallback(
    (patch: Partial<GridState>, kind?: ChangeKind) => {
      const { state, view } = latest.current;
      const next = changeGridState(state, view, patch);
      const names = Object.keys(next) as Array<keyof GridState>;
      const changed = names.filter((name) => name in patch || next[name] !== state[name]);
      changeUrl(Object.fromEntries(changed.map((name) => [name, next[name]])), kind);
    },
    [changeUrl],
  );
  const drawnFor = useRef(view?.id);
  useEffect(() => {
    if (drawnFor.current === view?.id) return;
    drawnFor.current = view?.id;
    const layout = view?.state.layout ?? kept;
    if (layout) setLayout(layout, 'show');
  }, [view, kept, setLayout]);
  return { view, filled, change };
}

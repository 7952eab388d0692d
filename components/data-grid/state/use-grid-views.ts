'use client';

import { useCallback, useMemo, useRef } from 'react';
import type { GridState, GridView } from '@/lib/records/types';
import { changeGridState, fillFromView } from '@/lib/soql/view-state';
import type { ChangeKind } from './use-grid-url';

interface GridViewsOptions {
  state: GridState;
  changeUrl: (patch: Partial<GridState>, kind?: ChangeKind) => void;
  views: readonly GridView[] | undefined;
}

/** The view in use: fills what the URL leaves out, and says what a change means with it. */
export function useGridViews({ state, changeUrl, views }: GridViewsOptions) {
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
  return { view, filled, change };
}

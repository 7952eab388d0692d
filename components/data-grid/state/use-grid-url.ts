'use client';

import { createParser, debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef } from 'react';
import type { FilterGroup, GridState, SortKey } from '@/lib/records/types';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import { parseColumns, parseGridState } from '@/lib/soql/grid-state';
import { formatSort, parseSort } from '@/lib/soql/sort';

const sort = createParser<SortKey[]>({
  parse: parseSort,
  serialize: formatSort,
  eq: (a, b) => formatSort(a) === formatSort(b),
});

const filter = createParser<FilterGroup>({
  parse: parseFilter,
  serialize: formatFilter,
  eq: (a, b) => formatFilter(a) === formatFilter(b),
});

const columns = createParser<string[]>({
  parse: parseColumns,
  serialize: (names) => names.join(','),
  eq: (a, b) => a.join() === b.join(),
});

const parsers = { sort, filter, columns, view: parseAsString, q: parseAsString, row: parseAsInteger };

const TYPING_PAUSE = 350;
const REST_PAUSE = 400;

/** How a change comes into the URL: `typing` waits for a pause; `resting` and `typing` leave no step for “back”. */
export type ChangeKind = 'step' | 'typing' | 'replace' | 'resting';

/** The grid's state as its URL has it. A change writes the URL alone; who shows rows follows it. */
export function useGridUrl() {
  const [raw, setRaw] = useQueryStates(parsers, { shallow: true, history: 'push' });
  const state = useMemo<GridState>(
    () => ({
      ...parseGridState({ q: raw.q ?? '', view: raw.view ?? '', row: String(raw.row ?? 1) }),
      sort: raw.sort ?? [],
      filter: raw.filter,
      columns: raw.columns,
    }),
    [raw],
  );
  const write = useCallback(
    (patch: Partial<GridState>, kind: ChangeKind) => {
      const elsewhere = 'sort' in patch || 'q' in patch || 'filter' in patch || 'view' in patch;
      const next = elsewhere ? { row: 1, ...patch } : patch;
      void setRaw(
        {
          ...('sort' in next ? { sort: next.sort?.length ? next.sort : null } : {}),
          ...('q' in next ? { q: next.q || null } : {}),
          ...('filter' in next ? { filter: next.filter ?? null } : {}),
          ...('columns' in next ? { columns: next.columns ?? null } : {}),
          ...('view' in next ? { view: next.view ?? null } : {}),
          ...('row' in next ? { row: next.row && next.row > 1 ? next.row : null } : {}),
        },
        {
          history: kind === 'step' ? 'push' : 'replace',
          scroll: false,
          ...(kind === 'typing' ? { limitUrlUpdates: debounce(TYPING_PAUSE) } : {}),
        },
      );
    },
    [setRaw],
  );
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isLeaving = useRef(false);
  const change = useCallback(
    (patch: Partial<GridState>, kind: ChangeKind = 'step') => {
      clearTimeout(resting.current);
      if (kind !== 'resting') write(patch, kind);
      else if (!isLeaving.current) resting.current = setTimeout(() => write(patch, kind), REST_PAUSE);
    },
    [write],
  );
  /** To be called before the page is left: Next gives a navigation up when the URL is written meanwhile. */
  const leave = useCallback(() => {
    isLeaving.current = true;
    clearTimeout(resting.current);
  }, []);
  return { state, change, leave };
}

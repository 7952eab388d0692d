'use client';

import { createParser, debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import type { TransitionStartFunction } from 'react';
import type { SortKey } from '@/lib/records/types';
import { formatSort, parseSort } from '@/lib/soql/sort';

const sortParser = createParser<SortKey[]>({
  parse: parseSort,
  serialize: formatSort,
  eq: (a, b) => formatSort(a) === formatSort(b),
});

const parsers = {
  sort: sortParser.withDefault([]),
  q: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
};

const TYPING_PAUSE = 350;

/** The grid's state in the URL: every change asks the server, and can be shared as a link. */
export function useGridUrl(startTransition: TransitionStartFunction) {
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: 'push', startTransition });
  return {
    ...state,
    /** A new order starts on the first page. */
    setSort: (sort: SortKey[]) => void setState({ sort, page: 1 }),
    setPage: (page: number) => void setState({ page }),
    /** Waits for a pause in typing; `now` does not. */
    setQ: (q: string, now = false) =>
      void setState(
        { q: q || null, page: 1 },
        now ? { history: 'replace' } : { history: 'replace', limitUrlUpdates: debounce(TYPING_PAUSE) },
      ),
  };
}

'use client';

import { debounce, parseAsString, useQueryStates } from 'nuqs';
import type { TransitionStartFunction } from 'react';

const parsers = {
  q: parseAsString.withDefault(''),
  group: parseAsString,
  outcome: parseAsString,
  person: parseAsString,
  subject: parseAsString,
  period: parseAsString,
  from: parseAsString,
  to: parseAsString,
  before: parseAsString,
};

export type AuditUrlChange = Partial<Record<Exclude<keyof typeof parsers, 'q' | 'before'>, string | null>>;

const TYPING_PAUSE = 350;

/** The filter in the address: every change asks the server, from the newest entry on. */
export function useAuditUrl(startTransition: TransitionStartFunction) {
  const [{ q }, setState] = useQueryStates(parsers, { shallow: false, history: 'push', startTransition });
  return {
    q,
    set: (change: AuditUrlChange) => void setState({ ...change, before: null }),
    /** Waits for a pause in typing; `now` does not. */
    setQ: (value: string, now = false) =>
      void setState(
        { q: value || null, before: null },
        now ? { history: 'replace' } : { history: 'replace', limitUrlUpdates: debounce(TYPING_PAUSE) },
      ),
  };
}

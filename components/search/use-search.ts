'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson } from '@/components/data-grid/rows/get-json';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { SearchAnswer } from '@/lib/records/search/types';

const PAUSE = 400;
const SHORTEST = 2;

export type SearchState =
  | { step: 'idle' }
  | { step: 'asking' }
  | { step: 'answered'; q: string; answer: SearchAnswer }
  | { step: 'failed'; problem: GridFault };

const IDLE: SearchState = { step: 'idle' };

/** Searches a connection for what is typed: after a pause, or at once on `now`. Only the last question is answered. */
export function useSearch(connectionId: string) {
  const [text, setText] = useState('');
  const [state, setState] = useState<SearchState>(IDLE);
  const flight = useRef<AbortController | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const ask = useCallback(
    (wanted: string) => {
      clearTimeout(timer.current);
      flight.current?.abort();
      const abort = new AbortController();
      flight.current = abort;
      setState({ step: 'asking' });
      const path = `/api/connections/${connectionId}/search?q=${encodeURIComponent(wanted)}`;
      getJson<SearchAnswer>(path, abort.signal).then(
        (answer) => {
          if (abort.signal.aborted) return;
          setState(
            answer.ok
              ? { step: 'answered', q: wanted, answer: answer.body }
              : { step: 'failed', problem: answer.problem },
          );
        },
        () => undefined,
      );
    },
    [connectionId],
  );

  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    flight.current?.abort();
    const wanted = next.trim();
    // What was found for other words must not be opened for these.
    setState(wanted.length < SHORTEST ? IDLE : { step: 'asking' });
    if (wanted.length >= SHORTEST) timer.current = setTimeout(() => ask(wanted), PAUSE);
  };
  const now = () => {
    if (text.trim().length >= SHORTEST) ask(text.trim());
  };

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      flight.current?.abort();
    },
    [],
  );
  return { text, state, type, now };
}

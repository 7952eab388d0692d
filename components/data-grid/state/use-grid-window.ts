'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { GridState, GridWindow, RowWindow } from '@/lib/records/types';
import { formatGridState } from '@/lib/soql/grid-state';
import { alignColumns } from '../rows/align-columns';
import { getJson } from '../rows/get-json';
import { RowLoader } from '../rows/row-loader';
import { coversColumns, readKey } from './window-key';

/** A window that is shown, with the way to its further rows. */
export interface ShownWindow {
  window: GridWindow;
  loader: RowLoader;
  /** The state that it was read for, as the URL had it. */
  asked: GridState;
}

/**
 * The window for the wanted state. While Salesforce answers, and when it does not, the last good one stays; what only
 * leaves out or reorders columns costs no call.
 */
export function useGridWindow(payload: string, wanted: GridState) {
  const [shown, setShown] = useState(() => openWindow(JSON.parse(payload) as GridWindow, wanted));
  const [problem, setProblem] = useState<GridFault | null>(null);
  const [pending, setPending] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const seen = useRef({ payload, attempt });

  if (seen.current.payload !== payload) {
    seen.current.payload = payload;
    setShown(openWindow(JSON.parse(payload) as GridWindow, wanted));
    setProblem(null);
  }

  const covered = coversColumns(shown.window, shown.asked.columns, wanted.columns);
  const key = readKey(wanted, covered ? shown.asked.columns : wanted.columns);
  const shownKey = readKey(shown.asked);
  const current = useRef({ wanted, shown });
  current.current = { wanted, shown };

  useEffect(() => {
    const again = seen.current.attempt !== attempt;
    seen.current.attempt = attempt;
    setProblem(null);
    if (key === shownKey && !again) return setPending(false);
    const { wanted, shown } = current.current;
    const abort = new AbortController();
    setPending(true);
    const { connectionId, sobject } = shown.window;
    const path = `/api/connections/${connectionId}/window?sobject=${sobject}&${formatGridState(wanted)}`;
    getJson<GridWindow>(path, abort.signal).then(
      (answer) => {
        if (abort.signal.aborted) return;
        setPending(false);
        if (answer.ok) setShown(openWindow(answer.body, wanted));
        else setProblem(answer.problem);
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [key, shownKey, attempt]);

  useEffect(() => () => shown.loader.stop(), [shown]);

  const refresh = useCallback(() => setAttempt((count) => count + 1), []);
  return useMemo(() => ({ ...shown, pending, problem, refresh }), [shown, pending, problem, refresh]);
}

function openWindow(window: GridWindow, asked: GridState): ShownWindow {
  // What is in use, not what the URL says: a view that is edited meanwhile must not change the list.
  const query = `sobject=${window.sobject}&${formatGridState({ ...window.state, row: 1 })}`;
  const names = window.columns.map(({ name }) => name);
  const loader = new RowLoader(alignColumns(window.rows, names), async (place, signal) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(place)) if (value !== null) params.set(name, String(value));
    const path = `/api/connections/${window.connectionId}/rows?${query}&${params}`;
    const answer = await getJson<RowWindow>(path, signal);
    if (!answer.ok) return answer;
    const { columns, notices } = answer.body;
    const gone = window.columns
      .filter(({ name }) => !columns.includes(name))
      .map(({ label }) => `Salesforce does not give “${label}” any more.`);
    return { ok: true, body: alignColumns({ ...answer.body, notices: [...notices, ...gone] }, names) };
  });
  return { window, loader, asked };
}

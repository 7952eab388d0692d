'use client';

import { useEffect, useState } from 'react';
import { getJson } from '@/components/data-grid/rows/get-json';
import type { FieldSource } from '@/components/grid-controls/fields/field-choices';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { LookupOptions } from '@/lib/records/fields/types';
import { rememberNames } from '../known-names';

const DEBOUNCE_MS = 300;
/** Every answer costs an API call: one letter is not worth it. */
export const LEAST_LETTERS = 2;

export type LookupState =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'ready'; found: LookupOptions }
  | { kind: 'failed'; problem: GridFault };

/** Records by typed name, after a pause in typing; a newer question cancels the one before. */
export function useLookup(source: FieldSource, sobjects: readonly string[], typed: string): LookupState {
  const { connectionId } = source;
  const names = sobjects.join(',');
  const q = typed.trim();
  const [state, setState] = useState<LookupState>({ kind: 'idle' });
  useEffect(() => {
    if (q.length < LEAST_LETTERS || names === '') {
      setState({ kind: 'idle' });
      return;
    }
    const gone = new AbortController();
    setState({ kind: 'loading' });
    const timer = setTimeout(() => {
      const params = new URLSearchParams({ sobject: names, q });
      getJson<LookupOptions>(`/api/connections/${connectionId}/lookup?${params}`, gone.signal).then(
        (answer) => {
          if (gone.signal.aborted) return;
          if (answer.ok) rememberNames(answer.body.options);
          setState(
            answer.ok ? { kind: 'ready', found: answer.body } : { kind: 'failed', problem: answer.problem },
          );
        },
        // Cancelled by a newer question.
        () => undefined,
      );
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [connectionId, names, q]);
  return state;
}

'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { getJson } from '@/components/data-grid/rows/get-json';
import type { GridFault } from '@/components/states/faults/grid-fault';
import type { FieldChoices } from '@/lib/records/fields/types';
import type { GridColumn } from '@/lib/records/types';

/** Whose fields: an object as one connection sees it. */
export interface FieldSource {
  connectionId: string;
  sobject: string;
}

export type ChoicesState =
  | { kind: 'loading' }
  | { kind: 'ready'; choices: FieldChoices }
  | { kind: 'failed'; problem: GridFault };

const LOADING: ChoicesState = { kind: 'loading' };
/** Replaced, never changed, so that React sees when fields were read. */
let states: ReadonlyMap<string, ChoicesState> = new Map();
const listeners = new Set<() => void>();

/**
 * The fields at a relationship path, asked for once and kept until the page is left. Null as path: nothing is wanted.
 */
export function useFieldChoices(
  source: FieldSource,
  path: string | null,
): { state: ChoicesState; retry: () => void } {
  const key = path === null ? null : keyOf(source, path);
  const { connectionId, sobject } = source;
  const state = useSyncExternalStore(
    subscribe,
    () => (key === null ? LOADING : (states.get(key) ?? LOADING)),
    () => LOADING,
  );
  const load = useCallback(
    (again: boolean) => {
      if (path !== null) loadChoices({ connectionId, sobject }, path, again);
    },
    [connectionId, sobject, path],
  );
  useEffect(() => load(false), [load]);
  return { state, retry: () => load(true) };
}

/** Columns by name, of what is shown and of every path that was read before: asks nobody. */
export function useKnownColumns(
  source: FieldSource,
  shown: readonly GridColumn[],
): (name: string) => GridColumn | undefined {
  const known = useSyncExternalStore(subscribe, readStates, readStates);
  return useCallback(
    (name: string) => {
      const found = shown.find((column) => column.name === name);
      if (found) return found;
      const state = known.get(keyOf(source, pathOf(name)));
      return state?.kind === 'ready'
        ? state.choices.columns.find((column) => column.name === name)
        : undefined;
    },
    [source, shown, known],
  );
}

/** Reads the fields of paths that a text names and nobody knows yet. */
export function loadPaths(source: FieldSource, names: readonly string[]): void {
  for (const path of new Set(names.map(pathOf))) loadChoices(source, path, false);
}

/** The relationship path of a field path: `Owner` of `Owner.Name`, empty for a field of the object itself. */
function pathOf(name: string): string {
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
}

function keyOf({ connectionId, sobject }: FieldSource, path: string): string {
  return `${connectionId} ${sobject} ${path}`;
}

function readStates(): ReadonlyMap<string, ChoicesState> {
  return states;
}

function loadChoices(source: FieldSource, path: string, again: boolean): void {
  const key = keyOf(source, path);
  const known = states.get(key);
  if (known !== undefined && !(again && known.kind === 'failed')) return;
  set(key, LOADING);
  const params = new URLSearchParams({ sobject: source.sobject, path });
  void getJson<FieldChoices>(`/api/connections/${source.connectionId}/fields?${params}`).then((answer) => {
    set(
      key,
      answer.ok ? { kind: 'ready', choices: answer.body } : { kind: 'failed', problem: answer.problem },
    );
  });
}

function set(key: string, state: ChoicesState): void {
  states = new Map([...states, [key, state]]);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

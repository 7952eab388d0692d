'use client';

import { useCallback, useMemo, useState } from 'react';
import { at, boxOf, type CellBox, type Selection } from './selection';

/** The cursor and the selected range of one list. */
export interface GridSelection {
  selection: Selection | null;
  box: CellBox | null;
  select: (next: (before: Selection | null) => Selection | null) => void;
  /** Sets the cursor on the first cell when there is none. */
  begin: () => void;
}

/** `scope`: what the selection belongs to; with another one it is gone. */
export function useSelection(scope: unknown): GridSelection {
  const [held, setHeld] = useState<{ scope: unknown; selection: Selection | null }>({
    scope,
    selection: null,
  });
  const selection = held.scope === scope ? held.selection : null;
  const select = useCallback(
    (next: (before: Selection | null) => Selection | null) =>
      setHeld((before) => ({ scope, selection: next(before.scope === scope ? before.selection : null) })),
    [scope],
  );
  const begin = useCallback(() => select((before) => before ?? at(0, 0)), [select]);
  const box = useMemo(() => (selection ? boxOf(selection) : null), [selection]);
  return useMemo(() => ({ selection, box, select, begin }), [selection, box, select, begin]);
}

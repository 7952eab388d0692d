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

/** `scope`: the list that the selection belongs to; with another one it is gone, but for a cursor on the header. */
export function useSelection(scope: unknown): GridSelection {
  const [held, setHeld] = useState<Held>({
    scope,
    selection: null,
  });
  const selection = heldIn(held, scope);
  const select = useCallback(
    (next: (before: Selection | null) => Selection | null) =>
      setHeld((before) => ({ scope, selection: next(heldIn(before, scope)) })),
    [scope],
  );
  const begin = useCallback(() => select((before) => before ?? at(0, 0)), [select]);
  const box = useMemo(() => (selection ? boxOf(selection) : null), [selection]);
  return useMemo(() => ({ selection, box, select, begin }), [selection, box, select, begin]);
}

interface Held {
  scope: unknown;
  selection: Selection | null;
}

function heldIn({ scope: of, selection }: Held, scope: unknown): Selection | null {
  return of === scope || selection?.cursor.row === -1 ? selection : null;
}

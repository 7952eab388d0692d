'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { RowLoader } from '../rows/row-loader';
import { type CopyFormat, copyRange } from './copy';
import type { CellBox } from './selection';
import { writeClipboard } from './write-clipboard';

/** More windows than this are not loaded for one copy: what is larger is for an export. */
export const MOST_WINDOWS = 10;

const NOT_LOADED = 'Not all of the rows could be loaded. The clipboard holds those that were here.';

/** What became of a copy. `missing` rows were left out and can be loaded for so many calls; null: too many. */
export interface CopyNotice {
  words: string;
  more: { calls: number; load: () => void } | null;
}

/** Copies the selected range, and never silently less than was selected. */
export function useCopy(loader: RowLoader, columns: readonly DrawnColumn[], box: CellBox | null) {
  const [notice, setNotice] = useState<CopyNotice | null>(null);
  const latest = useRef({ loader, columns, box });
  latest.current = { loader, columns, box };
  const dismiss = useCallback(() => setNotice(null), []);
  const say = useCallback((words: string) => setNotice({ words, more: null }), []);

  const copy = useCallback(async (format: CopyFormat, header: boolean) => {
    const { loader, columns, box } = latest.current;
    if (!box) return;
    const { text, rows, missing } = copyRange(box, columns, (row) => loader.cache.find(row), {
      format,
      header,
    });
    const ok = await writeClipboard(text);
    const count = (value: number) => value.toLocaleString('en');
    if (!ok) return setNotice({ words: 'The browser did not allow to copy.', more: null });
    const width = box.right - box.left;
    const cells = `${count(rows)} ${rows === 1 ? 'row' : 'rows'}, ${count(width)} ${width === 1 ? 'column' : 'columns'}`;
    if (missing === 0)
      return setNotice({ words: `Copied ${cells}${format === 'csv' ? ' as CSV' : ''}.`, more: null });
    const calls = loader.cache.missingWindows(box.top, box.bottom);
    const load = async () => {
      // As many as was said: a range that the cache cannot hold as a whole would go round for ever.
      for (let left = calls; left > 0; left--) {
        const from = nextMissing();
        if (from === null) break;
        if (!(await loader.load(from))) return setNotice({ words: NOT_LOADED, more: null });
      }
      await copy(format, header);
    };
    const nextMissing = () => loader.cache.missingFrom(box.top, box.bottom);
    setNotice({
      words: `Copied ${cells}; left out: ${count(missing)} selected rows that are not loaded${calls > MOST_WINDOWS ? `, too many to load at once` : ''}.`,
      more: calls > MOST_WINDOWS ? null : { calls, load: () => void load() },
    });
  }, []);
  return useMemo(() => ({ notice, copy, dismiss, say }), [notice, copy, dismiss, say]);
}

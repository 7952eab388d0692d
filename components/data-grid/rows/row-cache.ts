import type { RowWindow } from '@/lib/records/types';

/** Rows are asked for from multiples of this, so that readers of one place ask for the same window. */
export const WINDOW_ROWS = 200;
const MAX_WINDOWS = 40;
const MAX_CELLS = 400_000;

/** A row that is here: the window that holds it, and where. */
export interface LoadedRow {
  window: RowWindow;
  index: number;
}

/** The windows of one list that are here, as they came; those far from the reader are let go of. */
export class RowCache {
  #windows: RowWindow[] = [];
  #last: RowWindow | null = null;
  /** Rows of the whole list, as the newest answer has it. */
  total: number;
  /** Names the open list at Salesforce, as the newest answer has it. */
  list: string | null;

  constructor(first: RowWindow) {
    this.total = first.total;
    this.list = first.list;
    this.#windows.push(first);
  }

  get windows(): readonly RowWindow[] {
    return this.#windows;
  }

  /** Keeps a window. `near`: a row that the reader looks at. */
  put(window: RowWindow, near: number): void {
    this.total = window.total;
    this.list = window.list;
    this.#windows = this.#windows.filter(
      ({ offset, ids }) => offset !== window.offset || ids.length > window.ids.length,
    );
    this.#windows.push(window);
    this.#last = null;
    this.#letGo(near);
  }

  /** Begins anew with a window of the list as it was opened again: rows of before may have another place in it. */
  replace(window: RowWindow): void {
    this.#windows = [];
    this.put(window, window.offset);
  }

  /** A row (from 0 in the whole list) that is here; null: it was not loaded. */
  find(row: number): LoadedRow | null {
    if (this.#last === null || !holds(this.#last, row)) {
      this.#last = this.#windows.find((window) => holds(window, row)) ?? null;
    }
    return this.#last ? { window: this.#last, index: row - this.#last.offset } : null;
  }

  /** Where to read from for the rows `first` to before `last`: null when all are here. */
  missingFrom(first: number, last: number): number | null {
    const end = Math.min(last, this.total);
    for (let row = Math.max(0, first); row < end; ) {
      const found = this.find(row);
      if (!found) return this.#startOf(row, end);
      row = found.window.offset + found.window.ids.length;
    }
    return null;
  }

  /** How many calls the rows `first` to before `last` still cost. */
  missingWindows(first: number, last: number): number {
    const end = Math.min(last, this.total);
    let calls = 0;
    for (let row = first; row < end; ) {
      const found = this.find(row);
      if (found) row = found.window.offset + found.window.ids.length;
      else {
        calls++;
        row = row - (row % WINDOW_ROWS) + WINDOW_ROWS;
      }
    }
    return calls;
  }

  /** The loaded rows around a row without a gap: from, and to before; the same when it is not loaded. */
  loadedAround(row: number): { first: number; last: number } {
    const found = this.find(row);
    if (!found) return { first: row, last: row };
    let first = found.window.offset;
    let last = first + found.window.ids.length;
    for (let before = this.find(first - 1); before; before = this.find(first - 1))
      first = before.window.offset;
    for (let after = this.find(last); after; after = this.find(last)) {
      last = after.window.offset + after.window.ids.length;
    }
    return { first, last };
  }

  /** Where the row before `offset` stands; null when it is not here. */
  cursorBefore(offset: number): string | null {
    return this.#windows.find(({ offset: at, ids }) => at + ids.length === offset)?.cursor ?? null;
  }

  /** From the boundary before `row`, or from where the rows before it end; from `row` when one window then holds all. */
  #startOf(row: number, end: number): number {
    const boundary = row - (row % WINDOW_ROWS);
    if (end > boundary + WINDOW_ROWS) return row;
    let start = row;
    while (start > boundary && !this.find(start - 1)) start--;
    return start;
  }

  #letGo(near: number): void {
    const distance = ({ offset, ids }: RowWindow) => Math.abs(offset + ids.length / 2 - near);
    const cells = ({ ids, values }: RowWindow) => ids.length * Math.max(1, values.length);
    const nearest = [...this.#windows].sort((a, b) => distance(a) - distance(b));
    let held = 0;
    this.#windows = nearest.filter((window, at) => {
      held += cells(window);
      return at < 2 || (at < MAX_WINDOWS && held <= MAX_CELLS);
    });
  }
}

function holds({ offset, ids }: RowWindow, row: number): boolean {
  return row >= offset && row < offset + ids.length;
}

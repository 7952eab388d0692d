import type { GridFault } from '@/components/states/faults/grid-fault';
import type { ReadCost, RowWindow } from '@/lib/records/types';
import type { JsonAnswer } from './get-json';
import { RowCache, WINDOW_ROWS } from './row-cache';

/** How long rows must rest in view before they are worth a call. */
export const REST_MS = 80;

/** Which rows are asked for: from a row on, or from a value of the first sort key on. */
export type RowPlace = { offset: number; list: string | null; cursor: string | null } | { from: string };

/** How a loader asks for rows: `/api/connections/<id>/rows`. */
export type AskRows = (place: RowPlace, signal: AbortSignal) => Promise<JsonAnswer<RowWindow>>;

export interface FailedRows {
  /** The first row that was asked for. */
  offset: number;
  problem: GridFault;
}

/** Loads the rows of one list as they come to rest in view: one request at a time, none twice. */
export class RowLoader {
  readonly cache: RowCache;
  cost: ReadCost;
  notices: string[] = [];
  failed: FailedRows | null = null;
  loading = false;
  /** Counts changes, for React. */
  version = 0;

  #wanted = { first: 0, last: 0 };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: { offset: number; abort: AbortController; done: Promise<void> } | null = null;
  #listeners = new Set<() => void>();

  constructor(
    first: RowWindow,
    private readonly ask: AskRows,
  ) {
    this.cache = new RowCache(first);
    this.cost = { calls: first.calls, budget: first.budget, asOf: first.asOf };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The rows in view. What is missing is asked for when they rest. */
  want(first: number, last: number): void {
    this.#wanted = { first, last };
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer =
      this.cache.missingFrom(first, last) === null ? null : setTimeout(() => this.#settle(), REST_MS);
  }

  /** Whether a row belongs to what did not come. */
  hasFailed(row: number): boolean {
    return this.failed !== null && row >= this.failed.offset && row < this.failed.offset + WINDOW_ROWS;
  }

  /** Asks again after a failure. */
  retry(): void {
    this.failed = null;
    this.#changed();
    this.#settle();
  }

  /** Loads from a row on, wherever the reader is. False: it failed, and `failed` says why. */
  async load(offset: number): Promise<boolean> {
    while (this.#running) {
      if (this.#running.offset === offset) break;
      await this.#running.done;
    }
    if (!this.#running) this.#start(offset);
    await this.#running?.done;
    return this.cache.find(offset) !== null;
  }

  /** Opens the list anew at a value of its first sort key. The row (from 0) where it begins, or why it was not found. */
  async seek(value: string): Promise<JsonAnswer<number>> {
    const answer = await this.ask({ from: value }, new AbortController().signal);
    if (!answer.ok) return answer;
    const window = answer.body;
    // Where nothing stands there, the reader stays with the rows of before.
    if (window.ids.length > 0) this.#beginAnew(window);
    this.#took(window);
    return { ok: true, body: window.jumpedTo ?? window.offset };
  }

  #beginAnew(window: RowWindow): void {
    // What is under way belongs to the list of before.
    this.#running?.abort.abort();
    this.#running = null;
    this.loading = false;
    this.notices = [];
    this.cache.replace(window);
  }

  #took({ calls, budget, asOf, notices }: RowWindow): void {
    this.cost = { calls: this.cost.calls + calls, budget: budget ?? this.cost.budget, asOf };
    if (notices.length > 0) this.notices = notices;
    this.failed = null;
    this.#changed();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#running?.abort.abort();
  }

  #settle(): void {
    const missing = this.cache.missingFrom(this.#wanted.first, this.#wanted.last);
    if (missing === null || this.failed?.offset === missing) return;
    if (this.#running?.offset === missing) return;
    // What the reader left behind is not worth waiting for.
    this.#running?.abort.abort();
    this.#start(missing);
  }

  #start(offset: number): void {
    const abort = new AbortController();
    const done = this.#read(offset, abort);
    this.#running = { offset, abort, done };
    this.loading = true;
    this.#changed();
  }

  async #read(offset: number, abort: AbortController): Promise<void> {
    const { cache } = this;
    try {
      const place = { offset, list: cache.list, cursor: cache.cursorBefore(offset) };
      const answer = await this.ask(place, abort.signal);
      if (abort.signal.aborted) return;
      this.#running = null;
      this.loading = false;
      if (answer.ok) {
        this.cache.put(answer.body, answer.body.offset);
        this.#took(answer.body);
        if (answer.body.ids.length > 0) this.want(this.#wanted.first, this.#wanted.last);
      } else {
        this.failed = { offset, problem: answer.problem };
        this.#changed();
      }
    } catch {
      // Aborted: whoever aborted it has gone on, or nobody is there any more.
      if (this.#running?.abort === abort) this.#running = null;
    }
  }

  #changed(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }
}

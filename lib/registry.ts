/**
 * The one process-wide store. Next loads a module several times in one process (instrumentation, proxy,
 * page, route), so module variables are not process-wide; a property of `globalThis` is.
 * server.mjs reads the same object through the same symbol.
 */
const KEY = Symbol.for('orgdock');

export interface Registry {
  /** Lazily created values: pools, single flights, caches. */
  readonly slots: Map<string, unknown>;
  /** Set by SIGTERM: nothing new may be claimed or sent. */
  draining: boolean;
  /** Run at the very start of a stop, before anything is waited for: they end what would begin new work. */
  readonly drains: Array<() => Promise<void>>;
  /** Work that a stop must wait for: sent token requests and their commits. */
  readonly unfinished: Set<Promise<unknown>>;
  /** Run at the end of a stop, last registered first. */
  readonly closers: Array<() => Promise<void>>;
}

/** The registry of this process, created on first use. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  holder[KEY] ??= { slots: new Map(), draining: false, drains: [], unfinished: new Set(), closers: [] };
  return holder[KEY];
}

/** The value of a slot, created once per process. A rejected promise is not kept. */
export function processWide<T>(name: string, create: () => T): T {
  const { slots } = registry();
  if (slots.has(name)) return slots.get(name) as T;
  const value = create();
  slots.set(name, value);
  if (value instanceof Promise) {
    value.catch(() => {
      if (slots.get(name) === value) slots.delete(name);
    });
  }
  return value;
}

/** Makes a stop wait for this work (design: a sent token request is never aborted). */
export function holdStop<T>(work: Promise<T>): Promise<T> {
  const { unfinished } = registry();
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  unfinished.add(settled);
  void settled.then(() => unfinished.delete(settled));
  return work;
}

/** Runs at the very start of a stop. */
export function onDrain(end: () => Promise<void>): void {
  registry().drains.push(end);
}

/** Runs at the end of a stop. */
export function onStop(close: () => Promise<void>): void {
  registry().closers.push(close);
}

interface Entry<T> {
  value: T;
  freshUntil: number;
}

/** A least-recently-used map with a limit, whose entries also grow stale. Times are milliseconds of `now`. */
export class BoundedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();

  constructor(
    readonly limit: number,
    readonly freshMs: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** The value when it is still fresh. */
  fresh(key: string): T | undefined {
    const entry = this.#touch(key);
    return entry !== undefined && entry.freshUntil > this.now() ? entry.value : undefined;
  }

  /** The value, fresh or stale. */
  any(key: string): T | undefined {
    return this.#touch(key)?.value;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, freshUntil: this.now() + this.freshMs });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.limit && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  #touch(key: string): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }
}

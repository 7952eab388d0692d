import { BoundedCache } from '@/lib/salesforce/bounded-cache';

/** What the counter that all replicas share says after acts were counted. */
export interface Counted {
  /** Acts. */
  remaining: number;
  /** Seconds until all of them are there again. */
  resetSeconds: number;
}

/** The counter: counts so many acts at once. Throws RATE_LIMITED when they are more than there are left. */
export type CountActs = (key: string, acts: number) => Promise<Counted>;

interface Lot extends Counted {
  /** Acts of it that nobody has had yet. */
  left: number;
  /** On the monotonic clock, in milliseconds. */
  ends: number;
}

const MOST_KEYS = 10_000;

/**
 * A limit that is asked for so often that each act can't have a write of its own: this process counts several acts at once
 * and gives them out from memory. A limit is a whole number of lots, so that replicas together give all of it and never more;
 * one that stops takes at most a lot with it.
 */
export class Lots {
  readonly #lots: BoundedCache<Lot>;
  readonly #filling = new Map<string, Promise<void>>();

  constructor(
    readonly size: number,
    seconds: number,
    readonly count: CountActs,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#lots = new BoundedCache(MOST_KEYS, seconds * 1_000, now);
  }

  /** One act. Throws what the counter throws. */
  async take(key: string): Promise<Counted> {
    for (;;) {
      const lot = this.#lots.fresh(key);
      const now = this.now();
      if (lot !== undefined && lot.left > 0 && lot.ends > now) {
        lot.left -= 1;
        return { remaining: lot.remaining + lot.left, resetSeconds: Math.ceil((lot.ends - now) / 1_000) };
      }
      await this.#fill(key);
    }
  }

  /** One lot at a time: all who wait share it. */
  #fill(key: string): Promise<void> {
    const filling =
      this.#filling.get(key) ?? this.#countLot(key).finally(() => void this.#filling.delete(key));
    this.#filling.set(key, filling);
    return filling;
  }

  async #countLot(key: string): Promise<void> {
    const counted = await this.count(key, this.size);
    const ends = this.now() + counted.resetSeconds * 1_000;
    this.#lots.set(key, { ...counted, left: this.size, ends });
  }
}

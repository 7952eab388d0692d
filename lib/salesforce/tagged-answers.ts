import { BoundedCache } from './bounded-cache';
import { callSalesforce } from './client';
import type { SalesforceClient } from './types';

/** How long an answer is used before Salesforce is asked, by ETag, whether it changed. */
const FRESH_MS = 10 * 60_000;

interface Kept<T> {
  etag: string | null;
  answer: T;
}

/** Answers of one kind that change rarely, kept by key and asked for again by ETag; one call for all who ask at once. */
export class TaggedAnswers<T> {
  private readonly cache: BoundedCache<Kept<T>>;
  private readonly flights = new Map<string, Promise<T>>();

  /** `read` makes an answer of a body, and throws for what is none. */
  constructor(
    most: number,
    private readonly read: (body: unknown) => T,
  ) {
    this.cache = new BoundedCache(most, FRESH_MS);
  }

  /** `key` names the reader as well. `fresh: true` fetches it whole, whatever is kept. */
  get(client: SalesforceClient, path: string, key: string, { fresh = false } = {}): Promise<T> {
    const known = fresh ? undefined : this.cache.fresh(key);
    if (known) return Promise.resolve(known.answer);
    const underWay = this.flights.get(key);
    // The other flight may fail for a reason of its own connection: then this one asks for itself.
    if (underWay !== undefined) return underWay.catch(() => this.fetch(client, path, key, undefined));
    const kept = fresh ? undefined : this.cache.any(key);
    const flight = this.fetch(client, path, key, kept).finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  /** What was read last, without a call; null: nothing yet. */
  known(key: string): T | null {
    return this.cache.any(key)?.answer ?? null;
  }

  private async fetch(
    client: SalesforceClient,
    path: string,
    key: string,
    kept: Kept<T> | undefined,
  ): Promise<T> {
    const response = await callSalesforce(client, {
      path,
      headers: kept?.etag ? { 'if-none-match': kept.etag } : {},
    });
    const next =
      response.status === 304 && kept
        ? kept
        : { etag: response.headers.etag ?? null, answer: this.read(response.body) };
    this.cache.set(key, next);
    return next.answer;
  }
}

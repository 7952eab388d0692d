import { processWide } from '@/lib/registry';
import { BoundedCache } from '@/lib/salesforce/bounded-cache';

/** An open list at Salesforce: its rows stay in the order of its query. */
export interface OpenList {
  /** Null: the first page held every row. */
  locator: string | null;
  total: number;
}

/** Salesforce keeps a list for 2 days; after this time a reader is better served by a new query. */
const FRESH_MS = 15 * 60_000;
const MAX_LISTS = 2_000;

/** The lists that this process opened, by reader and SOQL. A locator serves only the user who opened it. */
export function openLists(): BoundedCache<OpenList> {
  return processWide('records.open-lists', () => new BoundedCache<OpenList>(MAX_LISTS, FRESH_MS));
}

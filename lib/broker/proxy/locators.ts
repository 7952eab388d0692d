import type { Touch } from '@/lib/broker/types';
import { processWide } from '@/lib/registry';
import { BoundedCache } from '@/lib/salesforce/bounded-cache';

/** Salesforce forgets them after two days. */
const KEPT_MS = 2 * 86_400_000;
const MOST_KEPT = 50_000;

/** What a key was given a locator for: its further pages hold nothing else. */
interface Given {
  keyId: string;
  connectionId: string;
}

/** Remembers, in this process, what the query behind a locator touches. */
export function rememberLocator(given: Given, locator: string, touches: readonly Touch[]): void {
  locators().set(nameOf(given, locator), touches);
}

/** What the query behind a locator touches; null: this process did not give it to this key. */
export function touchesOfLocator(given: Given, locator: string): readonly Touch[] | null {
  return locators().any(nameOf(given, locator)) ?? null;
}

/** Without the row at which a page begins. */
function nameOf({ keyId, connectionId }: Given, locator: string): string {
  return `${keyId} ${connectionId} ${locator.replace(/-\d+$/, '')}`;
}

function locators(): BoundedCache<readonly Touch[]> {
  return processWide('broker.locators', () => new BoundedCache<readonly Touch[]>(MOST_KEPT, KEPT_MS));
}

import { clocks } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { processWide } from '@/lib/registry';

interface Entry {
  accessToken: string;
  /** Monotonic milliseconds. */
  until: number;
}

/** Opened access tokens, least recently used first: opening one costs 0.2 ms, and a page needs it several times. */
const entries = () => processWide('connections.accessTokens', () => new Map<string, Entry>());

const keyOf = (connectionId: string, generation: number) => `${connectionId}:${generation}`;

/** The opened access token of one generation, while it is kept. */
export function cachedAccessToken(connectionId: string, generation: number): string | null {
  const key = keyOf(connectionId, generation);
  const entry = entries().get(key);
  if (!entry) return null;
  entries().delete(key);
  if (entry.until <= clocks().monotonic()) return null;
  entries().set(key, entry);
  return entry.accessToken;
}

/** Keeps an opened access token for a short time; a bounded number of them. */
export function cacheAccessToken(connectionId: string, generation: number, accessToken: string): void {
  const { cacheMs, cacheSize } = refreshPolicy();
  const key = keyOf(connectionId, generation);
  entries().delete(key);
  entries().set(key, { accessToken, until: clocks().monotonic() + cacheMs });
  for (const oldest of entries().keys()) {
    if (entries().size <= cacheSize) break;
    entries().delete(oldest);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { AccessGrant, TokenSource } from '@/lib/salesforce/types';
import type { ProcessSettings } from '../orders';
import { readGrant, storePair } from './grants-table';
import { requestRefresh } from './request-refresh';
import { singleFlight } from './single-flight';
import { type Baseline, baseline, type Strategy } from './strategy';

/** The key is anybody's after this. */
const TIME_TO_LIVE_MS = 10_000;
const WAIT_MS = 12_000;
const POLL_MS = 50;

/** A key that lives for ten seconds, taken if it is absent, and deleted in the end by whoever had taken it once. */
export function openExpiringKey(settings: ProcessSettings): Strategy {
  return baseline(settings, sourceOf);
}

function sourceOf(at: Baseline, id: string): TokenSource {
  return {
    current: () => readGrant(at.sql, id),
    renew: (seen) => singleFlight(id, () => renewUnderKey(at, id, seen)),
    used: async () => undefined,
  };
}

async function renewUnderKey(at: Baseline, id: string, seen: number): Promise<AccessGrant> {
  const taken = await takeKey(at, id);
  if (!taken) {
    const grant = await readGrant(at.sql, id);
    if (grant.generation > seen) return grant;
    throw new Error('the key could not be had');
  }
  try {
    const grant = await readGrant(at.sql, id);
    if (grant.generation > seen) return grant;
    return await storePair(at.sql, id, await requestRefresh(at, grant.refreshToken));
  } finally {
    await at.sql`DELETE FROM bench.keys WHERE id = ${id}`;
  }
}

async function takeKey({ sql, scaled }: Baseline, id: string): Promise<boolean> {
  const until = performance.now() + scaled(WAIT_MS);
  while (performance.now() < until) {
    const rows = await sql`
      INSERT INTO bench.keys AS held (id, expires_at)
      VALUES (${id}, clock_timestamp() + ${scaled(TIME_TO_LIVE_MS)} * interval '1 millisecond')
          ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
       WHERE held.expires_at <= clock_timestamp()
      RETURNING id`;
    if (rows.length > 0) return true;
    await pause(scaled(POLL_MS));
  }
  return false;
}

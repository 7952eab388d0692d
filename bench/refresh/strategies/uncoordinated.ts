import type { TokenSource } from '@/lib/salesforce/types';
import type { ProcessSettings } from '../orders';
import { readGrant, type StoredGrant, storePair } from './grants-table';
import { requestRefresh } from './request-refresh';
import { singleFlight } from './single-flight';
import { type Baseline, baseline, type Strategy } from './strategy';

/**
 * No coordination between processes: a request loads the pair, and on a 401 its process refreshes with what it has
 * loaded. So does code around a client library that refreshes by itself.
 */
export function openUncoordinated(settings: ProcessSettings): Strategy {
  return baseline(settings, sourceOf);
}

function sourceOf(at: Baseline, id: string): TokenSource {
  let loaded: StoredGrant | null = null;
  return {
    async current() {
      loaded = await readGrant(at.sql, id);
      return loaded;
    },
    renew: () =>
      singleFlight(id, async () => {
        const { refreshToken } = loaded ?? (await readGrant(at.sql, id));
        return await storePair(at.sql, id, await requestRefresh(at, refreshToken));
      }),
    used: async () => undefined,
  };
}

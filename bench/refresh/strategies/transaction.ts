import type { TokenSource } from '@/lib/salesforce/types';
import type { ProcessSettings } from '../orders';
import { readGrant, storePair } from './grants-table';
import { requestRefresh } from './request-refresh';
import { singleFlight } from './single-flight';
import { type Baseline, baseline, type Strategy } from './strategy';

/** The request is given up after this. */
const ABORT_MS = 15_000;
/** The transaction is given up after this, whatever it waits for. */
const TRANSACTION_MS = 20_000;

/** A transaction with an advisory lock, open while the token endpoint is asked. */
export function openTransaction(settings: ProcessSettings): Strategy {
  return baseline(settings, sourceOf);
}

function sourceOf(at: Baseline, id: string): TokenSource {
  return {
    current: () => readGrant(at.sql, id),
    renew: (seen) =>
      singleFlight(id, () =>
        at.sql.begin(async (tx) => {
          await tx.unsafe(`SET LOCAL transaction_timeout = ${at.scaled(TRANSACTION_MS)}`);
          await tx`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
          const grant = await readGrant(tx, id);
          if (grant.generation > seen) return grant;
          const signal = AbortSignal.timeout(at.scaled(ABORT_MS));
          return await storePair(tx, id, await requestRefresh(at, grant.refreshToken, signal));
        }),
      ),
    used: async () => undefined,
  };
}

import type { Dispatcher } from 'undici';
import { onStop, processWide } from '@/lib/registry';
import { keepAliveDispatcher } from './transport';

const MAX_ORIGINS = 100;
/** By who calls: a program that reads its stream slowly keeps a connection for long, and none of a page's. */
const CONNECTIONS_PER_ORIGIN = { pages: 16, programs: 64 };
const QUERY_TIMEOUT_MS = 120_000;

/** The keep-alive pool of an origin, one per process; the origin longest unused goes when there are too many. */
export function poolFor(origin: URL, callers: keyof typeof CONNECTIONS_PER_ORIGIN = 'pages'): Dispatcher {
  const pools = openPools();
  const key = `${callers} ${origin.origin}`;
  const known = pools.get(key);
  const pool =
    known ??
    keepAliveDispatcher(origin, {
      connections: CONNECTIONS_PER_ORIGIN[callers],
      timeoutMs: QUERY_TIMEOUT_MS,
    });
  pools.delete(key);
  pools.set(key, pool);
  if (known === undefined) dropOldest(pools);
  return pool;
}

function openPools(): Map<string, Dispatcher> {
  return processWide('egress.pools', () => {
    const pools = new Map<string, Dispatcher>();
    onStop(async () => {
      await Promise.allSettled([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    });
    return pools;
  });
}

function dropOldest(pools: Map<string, Dispatcher>): void {
  const [oldest] = pools;
  if (pools.size <= MAX_ORIGINS || !oldest) return;
  pools.delete(oldest[0]);
  // A graceful close: requests that are under way end first.
  void oldest[1].close().catch(() => undefined);
}

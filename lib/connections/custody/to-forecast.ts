import { forecast, type RefreshTokenPolicy } from '@/lib/connections/keep-alive/forecast';
import type { ConnectionForecast } from '@/lib/connections/types';

type Row = Parameters<typeof forecast>[0] & { keepAlive: boolean };

/** The forecast of a connection's row as pages get it. */
export function toForecast(row: Row, policy: RefreshTokenPolicy): ConnectionForecast {
  const { endsAt, endsBy, keepAliveAt } = forecast(row, policy);
  return {
    endsAt: endsAt?.toISOString() ?? null,
    endsBy,
    keepAlive: row.keepAlive,
    keepAliveAt: keepAliveAt?.toISOString() ?? null,
  };
}

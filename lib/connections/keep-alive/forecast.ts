import type { connections } from '@/db/schema/connections';
import type { environments } from '@/db/schema/environments';

const HOUR = 3_600_000;

/** Keep-alive refreshes when two thirds of the idle limit have passed: so many hours for each day of it. */
export const KEEP_ALIVE_HOURS_PER_DAY = 16;

/** What the app in Salesforce says of its refresh tokens, in days; null: no such limit. */
export type RefreshTokenPolicy = Pick<
  typeof environments.$inferSelect,
  'idleLimitDays' | 'absoluteLimitDays'
>;

export interface Forecast {
  /** When the grant ends unless its refresh token is used before; null: no limit is known. */
  endsAt: Date | null;
  /** Which limit that is. Against the absolute one only a new consent helps. */
  endsBy: 'idle' | 'absolute' | null;
  /** From when keep-alive refreshes it; null: it need not. */
  keepAliveAt: Date | null;
}

/**
 * When a grant ends by the policy of its app. Pure. The idle limit counts from the last rotation, not from the last
 * use: a busy session renews its access token by sliding, and its refresh token idles to death. A flow without refresh
 * tokens has no limit.
 */
export function forecast(
  connection: Pick<typeof connections.$inferSelect, 'flow' | 'retrievedAt' | 'consentedAt'>,
  policy: RefreshTokenPolicy,
): Forecast {
  if (connection.flow !== 'authorization_code') return { endsAt: null, endsBy: null, keepAliveAt: null };
  const idleEnd = after(connection.retrievedAt, policy.idleLimitDays, 24);
  const absoluteEnd = after(connection.consentedAt, policy.absoluteLimitDays, 24);
  const keepAliveAt = after(connection.retrievedAt, policy.idleLimitDays, KEEP_ALIVE_HOURS_PER_DAY);
  if (idleEnd === null && absoluteEnd === null) return { endsAt: null, endsBy: null, keepAliveAt };
  const byIdle = idleEnd !== null && (absoluteEnd === null || idleEnd <= absoluteEnd);
  return byIdle
    ? { endsAt: idleEnd, endsBy: 'idle', keepAliveAt }
    : { endsAt: absoluteEnd, endsBy: 'absolute', keepAliveAt };
}

function after(start: Date, days: number | null, hoursPerDay: number): Date | null {
  return days === null ? null : new Date(start.getTime() + days * hoursPerDay * HOUR);
}

import type { connections } from '@/db/schema/connections';
import { forecast, type RefreshTokenPolicy } from '@/lib/connections/keep-alive/forecast';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A refresh whose outcome is unknown may still be settled well: nobody is called before. */
const UNKNOWN_FOR_MS = 15 * 60_000;

export type Watched = RefreshTokenPolicy &
  Pick<
    typeof connections.$inferSelect,
    'flow' | 'state' | 'grantId' | 'generation' | 'keepAlive' | 'retrievedAt' | 'consentedAt' | 'problemAt'
  > & { appChanged: boolean };

/** What there is to tell about a connection now, and the key under which it is told once. */
export type Occasion =
  | { kind: 'connection_ended'; key: string }
  | {
      kind: 'connection_ends_soon';
      key: string;
      /** `past`: the day has come, and Salesforce has not been asked since. */
      stage: 'week' | 'day' | 'past';
      endsAt: Date;
      endsBy: 'idle' | 'absolute';
    };

/**
 * What its owner should hear about a connection at `now`; null: nothing, which is so as long as keep-alive does its
 * work. Pure. A week and a day before the end; for short limits the last third and the last tenth.
 */
export function occasionOf(connection: Watched, now: Date): Occasion | null {
  const grant = `${connection.grantId}/${connection.generation}`;
  if (hasEnded(connection, now)) return { kind: 'connection_ended', key: grant };
  if (connection.state !== 'idle') return null;
  const { endsAt, endsBy, keepAliveAt } = forecast(connection, connection);
  if (endsAt === null || endsBy === null) return null;
  const limitDays = endsBy === 'idle' ? connection.idleLimitDays : connection.absoluteLimitDays;
  const limit = (limitDays ?? 0) * DAY;
  const stage = stageOf(endsAt.getTime() - now.getTime(), limit);
  if (stage === null) return null;
  // Keep-alive is at work, or has a twelfth of the limit left to begin: nobody is nagged.
  const isKept = endsBy === 'idle' && connection.keepAlive && keepAliveAt !== null;
  if (isKept && now.getTime() < keepAliveAt.getTime() + limit / 12) return null;
  const key = `${grant}/${endsAt.toISOString().slice(0, 10)}/${stage}`;
  return { kind: 'connection_ends_soon', key, stage, endsAt, endsBy };
}

function hasEnded({ state, problemAt, appChanged }: Watched, now: Date): boolean {
  if (state === 'needs_reconnect') return true;
  if (state === 'uncertain') return now.getTime() - (problemAt?.getTime() ?? 0) >= UNKNOWN_FOR_MS;
  return state === 'idle' && appChanged;
}

function stageOf(left: number, limit: number): 'week' | 'day' | 'past' | null {
  if (left <= 0) return 'past';
  if (left <= Math.min(DAY, limit / 10)) return 'day';
  return left <= Math.min(7 * DAY, limit / 3) ? 'week' : null;
}

import { sql } from 'drizzle-orm';
import { connections } from '@/db/schema/connections';
import type { TokenEvent } from '@/lib/connections/types';

/**
 * No session times out within this time after its last use: the shortest timeout is 15 minutes, and Salesforce
 * counts a use only in the second half of it (Help, "Modify Session Security Settings").
 */
const SURELY_ALIVE = sql`interval '7 minutes'`;

/**
 * For the RETURNING of an update that stores a token pair: what the row said before, which a subselect still sees,
 * and whether the access token that was renewed had worked a moment ago.
 */
export function landingFacts(attemptId: string) {
  return {
    instanceUrl: connections.instanceUrl,
    instanceUrlBefore: sql<string>`(SELECT b.instance_url FROM orgdock.connections b WHERE b.id = connections.id)`,
    lastUsedAt: connections.lastUsedAt,
    endedEarly: sql<boolean>`coalesce((SELECT connections.last_used_at > a.claimed_at - ${SURELY_ALIVE}
       FROM orgdock.refresh_attempts a
      WHERE a.id = ${attemptId} AND coalesce(a.trigger, 'expired') = 'expired'), false)`,
  };
}

interface LandingFacts {
  instanceUrl: string;
  instanceUrlBefore: string;
  lastUsedAt: Date | null;
  endedEarly: boolean;
}

/** What a successful refresh tells of the org, for its audit row: an ended session, a new address. */
export function eventsOf(facts: LandingFacts): { events?: TokenEvent[] } {
  const { instanceUrl, instanceUrlBefore, lastUsedAt, endedEarly } = facts;
  const events: TokenEvent[] = [];
  if (endedEarly && lastUsedAt) {
    events.push({ event: 'session_killed', lastUsedAt: lastUsedAt.toISOString() });
  }
  if (instanceUrl !== instanceUrlBefore) {
    events.push({ event: 'instance_moved', from: instanceUrlBefore, to: instanceUrl });
  }
  return events.length > 0 ? { events } : {};
}

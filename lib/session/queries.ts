import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { withActor, withSystem } from '@/db/client';
import { people, sessions } from '@/db/schema';
import { singleRead } from '@/db/single-read';
import type { PersonContext, PersonId, RequestFacts, SessionId } from '@/lib/context';
import { SESSION_IDLE_SECONDS } from '@/lib/session/token';
import type { SessionSummary } from '@/lib/session/types';

/** SQL: a session that has not ended, is not idle and not past its absolute end, by the database's clock. */
export const liveSession = and(
  isNull(sessions.endedAt),
  gt(sessions.expiresAt, sql`orgdock.now()`),
  gt(sessions.lastSeenAt, sql`orgdock.now() - make_interval(secs => ${SESSION_IDLE_SECONDS})`),
);

/**
 * The person behind a session id, or null when the session is not live or the person was deactivated.
 * Notes the use, at most once a minute.
 */
export async function findSession(sessionId: string, request: RequestFacts): Promise<PersonContext | null> {
  const [row] = await withSystem('session lookup', readSession({ sessionId }));
  if (!row) return null;
  if (row.stale) {
    await withSystem('session lookup', async (tx) => {
      // Exempt from the audit rule: a last-seen mark, not an act. The person first, as deactivation locks.
      await tx.update(people).set({ lastSeenAt: sql`orgdock.now()` }).where(eq(people.id, row.personId));
      await tx.update(sessions).set({ lastSeenAt: sql`orgdock.now()` }).where(eq(sessions.id, sessionId));
    });
  }
  return {
    kind: 'person',
    personId: row.personId as PersonId,
    displayName: row.displayName,
    role: row.role,
    sessionId: row.sessionId as SessionId,
    authenticatedAt: row.authenticatedAt,
    locale: row.locale,
    timeZone: row.timeZone,
    request,
  };
}

const readSession = singleRead((tx) =>
  tx
    .select({
      sessionId: sessions.id,
      authenticatedAt: sessions.authenticatedAt,
      personId: people.id,
      displayName: people.displayName,
      role: people.role,
      locale: people.locale,
      timeZone: people.timeZone,
      stale: sql<boolean>`${sessions.lastSeenAt} < orgdock.now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, sql.placeholder('sessionId')), liveSession, isNull(people.deactivatedAt))),
);

/** My live sessions, the newest first. */
export function listSessions(ctx: PersonContext): Promise<SessionSummary[]> {
  return listSessionsOf(ctx, ctx.personId);
}

/** The live sessions of a person, the newest first. Row-level security shows others' to administrators and auditors only. */
export async function listSessionsOf(ctx: PersonContext, personId: string): Promise<SessionSummary[]> {
  const rows = await withActor(ctx, (tx) =>
    tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.personId, personId), liveSession))
      .orderBy(desc(sessions.createdAt), desc(sessions.id)),
  );
  return rows.map((row) => ({
    id: row.id,
    current: row.id === ctx.sessionId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ip: row.ip,
    userAgent: row.userAgent,
    signedInVia: row.signedInVia,
  }));
}

import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { people, sessions } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { type AuditActor, appendAudit } from '@/lib/audit/append';
import type { PersonContext, PersonId, RequestFacts, SessionId } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { SESSION_MAX_AGE_SECONDS } from '@/lib/session/token';

const ENDED_BY_OWNER = 'ended by owner';
const ENDED_BY_ADMIN = 'ended by an administrator';

/** `authenticated_at` of a session whose sign-in proved nothing: never fresh. */
const NEVER_PROVEN = new Date(0);

export interface NewSession {
  personId: PersonId;
  /** Slug of the environment signed in through, or `sign-in-link`. */
  via: string;
  request: RequestFacts;
  /** The session that this browser had: it ends, so that an old cookie is worth nothing. */
  replaces: SessionId | null;
  /** A proof again of who it is, by the same person. */
  fresh?: boolean;
  /** False for a plain sign-in: a Salesforce session that the browser remembers may have answered it, not a person. */
  proven: boolean;
}

/**
 * Opens a session in the caller's system transaction and ends the one it replaces. Throws PERSON_DEACTIVATED, also when
 * that happened while they signed in.
 */
export async function createSession(tx: Tx, input: NewSession): Promise<SessionId> {
  // The person before any session, as whoever deactivates them locks in this order.
  const active = await tx
    .update(people)
    .set({ lastSeenAt: databaseNow })
    .where(and(eq(people.id, input.personId), isNull(people.deactivatedAt)))
    .returning({ id: people.id });
  if (active.length === 0) throw personDeactivated();
  const [row] = await tx
    .insert(sessions)
    .values({
      personId: input.personId,
      expiresAt: sql`orgdock.now() + make_interval(secs => ${SESSION_MAX_AGE_SECONDS})`,
      ip: input.request.ip,
      userAgent: input.request.userAgent,
      signedInVia: input.via,
      authenticatedAt: input.proven ? databaseNow : NEVER_PROVEN,
    })
    .returning({ id: sessions.id });
  if (!row) throw new AppError('UNAVAILABLE', 'The session could not be stored.');
  const sessionId = row.id as SessionId;
  const { personId, request } = input;
  const actor: AuditActor = { kind: 'person', personId, sessionId, request };
  await appendAudit(tx, actor, {
    action: 'session.sign_in',
    subjectId: sessionId,
    details: { via: input.via, personId, fresh: input.fresh ?? false },
  });
  if (input.replaces) await replaceSession(tx, actor, input.replaces);
  return sessionId;
}

/** Somebody who was deactivated opens no session and holds no grant. */
export function personDeactivated(): AppError {
  return new AppError('PERSON_DEACTIVATED', 'You were deactivated in this portal.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}

async function replaceSession(tx: Tx, actor: AuditActor, id: SessionId): Promise<void> {
  const reason = 'replaced';
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`orgdock.now()`, endedReason: reason })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  if (ended.length === 0) return;
  await appendAudit(tx, actor, { action: 'session.end', subjectId: id, details: { reason } });
}

/** Ends one of my sessions. A made-up id, somebody else's and an ended one are NOT_FOUND. */
export async function endSession(ctx: PersonContext, id: string): Promise<void> {
  await withActor(ctx, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: sql`orgdock.now()`, endedReason: id === ctx.sessionId ? 'signed out' : ENDED_BY_OWNER })
      .where(
        and(sql`${sessions.id}::text = ${id}`, eq(sessions.personId, ctx.personId), isNull(sessions.endedAt)),
      )
      .returning({ id: sessions.id });
    if (ended.length === 0) throw new AppError('NOT_FOUND', 'There is no such session.');
    if (id === ctx.sessionId) {
      await appendAudit(tx, ctx, { action: 'session.sign_out', subjectId: id, details: {} });
    } else {
      await appendAudit(tx, ctx, {
        action: 'session.end',
        subjectId: id,
        details: { reason: ENDED_BY_OWNER },
      });
    }
  });
}

/**
 * Ends sessions of somebody, as an administrator: one, or all but the administrator's own. Throws FORBIDDEN, and NOT_FOUND
 * for one that is not theirs or has ended.
 */
export async function endSessionsOf(
  ctx: PersonContext,
  { personId, only = null }: { personId: string; only?: string | null },
): Promise<number> {
  if (ctx.role !== 'admin') {
    throw new AppError('FORBIDDEN', 'Only administrators end the sessions of others.');
  }
  return await withActor(ctx, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: sql`orgdock.now()`, endedReason: ENDED_BY_ADMIN })
      .where(
        and(
          sql`${sessions.personId}::text = ${personId}`,
          only === null ? undefined : sql`${sessions.id}::text = ${only}`,
          ne(sessions.id, ctx.sessionId),
          isNull(sessions.endedAt),
        ),
      )
      .returning({ id: sessions.id });
    if (only !== null && ended.length === 0) throw new AppError('NOT_FOUND', 'There is no such session.');
    for (const { id } of ended) {
      await appendAudit(tx, ctx, {
        action: 'session.end',
        subjectId: id,
        details: { reason: ENDED_BY_ADMIN },
      });
    }
    return ended.length;
  });
}

/** Ends all my sessions but this one. Returns how many ended. */
export async function endOtherSessions(ctx: PersonContext): Promise<number> {
  return withActor(ctx, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: sql`orgdock.now()`, endedReason: ENDED_BY_OWNER })
      .where(
        and(eq(sessions.personId, ctx.personId), ne(sessions.id, ctx.sessionId), isNull(sessions.endedAt)),
      )
      .returning({ id: sessions.id });
    for (const { id } of ended) {
      await appendAudit(tx, ctx, {
        action: 'session.end',
        subjectId: id,
        details: { reason: ENDED_BY_OWNER },
      });
    }
    return ended.length;
  });
}

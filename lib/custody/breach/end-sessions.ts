import { and, ne } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { providerAttempts } from '@/db/schema/consent';
import { sessions, signInLinks } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { isPersonOf } from '@/lib/custody/breach/scope';
import type { RevocationScope } from '@/lib/custody/types';
import { liveSession } from '@/lib/session/queries';

const REASON = 'breach';

/**
 * Ends the sessions of everybody whom a scope touches but the asker's present one, and takes back their sign-in links and
 * what is under way at an identity provider. In the caller's system transaction. Answers how many sessions ended.
 */
export async function endSessionsOfScope(
  tx: Tx,
  ctx: PersonContext,
  scope: RevocationScope,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: databaseNow, endedReason: REASON })
    .where(and(isPersonOf(scope, sessions.personId), ne(sessions.id, ctx.sessionId), liveSession))
    .returning({ id: sessions.id });
  await tx.delete(signInLinks).where(isPersonOf(scope, signInLinks.personId));
  await tx.delete(providerAttempts).where(isPersonOf(scope, providerAttempts.personId));
  for (const { id } of ended) {
    await appendAudit(tx, ctx, { action: 'session.end', subjectId: id, details: { reason: REASON } });
  }
  return ended.length;
}

import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { people, signInLinks } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { Context, PersonId, RequestFacts, SessionId } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { createSession } from '@/lib/session/commands';
import { hashToken, randomToken } from '@/lib/session/secret-hash';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * A link that signs a person in once within 10 minutes: the way in when Salesforce itself is the problem. Its token stands
 * behind the `#`, which browsers keep to themselves: no proxy's log and no history of a server holds it.
 */
export async function createSignInLink(tx: Tx, ctx: Context, personId: PersonId): Promise<{ path: string }> {
  const token = randomToken();
  await tx.insert(signInLinks).values({
    tokenHash: hashToken(token),
    personId,
    expiresAt: sql`orgdock.now() + interval '10 minutes'`,
  });
  await appendAudit(tx, ctx, {
    action: 'person.sign_in_link',
    subjectId: personId,
    details: {},
  });
  return { path: `/sign-in?link#${token}` };
}

/** Spends a link and opens a session. Unknown, used and expired links answer the same way: NOT_FOUND. */
export async function consumeSignInLink(
  token: string,
  request: RequestFacts,
  replaces: SessionId | null,
): Promise<{ sessionId: SessionId; personId: PersonId }> {
  const invalid = new AppError(
    'NOT_FOUND',
    'This sign-in link is not valid: it was used, or it is older than 10 minutes.',
    {
      nextStep: 'Ask your administrator for a new one.',
    },
  );
  if (!TOKEN.test(token)) throw invalid;
  const opened = await withSystem('sign-in link', async (tx) => {
    const [link] = await tx
      .delete(signInLinks)
      .where(and(eq(signInLinks.tokenHash, hashToken(token)), gt(signInLinks.expiresAt, sql`orgdock.now()`)))
      .returning({ personId: signInLinks.personId });
    if (!link) return refused(tx, request);
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, link.personId), isNull(people.deactivatedAt)));
    if (!person) return refused(tx, request);
    const personId = person.id as PersonId;
    const sessionId = await createSession(tx, {
      personId,
      via: 'sign-in-link',
      request,
      replaces,
      proven: true,
    });
    return { sessionId, personId };
  });
  if (!opened) throw invalid;
  return opened;
}

/** A failed sign-in leaves its row, and the link is used up all the same. */
async function refused(tx: Tx, request: RequestFacts): Promise<null> {
  const ctx: Context = { kind: 'system', reason: 'sign-in link', request };
  await appendAudit(tx, ctx, {
    action: 'session.sign_in',
    subjectId: 'sign-in-link',
    outcome: 'failed',
    details: { via: 'sign-in-link' },
  });
  return null;
}

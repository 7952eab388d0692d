import { and, eq, isNull } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { approvalRequests, databaseNow } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { Context, RequestFacts } from '@/lib/context';
import { parseNote } from '@/lib/custody/parse-note';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { linkWorks } from '@/lib/provisioning/approval/columns';
import { countLink, findByToken } from '@/lib/provisioning/approval/open-approval';
import { enqueue } from '@/lib/queue/enqueue';
import { approvalCaseOf } from '@/lib/salesforce/oauth/refusals/needs-approval';

/**
 * A Salesforce administrator says behind a link that the app is in, with a note of at most 500 characters for who waits.
 * A second time changes nothing. Public: the token is the proof. Throws NOT_FOUND, INVALID_INPUT, RATE_LIMITED.
 */
export async function markApprovalDone(token: string, note: unknown, from: RequestFacts): Promise<void> {
  await countLink(from);
  const text = parseNote(note);
  await withSystem('approval link', async (tx) => {
    const found = await findByToken(tx, token);
    if (!found) {
      throw new AppError('NOT_FOUND', 'This link does not work any more.', {
        nextStep: 'Ask whoever sent it for a new one.',
      });
    }
    const ctx = { kind: 'system' as const, reason: 'approval link', request: from };
    await settle(tx, ctx, found.request, { by: 'salesforce_admin', note: text });
  });
}

/**
 * An org has shown that an environment's app is installed: everybody who waits for just that is told; who is blocked or
 * not approved waits on. Returns how many. `ctx`: who looked.
 */
export async function noteInstalled(ctx: Context, environmentId: string): Promise<number> {
  return await withSystem('app seen in its org', async (tx) => {
    const waiting = await tx
      .select()
      .from(approvalRequests)
      .where(
        and(eq(approvalRequests.environmentId, environmentId), linkWorks, isNull(approvalRequests.doneAt)),
      )
      .orderBy(approvalRequests.id);
    let told = 0;
    for (const request of waiting) {
      const error = request.salesforceError;
      // Without words of Salesforce its own error page was seen, and nobody knows what stood there.
      if (error !== null && approvalCaseOf(error, request.salesforceDescription) !== 'not_installed')
        continue;
      if (await settle(tx, ctx, request, { by: 'doctor', note: '' })) told += 1;
    }
    return told;
  });
}

/** Whether this call did it: of two that come at once, one does. */
async function settle(
  tx: Tx,
  ctx: Context,
  { id, environmentId, personId }: typeof approvalRequests.$inferSelect,
  { by, note }: { by: 'salesforce_admin' | 'doctor'; note: string },
): Promise<boolean> {
  const rows = await tx
    .update(approvalRequests)
    .set({ doneAt: databaseNow, doneBy: by, doneNote: note })
    .where(
      and(eq(approvalRequests.id, id), isNull(approvalRequests.doneAt), isNull(approvalRequests.endedAt)),
    )
    .returning({ id: approvalRequests.id });
  if (rows.length === 0) return false;
  await appendAudit(tx, ctx, {
    action: 'approval.done',
    subjectId: id,
    details: { environmentId, personId, by, note },
  });
  // In the portal the row itself is the notice.
  if (env().ORGDOCK_SMTP_URL) await enqueue(tx, { task: 'approval_mail', payload: { requestId: id } });
  return true;
}

import { and, eq, isNull } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { alerts } from '@/db/schema/custody';
import { appendAudit } from '@/lib/audit/append';
import { isConnectionId } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { parseNote } from '@/lib/custody/parse-note';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';

/**
 * Writes down that an administrator has seen to an alert, with what they found. Throws FORBIDDEN, NOT_FOUND,
 * INVALID_INPUT, and CONFLICT for one that is settled.
 */
export async function settleAlert(ctx: PersonContext, id: string, note: unknown): Promise<void> {
  assertRole(ctx, ['admin'], 'settle alerts');
  if (!isConnectionId(id)) throw new AppError('NOT_FOUND', 'There is no such alert.');
  const text = parseNote(note);
  await withActor(ctx, async (tx) => {
    const [settled] = await tx
      .update(alerts)
      .set({ settledAt: databaseNow, settledBy: ctx.personId, settledNote: text })
      .where(and(eq(alerts.id, id), isNull(alerts.settledAt)))
      .returning({ kind: alerts.kind, connectionId: alerts.connectionId });
    if (!settled) throw await whyNot(() => tx.$count(alerts, eq(alerts.id, id)));
    const { kind, connectionId } = settled;
    await appendAudit(tx, ctx, {
      action: 'alert.settle',
      subjectId: connectionId,
      details: { alertId: id, kind, note: text },
    });
  });
}

async function whyNot(count: () => Promise<number>): Promise<AppError> {
  if ((await count()) === 0) return new AppError('NOT_FOUND', 'There is no such alert.');
  return new AppError('CONFLICT', 'Somebody has settled this alert meanwhile.', {
    nextStep: 'Reload the page to see who, and what they found.',
  });
}

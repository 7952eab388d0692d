import { withActor } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { log } from '@/lib/log';

/**
 * Notes that a person was refused a page, an action or a route (403), in a transaction of its own: there is no act to
 * share one with. `path`: what was asked for; its query is left out. Never throws: the refusal stands all the same.
 */
export async function recordDenied(ctx: PersonContext, path: string, reason?: string): Promise<void> {
  const subjectId = (path.split('?')[0] ?? '').slice(0, 200);
  const details = reason === undefined ? {} : { reason: reason.slice(0, 200) };
  try {
    await withActor(ctx, (tx) =>
      appendAudit(tx, ctx, { action: 'access.denied', subjectId, outcome: 'denied', details }),
    );
  } catch (err) {
    log().error({ err, personId: ctx.personId, path: subjectId }, 'a refusal could not be audited');
  }
}

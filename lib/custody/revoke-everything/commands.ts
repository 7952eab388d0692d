import { withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { clocks, stopwatch } from '@/lib/connections/refresh/clock';
import { type OpenRevocation, workThrough } from '@/lib/connections/revocation/work-through';
import type { Context } from '@/lib/context';
import { markScope } from '@/lib/custody/revoke-everything/mark';
import { readReport, type Worked } from '@/lib/custody/revoke-everything/report';
import type { RevocationProgress, RevocationReport, RevocationScope } from '@/lib/custody/types';
import { assertAdmin } from '@/lib/environments/queries';
import { holdStop, registry } from '@/lib/registry';

/** How long it waits for grants that other processes are at work on, and how often it looks, in milliseconds. */
const PATIENCE = { waitMs: 60_000, lookMs: 500 };

/**
 * Revokes every grant of a scope at its token host and verifies the end of each: connections of people and of the
 * portal, and grants that no connection holds. One transaction marks all of them, so nothing is used from its commit
 * on; what this process does not get to is the sweep's. Looks again until nothing new has come meanwhile. An
 * administrator or the command line. Throws FORBIDDEN, UNAVAILABLE.
 */
export async function revokeEverything(
  ctx: Context,
  scope: RevocationScope,
  onProgress: (progress: RevocationProgress) => void = () => undefined,
): Promise<RevocationReport> {
  if (ctx.kind === 'person') assertAdmin(ctx);
  return await holdStop(revokeScope(ctx, scope, onProgress));
}

async function revokeScope(
  ctx: Context,
  scope: RevocationScope,
  onProgress: (progress: RevocationProgress) => void,
): Promise<RevocationReport> {
  const worked: Worked = new Map();
  const unanswered = new Set<string>();
  const progress: RevocationProgress = { total: 0, done: 0, confirmed: 0, unconfirmed: 0 };
  let open = await mark(ctx, scope, true);
  let waited: (() => number) | null = null;
  while (open.length > 0 && !registry().draining) {
    for (const one of open) {
      if (!worked.has(one.id)) progress.total += 1;
      worked.set(one.id, { ...one, proof: null });
    }
    onProgress({ ...progress });
    await workThrough(open, {
      why: 'everything revoked',
      trigger: 'everything',
      onEnd: (one, result) => {
        if (result === null) return;
        worked.set(one.id, { ...one, proof: result.proof });
        if (!result.confirmed) unanswered.add(one.id);
        progress.done += 1;
        if (result.confirmed) progress.confirmed += 1;
        else progress.unconfirmed += 1;
        onProgress({ ...progress });
      },
    });
    // A refresh may have landed since, somebody may have consented, another process may be at work on some.
    open = (await mark(ctx, scope, false)).filter(({ id }) => !unanswered.has(id));
    const elsewhere = open.filter(({ id }) => worked.has(id)).length;
    progress.done = worked.size - elsewhere;
    onProgress({ ...progress });
    waited ??= stopwatch();
    if (waited() > PATIENCE.waitMs) break;
    if (elsewhere > 0) await clocks().sleep(PATIENCE.lookMs);
  }
  return await withSystem('revoke everything', (tx) => readReport(tx, scope, worked));
}

function mark(ctx: Context, scope: RevocationScope, first: boolean): Promise<OpenRevocation[]> {
  return withSystem('revoke everything', async (tx) => {
    const { disconnected, open } = await markScope(tx, ctx, scope, 'everything revoked');
    if (first || disconnected > 0) {
      await appendAudit(tx, ctx, {
        action: 'grants.revoke_everything',
        subjectId: scope === 'all' ? 'all' : 'personId' in scope ? scope.personId : scope.environmentId,
        details: {
          scope: scope === 'all' ? 'all' : 'personId' in scope ? 'person' : 'environment',
          connections: disconnected,
          strayGrants: open.filter(({ kind }) => kind === 'stray').length,
        },
      });
    }
    return open;
  });
}

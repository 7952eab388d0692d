import { createHash } from 'node:crypto';
import { withCustody } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { readHead } from '@/lib/audit/chain/head';
import type { PersonContext } from '@/lib/context';
import { readBreach } from '@/lib/custody/breach/progress/read-breach';
import type { BreachReport } from '@/lib/custody/breach/report/schema';
import type { Breach } from '@/lib/custody/breach/types';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import { isId } from '@/lib/people/schema';
import { auditKey, signAuditStatement } from '@/lib/vault/audit-statement';

/**
 * The report on a breach as it stands: JWS compact, signed with the key ring's audit key. It never holds a token. That it
 * left, and which file it was, is in the audit log. For administrators and auditors. Throws FORBIDDEN, NOT_FOUND.
 */
export async function exportBreachReport(ctx: PersonContext, id: string): Promise<string> {
  assertRole(ctx, CUSTODIANS, 'export the report of a breach');
  return await withCustody(ctx, async (tx) => {
    const breach = isId(id) ? await readBreach(tx, id) : null;
    if (!breach) throw new AppError('NOT_FOUND', 'There is no such breach.');
    const { position, hash } = await readHead(tx);
    const { kid, publicJwk } = auditKey();
    const report: BreachReport = {
      statement: 'orgdock breach report',
      version: 1,
      portal: portalOrigin(),
      issuedAt: new Date().toISOString(),
      issuedBy: { id: ctx.personId, name: ctx.displayName },
      ...factsOf(breach),
      auditChain: { position, hash },
      key: { kid, jwk: publicJwk },
    };
    const jws = await signAuditStatement({ ...report });
    await appendAudit(tx, ctx, {
      action: 'breach.export',
      subjectId: id,
      details: {
        grants: breach.grants.length,
        finished: breach.finishedAt !== null,
        sha256: createHash('sha256').update(jws).digest('base64url'),
      },
    });
    return jws;
  });
}

function factsOf(breach: Breach): Pick<BreachReport, 'breach' | 'grants'> {
  const { id, kind, scopeId, scopeName, reason, startedBy, startedByName } = breach;
  const { startedAt, finishedAt, endsSessions, sessionsEnded, backupDays, backupsUntil } = breach;
  return {
    breach: {
      id,
      scope: { kind, id: scopeId, name: scopeName },
      reason,
      startedBy: { id: startedBy, name: startedByName },
      startedAt,
      finishedAt,
      sessions: { asked: endsSessions, ended: sessionsEnded },
      backups: { keptDays: backupDays, mayHoldUntil: backupsUntil },
    },
    grants: breach.grants.map(({ nextAt, outcome, ...grant }) => ({
      ...grant,
      outcome: outcome ?? 'open',
      nextTryAt: nextAt,
    })),
  };
}

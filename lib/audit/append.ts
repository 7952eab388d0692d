import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { type AuditEntry, auditEntrySchema } from '@/lib/audit/entries';
import type { PersonContext, SystemContext } from '@/lib/context';

/** Who does an act: the portal, or a person, whose session may only just have begun. */
export type AuditActor = SystemContext | Pick<PersonContext, 'kind' | 'personId' | 'sessionId' | 'request'>;

/**
 * Writes the audit row of an act in the transaction of the act, so that neither exists without the other:
 * a bad entry throws and rolls the act back.
 */
export async function appendAudit(tx: Tx, ctx: AuditActor, entry: AuditEntry): Promise<void> {
  const { details, ...act } = auditEntrySchema.parse(entry);
  const person = ctx.kind === 'person' ? ctx : null;
  await tx.insert(auditLog).values({
    ...act,
    details: ctx.kind === 'system' ? { ...details, systemReason: ctx.reason } : details,
    actorKind: ctx.kind,
    personId: person?.personId ?? null,
    sessionId: person?.sessionId ?? null,
    ip: ctx.request?.ip ?? null,
    userAgent: ctx.request?.userAgent ?? null,
    requestId: ctx.request?.requestId ?? null,
  });
}

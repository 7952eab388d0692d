import type { Tx } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { type AuditEntry, auditEntrySchema } from '@/lib/audit/entries';
import type { PersonContext, SystemContext } from '@/lib/context';

/** Who does an act: the portal, or a person, whose session may only just have begun. */
export type AuditActor =
  | SystemContext
  | Pick<PersonContext, 'kind' | 'personId' | 'sessionId' | 'request' | 'apiKey'>;

/**
 * Writes the audit row of an act in the transaction of the act, so that neither exists without the other:
 * a bad entry throws and rolls the act back.
 */
export async function appendAudit(tx: Tx, ctx: AuditActor, entry: AuditEntry): Promise<void> {
  const { details, ...act } = auditEntrySchema.parse(entry);
  const person = ctx.kind === 'person' ? ctx : null;
  await tx.insert(auditLog).values({
    ...act,
    details: { ...details, ...actorFacts(ctx) },
    actorKind: ctx.kind,
    personId: person?.personId ?? null,
    // A program has no session.
    sessionId: person && !person.apiKey ? person.sessionId : null,
    ip: ctx.request?.ip ?? null,
    userAgent: ctx.request?.userAgent ?? null,
    requestId: ctx.request?.requestId ?? null,
  });
}

/** What is told of the actor beside who it is: why the portal acted, or by which key. */
function actorFacts(ctx: AuditActor): Record<string, string> {
  if (ctx.kind === 'system') return { systemReason: ctx.reason };
  return ctx.apiKey ? { apiKeyId: ctx.apiKey.id, apiKey: ctx.apiKey.prefix } : {};
}

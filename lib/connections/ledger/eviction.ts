import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { type LiveGrant, listLiveGrants, type UserOfApp } from '@/lib/connections/ledger/live-grants';
import type { Context } from '@/lib/context';

/** Salesforce's own number: "Each connected app allows five unique approvals per user" (Help, article 000205876). */
const GRANTS_PER_USER_AND_APP = 5;

/**
 * The grant that one more consent of its user ends. `live` is in the order of consent and without the new one; what
 * is beyond the limit already is taken to have ended before.
 */
export function newlyEvicted(live: readonly LiveGrant[]): LiveGrant | null {
  return live[live.length - GRANTS_PER_USER_AND_APP] ?? null;
}

interface NewConsent extends UserOfApp {
  grantId: string;
  username: string;
  /** The connection that the consent renews: its old grant is revoked anyway. */
  renews: string | null;
}

/**
 * Notes, before a consented grant is stored, whose grant it has made Salesforce end. The connection is told what
 * speaks for it; its state changes only where Salesforce has refused it since, because grants of this app that
 * another portal made would shift the count. In the caller's system transaction.
 */
export async function noteEviction(tx: Tx, ctx: Context, consent: NewConsent): Promise<void> {
  const evicted = newlyEvicted(await listLiveGrants(tx, [consent], { justEnded: true }));
  if (!evicted || evicted.ending || evicted.connectionId === null) return;
  const { connectionId, grantId, generation, hasEnded } = evicted;
  if (connectionId === consent.renews) return;
  const evidence = evidenceOf(consent);
  const [row] = await tx
    .update(connections)
    .set({ problemEvidence: [evidence], ...(hasEnded ? { problemCause: 'five_grants' } : {}) })
    .where(and(eq(connections.id, connectionId), eq(connections.grantId, grantId)))
    .returning({ id: connections.id });
  if (!row) return;
  await appendAudit(tx, ctx, {
    action: 'connection.evicted',
    subjectId: connectionId,
    details: { grantId, generation, byGrantId: consent.grantId, certain: hasEnded, evidence },
  });
}

/** Also read by the owner of what ended, so it names the Salesforce user and nobody of the portal. */
function evidenceOf({ username }: NewConsent): string {
  const day = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `On ${day} UTC ${username} consented to this app once more: Salesforce keeps ${GRANTS_PER_USER_AND_APP} grants of a user and an app and ends the oldest, which was this one.`;
}

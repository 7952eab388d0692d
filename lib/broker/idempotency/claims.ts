import { and, eq, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { idempotencyKeys } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import type { KeptAnswer } from '@/lib/broker/idempotency/kept-answer';
import type { PersonContext } from '@/lib/context';

/** One name that a program gave a request of its own. */
export interface Claim {
  ctx: PersonContext;
  keyId: string;
  nameHash: string;
  requestHash: string;
}

/** What is known of the first request of a name. */
export interface Claimed {
  requestHash: string;
  /** False: it has ended, or its process died. */
  isUnderWay: boolean;
  /** Null: not known. */
  status: number | null;
  answer: KeptAnswer | null;
}

const KEPT = sql`interval '24 hours'`;
/** No request takes longer; whose end is not there after it had its process die. */
const LONGEST = sql`interval '15 minutes'`;

/** Takes a name for this request, by an insert that only one can win; null: it is this request's. */
export async function claim({ ctx, keyId, nameHash, requestHash }: Claim): Promise<Claimed | null> {
  return await withActor(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      INSERT INTO orgdock.idempotency_keys AS k (key_id, owner_id, name_hash, request_hash)
      VALUES (${keyId}::uuid, ${ctx.personId}::uuid, ${nameHash}, ${requestHash})
      ON CONFLICT (key_id, name_hash) DO UPDATE
         SET request_hash = excluded.request_hash, started_at = orgdock.now(), finished_at = NULL, status = NULL,
             content_type = NULL, body = NULL
       WHERE k.started_at < orgdock.now() - ${KEPT}
      RETURNING 1 AS won`);
    if (rows.length > 0) return null;
    const [row] = await tx
      .select({
        requestHash: idempotencyKeys.requestHash,
        isUnderWay: sql<boolean>`${idempotencyKeys.finishedAt} IS NULL AND ${idempotencyKeys.startedAt} > orgdock.now() - ${LONGEST}`,
        status: idempotencyKeys.status,
        contentType: idempotencyKeys.contentType,
        body: idempotencyKeys.body,
      })
      .from(idempotencyKeys)
      .where(isName({ keyId, nameHash }));
    // Its first request was refused just now and gave the name back: the next try has it.
    if (!row) return { requestHash, isUnderWay: true, status: null, answer: null };
    const { status, contentType, body } = row;
    const answer = status === null || body === null ? null : { status, contentType, body };
    return { requestHash: row.requestHash, isUnderWay: row.isUnderWay, status, answer };
  });
}

/** Keeps how a request ended; null: nobody knows. */
export async function finish(
  { ctx, ...name }: Claim,
  answer: { status: number; contentType: string | null; body: string | null } | null,
): Promise<void> {
  await withActor(ctx, (tx) =>
    tx
      .update(idempotencyKeys)
      .set({ finishedAt: databaseNow, ...(answer ?? {}) })
      .where(isName(name)),
  );
}

/** Gives a name back whose request asked Salesforce for nothing. */
export async function release({ ctx, ...name }: Claim): Promise<void> {
  await withActor(ctx, (tx) => tx.delete(idempotencyKeys).where(isName(name)));
}

function isName({ keyId, nameHash }: Pick<Claim, 'keyId' | 'nameHash'>) {
  return and(eq(idempotencyKeys.keyId, keyId), eq(idempotencyKeys.nameHash, nameHash));
}

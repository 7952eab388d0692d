import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Tx, withActor } from '@/db/client';
import { apiKeySecrets, databaseNow } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { storeSecret } from '@/lib/broker/keys/commands';
import { lockKey } from '@/lib/broker/keys/lock-key';
import { overlapSchema } from '@/lib/broker/keys/schema';
import type { Overlap, ShownSecret } from '@/lib/broker/keys/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

const HOURS: Record<Overlap, number> = { '1h': 1, '1d': 24, '7d': 7 * 24, '30d': 30 * 24 };

/**
 * Makes a second secret of one's own key, answered this once; the one before works for `overlap` still. Throws FORBIDDEN,
 * NOT_FOUND, INVALID_INPUT, CONFLICT (expired, or a rotation has not ended).
 */
export async function rotateKey(
  ctx: PersonContext,
  input: { id: string; overlap: unknown },
): Promise<ShownSecret> {
  const { overlap } = parseForm(
    z.object({ overlap: overlapSchema }),
    { overlap: input.overlap },
    'No new secret was made',
  );
  return await withActor(ctx, async (tx) => {
    const key = await lockKey(tx, ctx, input.id);
    if (key.expiresAt !== null && key.expiresAt.getTime() <= Date.now()) throw expired();
    await dropRetired(tx, key.id);
    if ((await tx.$count(apiKeySecrets, eq(apiKeySecrets.keyId, key.id))) > 1) throw rotating();
    const [before] = await tx
      .update(apiKeySecrets)
      .set({ retiresAt: sql`orgdock.now() + ${HOURS[overlap]} * interval '1 hour'` })
      .where(and(eq(apiKeySecrets.keyId, key.id), isNull(apiKeySecrets.retiresAt)))
      .returning({ retiresAt: apiKeySecrets.retiresAt });
    const { secret, prefix } = await storeSecret(tx, key.id);
    await appendAudit(tx, ctx, {
      action: 'api_key.rotate',
      subjectId: key.id,
      details: {
        name: key.name,
        prefix,
        ownerId: key.ownerId,
        retiresAt: (before?.retiresAt ?? new Date()).toISOString(),
      },
    });
    return { keyId: key.id, secret };
  });
}

/** Ends the overlap of a rotation now: the secret before stops working. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function retireSecret(ctx: PersonContext, input: { id: string; prefix: string }): Promise<void> {
  await withActor(ctx, async (tx) => {
    const key = await lockKey(tx, ctx, input.id);
    const [secret] = await tx
      .update(apiKeySecrets)
      .set({ retiresAt: databaseNow })
      .where(
        and(
          eq(apiKeySecrets.keyId, key.id),
          eq(apiKeySecrets.prefix, input.prefix),
          // The only one has no successor: to end that is to revoke the key.
          sql`${apiKeySecrets.retiresAt} > orgdock.now()`,
        ),
      )
      .returning({ prefix: apiKeySecrets.prefix });
    if (!secret)
      throw new AppError('NOT_FOUND', 'There is no secret of this key that a rotation has replaced.');
    await appendAudit(tx, ctx, {
      action: 'api_key.retire_secret',
      subjectId: key.id,
      details: { name: key.name, prefix: secret.prefix, ownerId: key.ownerId },
    });
  });
}

/** What a rotation took out of use is nobody's any more. */
async function dropRetired(tx: Tx, keyId: string): Promise<void> {
  await tx
    .delete(apiKeySecrets)
    .where(and(eq(apiKeySecrets.keyId, keyId), lte(apiKeySecrets.retiresAt, sql`orgdock.now()`)));
}

function expired(): AppError {
  return new AppError('CONFLICT', 'This key has expired.', {
    nextStep: 'Let it end later first, or make a new one.',
  });
}

function rotating(): AppError {
  return new AppError('CONFLICT', 'The secret before still works beside the one of now.', {
    nextStep: 'Retire it, then make a new one.',
  });
}

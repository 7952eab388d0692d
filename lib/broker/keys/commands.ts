import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Tx, withActor } from '@/db/client';
import { apiKeySecrets, apiKeys, databaseNow } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { assertUsable } from '@/lib/broker/keys/limits/assert-usable';
import { type KeyLimits, widens } from '@/lib/broker/keys/limits/widens';
import {
  assertMayHaveKeys,
  assertNameIsFree,
  assertRoomForKey,
  lockKey,
  lockKeysOf,
} from '@/lib/broker/keys/lock-key';
import { listKeyChoices } from '@/lib/broker/keys/names';
import { keyNameSchema, parseKeyForm, parseLimitsForm } from '@/lib/broker/keys/schema';
import { makeSecret } from '@/lib/broker/keys/secret';
import type { ShownSecret } from '@/lib/broker/keys/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

type Input = Record<string, unknown>;

/**
 * Makes a key of one's own; its secret is answered this once and kept nowhere. Throws FORBIDDEN, INVALID_INPUT,
 * CONFLICT (as many as one may have).
 */
export async function createKey(ctx: PersonContext, input: Input): Promise<ShownSecret> {
  assertMayHaveKeys(ctx);
  const { name, policy, expiresAt } = parseKeyForm(input);
  assertUsable(await listKeyChoices(ctx, ctx.personId), policy);
  return await withActor(ctx, async (tx) => {
    const ownerId = ctx.personId;
    await lockKeysOf(tx, ownerId);
    await assertNameIsFree(tx, { ownerId, name });
    await assertRoomForKey(tx, ownerId);
    const [key] = await tx
      .insert(apiKeys)
      .values({ ownerId, createdBy: ownerId, name, policy, expiresAt })
      .returning({ id: apiKeys.id });
    if (!key) throw new AppError('UNAVAILABLE', 'The key could not be stored.');
    const { secret, prefix } = await storeSecret(tx, key.id);
    await appendAudit(tx, ctx, {
      action: 'api_key.create',
      subjectId: key.id,
      details: { name, prefix, ownerId, policy: { ...policy }, expiresAt: expiresAt?.toISOString() ?? null },
    });
    return { keyId: key.id, secret };
  });
}

/** Gives one's own key another name. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT. */
export async function renameKey(ctx: PersonContext, input: { id: string; name: unknown }): Promise<void> {
  const { name } = parseForm(
    z.object({ name: keyNameSchema }),
    { name: input.name },
    'The key was not renamed',
  );
  await withActor(ctx, async (tx) => {
    await lockKeysOf(tx, ctx.personId);
    const key = await lockKey(tx, ctx, input.id);
    if (key.name === name) return;
    await assertNameIsFree(tx, { ownerId: key.ownerId, name, exceptId: key.id });
    await tx.update(apiKeys).set({ name }).where(eq(apiKeys.id, key.id));
    await appendAudit(tx, ctx, {
      action: 'api_key.rename',
      subjectId: key.id,
      details: { before: key.name, after: name },
    });
  });
}

/**
 * Changes what a key may do, or until when. Of somebody else's key an administrator may take away only. `onWidening` is
 * called before anything is stored when the key could do more afterwards, and refuses by throwing. Throws FORBIDDEN,
 * NOT_FOUND, INVALID_INPUT, CONFLICT.
 */
export async function changePolicy(
  ctx: PersonContext,
  input: { id: string; form: Input },
  onWidening: () => void,
): Promise<void> {
  const form = parseLimitsForm(input.form);
  const choices = await listKeyChoices(ctx, ctx.personId);
  await withActor(ctx, async (tx) => {
    const key = await lockKey(tx, ctx, input.id, 'anyone');
    const after = {
      policy: form.policy,
      expiresAt: form.expiresAt === 'keep' ? key.expiresAt : form.expiresAt,
    };
    if (isSame(key, after)) return;
    if (widens(key, after)) {
      if (key.ownerId !== ctx.personId) throw onlyNarrower();
      onWidening();
      assertUsable(choices, after.policy, key.policy);
    }
    await tx.update(apiKeys).set(after).where(eq(apiKeys.id, key.id));
    await appendAudit(tx, ctx, {
      action: 'api_key.policy',
      subjectId: key.id,
      details: { name: key.name, ...changedLimits(key, after) },
    });
  });
}

/** Makes a key worthless at once and for good: one's own, or as an administrator anybody's. Throws FORBIDDEN, NOT_FOUND, CONFLICT. */
export async function revokeKey(ctx: PersonContext, id: string): Promise<void> {
  await withActor(ctx, async (tx) => {
    const key = await lockKey(tx, ctx, id, 'anyone');
    await tx.update(apiKeys).set({ revokedAt: databaseNow }).where(eq(apiKeys.id, key.id));
    await appendAudit(tx, ctx, {
      action: 'api_key.revoke',
      subjectId: key.id,
      details: { name: key.name, prefix: await readPrefix(tx, key.id), ownerId: key.ownerId },
    });
  });
}

/** Stores a new secret of a key, in the caller's transaction. */
export async function storeSecret(tx: Tx, keyId: string): Promise<{ secret: string; prefix: string }> {
  const { secret, prefix, hash } = makeSecret();
  await tx.insert(apiKeySecrets).values({ prefix, keyId, secretHash: hash });
  return { secret, prefix };
}

/** The prefix of the newest secret of a key. */
async function readPrefix(tx: Tx, keyId: string): Promise<string> {
  const [row] = await tx
    .select({ prefix: apiKeySecrets.prefix })
    .from(apiKeySecrets)
    .where(eq(apiKeySecrets.keyId, keyId))
    .orderBy(sql`${apiKeySecrets.createdAt} DESC`)
    .limit(1);
  return row?.prefix ?? '';
}

function isSame(before: KeyLimits, after: KeyLimits): boolean {
  return Object.keys(changedLimits(before, after).after).length === 0;
}

/** What the log keeps: the fields that are others now, as they were and as they are. */
function changedLimits(before: KeyLimits, after: KeyLimits) {
  const [was, is] = [flat(before), flat(after)];
  const changed = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const pick = (limits: Record<string, unknown>) =>
    Object.fromEntries(changed.map((field) => [field, limits[field] ?? null]));
  return { before: pick(was), after: pick(is) };
}

function flat({ policy, expiresAt }: KeyLimits): Record<string, unknown> {
  return { ...policy, expiresAt: expiresAt?.toISOString() ?? null };
}

function onlyNarrower(): AppError {
  return new AppError('FORBIDDEN', 'This would let somebody else’s key do more than now.', {
    nextStep: 'Take away only, or ask the owner to change it.',
  });
}

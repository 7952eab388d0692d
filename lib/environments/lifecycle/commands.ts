import { eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { createEnvironment } from '@/lib/environments/commands';
import { assertAdmin } from '@/lib/environments/queries';
import { settingsOf } from '@/lib/environments/settings';
import { lockEnvironment } from '@/lib/environments/transaction/lock-environment';
import { AppError } from '@/lib/errors';

/**
 * Disables an environment: nobody signs in or connects through it or reads there. Nothing is revoked, and its grants
 * are kept alive. Throws FORBIDDEN, NOT_FOUND, CONFLICT for a draft.
 */
export async function disableEnvironment(ctx: PersonContext, { slug }: { slug: string }): Promise<void> {
  await setStatus(ctx, slug, 'disabled');
}

/** Takes a disabled environment into use again. Throws FORBIDDEN, NOT_FOUND, CONFLICT for a draft. */
export async function enableEnvironment(ctx: PersonContext, { slug }: { slug: string }): Promise<void> {
  await setStatus(ctx, slug, 'active');
}

/**
 * Makes a draft with the settings of another environment under a new name. Consumer key, secret and expected org are
 * not taken over: they belong to one app in one org. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT.
 */
export async function cloneEnvironment(
  ctx: PersonContext,
  { slug, name }: { slug: string; name: string },
): Promise<{ slug: string }> {
  assertAdmin(ctx);
  const settings = settingsOf(await withActor(ctx, (tx) => lockEnvironment(tx, slug)));
  const form = { ...settings, saveAs: 'draft', name, clientId: '' };
  return { slug: (await createEnvironment(ctx, form, slug)).slug };
}

async function setStatus(ctx: PersonContext, slug: string, status: 'active' | 'disabled'): Promise<void> {
  assertAdmin(ctx);
  await withActor(ctx, async (tx) => {
    const row = await lockEnvironment(tx, slug);
    if (row.status === status) return;
    if (row.status === 'draft') {
      throw new AppError('CONFLICT', `${row.name} is a draft.`, {
        nextStep: 'Complete its settings and save them: that takes it into use.',
      });
    }
    await tx.update(environments).set({ status, updatedAt: databaseNow }).where(eq(environments.id, row.id));
    await appendAudit(tx, ctx, {
      action: status === 'active' ? 'environment.enable' : 'environment.disable',
      subjectId: row.id,
      details: {},
    });
  });
}

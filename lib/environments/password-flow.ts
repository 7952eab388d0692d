import { eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin, assertCustodian } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/** Whether the environment allows the username-password flow, for administrators and auditors. Throws FORBIDDEN, NOT_FOUND. */
export async function isPasswordFlowAllowed(ctx: PersonContext, slug: string): Promise<boolean> {
  assertCustodian(ctx);
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ allowed: environments.allowPasswordFlow })
      .from(environments)
      .where(eq(environments.slug, slug)),
  );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return row.allowed;
}

/**
 * Allows the username-password flow in an environment, or stops it: service connections that use it get no new
 * token from then on. Throws FORBIDDEN, NOT_FOUND.
 */
export async function setPasswordFlow(
  ctx: PersonContext,
  { slug, allowed }: { slug: string; allowed: boolean },
): Promise<void> {
  assertAdmin(ctx);
  await withActor(ctx, async (tx) => {
    const [before] = await tx
      .select({ id: environments.id, allowed: environments.allowPasswordFlow })
      .from(environments)
      .where(eq(environments.slug, slug))
      .for('no key update');
    if (!before) throw new AppError('NOT_FOUND', 'There is no such environment.');
    if (before.allowed === allowed) return;
    await tx.update(environments).set({ allowPasswordFlow: allowed }).where(eq(environments.id, before.id));
    await appendAudit(tx, ctx, {
      action: 'environment.password_flow',
      subjectId: before.id,
      details: { allowed },
    });
  });
}

/** What stops a service connection of this flow while the switch is off. */
export function passwordFlowOff(environmentName: string): AppError {
  return new AppError('APP_FLOW_DISABLED', `${environmentName} does not allow the username-password flow.`, {
    nextStep: 'Use the JWT bearer or client credentials flow. An administrator can allow this one again.',
  });
}

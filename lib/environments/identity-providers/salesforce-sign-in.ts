import { sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { portal } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import type { SalesforceSignIn } from '@/lib/environments/identity-providers/types';
import { AppError } from '@/lib/errors';
import { canAdminUseProvider, lockAdministrators } from '@/lib/people/roles/admins-stay';

/** SQL: people may sign in through Salesforce. For a system transaction. */
export const salesforceSignInAllowed = sql<boolean>`(SELECT ${portal.salesforceSignIn} FROM ${portal})`;

/** Refuses to begin or to finish a sign-in through Salesforce while it is switched off. Throws FORBIDDEN. */
export async function requireSalesforceSignIn(systemTx: Tx): Promise<void> {
  const [row] = await systemTx.select({ allowed: portal.salesforceSignIn }).from(portal);
  if (row?.allowed) return;
  throw new AppError('FORBIDDEN', 'Signing in through Salesforce is switched off in this portal.', {
    nextStep: 'Sign in through your company’s identity provider. Connecting orgs works as before.',
  });
}

/** For administrators and auditors. Throws FORBIDDEN. */
export async function getSalesforceSignIn(ctx: PersonContext): Promise<SalesforceSignIn> {
  if (ctx.role === 'member') throw new AppError('FORBIDDEN', 'This is for administrators and auditors.');
  return await withSystem('Salesforce sign-in', async (tx) => {
    const [row] = await tx.select({ allowed: portal.salesforceSignIn }).from(portal);
    return { allowed: row?.allowed ?? true, maySwitchOff: await canAdminUseProvider(tx) };
  });
}

/**
 * Allows or stops signing in through Salesforce. Off only while an administrator could come in through an identity
 * provider, which one of them has done. Throws FORBIDDEN, CONFLICT.
 */
export async function setSalesforceSignIn(ctx: PersonContext, allowed: boolean): Promise<void> {
  if (ctx.role !== 'admin') throw new AppError('FORBIDDEN', 'Only administrators decide how people sign in.');
  await withSystem('Salesforce sign-in', async (tx) => {
    await lockAdministrators(tx);
    const [before] = await tx.select({ allowed: portal.salesforceSignIn }).from(portal).for('update');
    if (before?.allowed === allowed) return;
    if (!allowed && !(await canAdminUseProvider(tx))) {
      throw new AppError('CONFLICT', 'No administrator has signed in through an identity provider yet.', {
        nextStep:
          'Enable an identity provider, link it on your account page, sign in through it, then switch Salesforce sign-in off.',
      });
    }
    await tx.update(portal).set({ salesforceSignIn: allowed });
    await appendAudit(tx, ctx, {
      action: 'portal.salesforce_sign_in',
      subjectId: 'portal',
      details: { before: !allowed, after: allowed },
    });
  });
}

/**
 * Refuses what would shut every administrator out, in the transaction of the act and after it, under
 * `lockAdministrators`: Salesforce sign-in is off, and no provider is left through which an administrator comes in.
 * Throws CONFLICT.
 */
export async function assertWayInRemains(systemTx: Tx): Promise<void> {
  const [row] = await systemTx.select({ allowed: portal.salesforceSignIn }).from(portal).for('update');
  if (row?.allowed || (await canAdminUseProvider(systemTx))) return;
  throw new AppError(
    'CONFLICT',
    'Nobody could administer this portal afterwards: Salesforce sign-in is off.',
    {
      nextStep: 'Switch Salesforce sign-in on first, under Identity providers.',
    },
  );
}

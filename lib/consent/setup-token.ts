import { and, eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow, portal } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { SystemContext } from '@/lib/context';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';
import { hashToken } from '@/lib/session/secret-hash';

/**
 * The token that opens `/setup`, for printing at start; null once set-up is closed. `ORGDOCK_SETUP_TOKEN`, else
 * derived from the key ring, so that every replica and every restart names the same one.
 */
export async function ensureSetupToken(): Promise<string | null> {
  const given = env().ORGDOCK_SETUP_TOKEN;
  if (given !== undefined && given.length < 12) {
    throw new AppError('MISCONFIGURED', 'ORGDOCK_SETUP_TOKEN is too short to keep strangers out.', {
      nextStep: 'Use at least 12 characters, such as the output of: openssl rand -base64 18',
    });
  }
  const token = given ?? keyRing().derive('orgdock set-up token', 18).toString('base64url');
  return withSystem('set-up token', async (tx) => {
    await tx
      .insert(portal)
      .values({ id: 1, setupTokenHash: hashToken(token) })
      .onConflictDoUpdate({
        target: portal.id,
        set: { setupTokenHash: hashToken(token) },
        setWhere: eq(portal.setupClosed, false),
      });
    return (await openSetupHash(tx)) === null ? null : token;
  });
}

/** Closes set-up for good. False when it was closed already: of two that finish at once, one wins. */
export async function closeSetup(tx: Tx, ctx: SystemContext): Promise<boolean> {
  const closed = { setupClosed: true, setupClosedAt: databaseNow, setupTokenHash: null };
  const rows = await tx
    .insert(portal)
    .values({ id: 1, ...closed })
    .onConflictDoUpdate({ target: portal.id, set: closed, setWhere: eq(portal.setupClosed, false) })
    .returning({ id: portal.id });
  if (rows.length === 0) return false;
  await appendAudit(tx, ctx, { action: 'setup.close', subjectId: '1', details: {} });
  return true;
}

/** Hash of the token that opens set-up; null once it is closed. */
export async function openSetupHash(tx: Tx): Promise<string | null> {
  const [row] = await tx
    .select({ hash: portal.setupTokenHash })
    .from(portal)
    .where(and(eq(portal.id, 1), eq(portal.setupClosed, false)));
  return row?.hash ?? null;
}

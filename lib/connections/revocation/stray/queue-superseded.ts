import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connectionSecrets, type connections } from '@/db/schema/connections';
import { revokingApp } from '@/lib/connections/app-change';
import { whyVerifyFirst } from '@/lib/connections/restore/suspicion';
import { tokenStanding } from '@/lib/connections/revocation/standing';
import { queueStray, type StrayClaim } from '@/lib/connections/revocation/stray/queue-stray';
import { log } from '@/lib/log';
import type { OAuthApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/** A grant that a new one replaces, queued in the transaction of the new one, to be revoked after its commit. */
export interface Superseded {
  claim: StrayClaim;
  accessToken: string;
}

/**
 * Queues the grant of a connection that is consented to anew: Salesforce keeps five grants per user and app. Null:
 * there is none, or its refresh token may be spent, and then it stays here.
 */
export async function queueSuperseded(
  tx: Tx,
  strayId: string,
  app: OAuthApp,
  before: typeof connections.$inferSelect,
): Promise<Superseded | null> {
  const version = { connectionId: before.id, grantId: before.grantId, generation: before.generation };
  if (before.state === 'disconnected' || (await tokenStanding(tx, version)) !== 'current') return null;
  if (before.flow === 'authorization_code' && (await whyVerifyFirst(tx, before)) !== null) return null;
  const tokens = await openTokens(tx, before.id);
  if (tokens === null) return null;
  const { accessToken, refreshToken } = tokens;
  const grant = {
    ...version,
    environmentId: before.environmentId,
    app: revokingApp(app, before),
    orgId: before.orgId,
    userId: before.salesforceUserId,
    why: 'superseded by a new consent',
    token: refreshToken ?? accessToken,
  };
  const claim = await queueStray(tx, strayId, grant, 'superseded');
  return claim && { claim, accessToken };
}

async function openTokens(tx: Tx, rowId: string) {
  const [sealed] = await tx.select().from(connectionSecrets).where(eq(connectionSecrets.connectionId, rowId));
  if (!sealed) return null;
  const place = { table: 'connection_secrets', rowId } as const;
  try {
    const accessToken = await open(sealed.accessToken, { ...place, column: 'access_token' });
    if (sealed.refreshToken === null) return { accessToken, refreshToken: null };
    return {
      accessToken,
      refreshToken: await open(sealed.refreshToken, { ...place, column: 'refresh_token' }),
    };
  } catch (err) {
    log().error({ err, connectionId: rowId }, 'a superseded grant could not be opened, so it is not revoked');
    return null;
  }
}

import { randomUUID } from 'node:crypto';
import { withSystem } from '@/db/client';
import type { Claim, GrantVersion } from '@/lib/connections/refresh/claim';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { type RevocationResult, revokeAndVerify } from '@/lib/connections/revocation/revoke-and-verify';
import {
  claimStray,
  queueStray,
  type StrayClaim,
  type StrayGrant,
  type StrayTrigger,
} from '@/lib/connections/revocation/stray/queue-stray';
import { recordStray, recordUnqueued } from '@/lib/connections/revocation/stray/record-stray';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import type { OAuthApp, RevokingApp, TokenAnswer } from '@/lib/salesforce/types';

/** Whose token it is, as the holder of a claim knows it. */
type StrayOrigin = GrantVersion &
  Pick<Claim, 'environmentId'> & { app: RevokingApp; orgId: string | null; userId: string | null };

/**
 * Revokes a token that no row holds any more: superseded by a new consent, refused, or landed too late. It is
 * queued first, then tried at once; what the org does not confirm is tried again by the sweep. When the database
 * does not take it, it is tried all the same. Never throws.
 */
export function revokeStrayToken(
  origin: StrayOrigin,
  token: string,
  why: string,
  trigger: StrayTrigger = 'superseded',
): Promise<void> {
  const { connectionId, grantId, generation, environmentId, app, orgId, userId } = origin;
  const version = { connectionId, grantId, generation };
  return revokeStray({ ...version, environmentId, app, orgId, userId, why, token }, trigger, null);
}

/** Gives a consented grant back that Orgdock does not keep; as `revokeStrayToken`. */
export function giveBackGrant(
  { environmentId, app, grantId }: { environmentId: string; app: OAuthApp; grantId: string },
  answer: Pick<TokenAnswer, 'accessToken' | 'refreshToken'> & Partial<Pick<TokenAnswer, 'orgId' | 'userId'>>,
): Promise<void> {
  const grant = {
    // No row was stored, so the audit log names the grant itself.
    connectionId: `refused grant ${grantId}`,
    grantId,
    generation: 0,
    environmentId,
    app,
    orgId: answer.orgId || null,
    userId: answer.userId || null,
    why: 'refused after consent',
    token: answer.refreshToken ?? answer.accessToken,
  };
  return revokeStray(grant, 'refused', answer.accessToken);
}

function revokeStray(grant: StrayGrant, trigger: StrayTrigger, accessToken: string | null): Promise<void> {
  const work = async () => {
    const strayId = randomUUID();
    const claim = await tryToQueue(strayId, grant, trigger);
    if (claim) {
      await revokeClaimedStray(claim, accessToken);
      return;
    }
    const { app, token } = grant;
    const result = await revokeAndVerify({
      app,
      mayIntrospect: false,
      openToken: async () => token,
      openAccessToken: async () => accessToken,
    });
    await untilStored('stray token revoked', () => recordUnqueued(strayId, grant, trigger, result));
  };
  return holdStop(
    work().catch((err: unknown) => log().error({ err }, 'what became of a stray grant was not recorded')),
  );
}

/** Null: it could not be queued, whatever the reason, and is revoked without that. */
async function tryToQueue(
  strayId: string,
  grant: StrayGrant,
  trigger: StrayTrigger,
): Promise<StrayClaim | null> {
  try {
    return await untilStored(
      'stray grant',
      () => withSystem('stray grant', (tx) => queueStray(tx, strayId, grant, trigger)),
      revocationPolicy().queueMs,
    );
  } catch (err) {
    log().error({ err }, 'a stray grant could not be queued, so it is revoked without that');
    return null;
  }
}

/** Sends the revocation of a queued stray grant, once its transaction is committed. Never throws. */
export function revokeClaimedStray(
  claim: StrayClaim,
  accessToken: string | null = null,
): Promise<RevocationResult> {
  const work = async () => {
    const result = await revokeAndVerify({ ...claim, openAccessToken: async () => accessToken });
    await untilStored('stray token revoked', () => recordStray(claim, result));
    return result;
  };
  return holdStop(work());
}

/** Tries a queued stray grant once more. Null: somebody else is at it, or it has ended. */
export async function finishStray(strayId: string, trigger: StrayTrigger): Promise<RevocationResult | null> {
  const claim = await withSystem('stray grant claim', (tx) => claimStray(tx, strayId, trigger));
  return claim && (await revokeClaimedStray(claim));
}

import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { holdStop } from '@/lib/registry';
import type { RevokingApp } from '@/lib/salesforce/types';

/** An access token of a service connection that nobody is to use any more. */
export interface UnwantedAccess {
  /** Of the connection, or a name for one that was never stored. */
  connectionId: string;
  grantId: string;
  generation: number;
  environmentId: string;
  app: RevokingApp;
  orgId: string | null;
  userId: string | null;
  accessToken: string;
}

/** Revokes an access token at its token host. Waits a bounded time while the work goes on; never throws. */
export async function giveBack({ accessToken, ...origin }: UnwantedAccess, why: string): Promise<void> {
  const work = holdStop(revokeStrayToken(origin, accessToken, why));
  await withinOrNull(work, refreshPolicy().callerWaitMs);
}

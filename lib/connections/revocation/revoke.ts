import { withSystem } from '@/db/client';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { verifyBeforeRevoking } from '@/lib/connections/restore/verify-before-revoking';
import {
  claimRevocation,
  type RevocationClaim,
  type RevocationReason,
} from '@/lib/connections/revocation/claim';
import { recordRevocation } from '@/lib/connections/revocation/record';
import { type RevocationResult, revokeAndVerify } from '@/lib/connections/revocation/revoke-and-verify';
import { holdStop } from '@/lib/registry';
import { open } from '@/lib/vault/seal';

/**
 * Revokes the stored grant of a connection that is being disconnected. Null: nothing was sent, because somebody
 * else is at it, or because nothing may or need be sent; the row says which.
 */
export async function finishRevocation(
  connectionId: string,
  why: string,
  trigger: RevocationReason['trigger'] = 'disconnect',
): Promise<RevocationResult | null> {
  const claim = await withSystem('revocation claim', (tx) =>
    claimRevocation(tx, connectionId, { why, trigger }),
  );
  return claim && (await revokeClaimed(claim));
}

/** Sends the revocation of a claim, once its transaction is committed, and writes down what it came to. */
export function revokeClaimed(claim: RevocationClaim): Promise<RevocationResult> {
  const { app, mayIntrospect, lease, sealed, connectionId: rowId } = claim;
  const { mayStillSend } = lease;
  const { refreshToken, accessToken } = sealed;
  const openAccessToken = () => openColumn(rowId, 'access_token', accessToken);
  const openToken = () =>
    refreshToken === null ? openAccessToken() : openColumn(rowId, 'refresh_token', refreshToken);
  const work = async () => {
    const result =
      (await verifyBeforeRevoking(claim, openToken)) ??
      (await revokeAndVerify({ app, mayIntrospect, openToken, openAccessToken, mayStillSend }));
    await untilStored('revocation', () => recordRevocation(claim, result)).finally(lease.end);
    return result;
  };
  return holdStop(work());
}

function openColumn(
  rowId: string,
  column: 'access_token' | 'refresh_token',
  sealed: string,
): Promise<string> {
  return open(sealed, { table: 'connection_secrets', column, rowId });
}

import { cacheAccessToken } from '@/lib/connections/access-cache';
import type { Claim } from '@/lib/connections/refresh/claim';
import { type Failure, leavesTokenCurrent, recordFailure } from '@/lib/connections/refresh/fail';
import { landSuccess } from '@/lib/connections/refresh/land';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { finishRevocation } from '@/lib/connections/revocation/revoke';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { lostFault, readRefreshAnswer, spendRefreshToken } from '@/lib/salesforce/oauth/refresh';
import { spendError } from '@/lib/salesforce/oauth/server';
import type { AccessGrant, RefreshOutcome } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

type Success = Extract<RefreshOutcome, { kind: 'success' }>;

/**
 * How a claimed refresh ended. `changed`: the row says more than the answer (it ended, was disconnected or
 * consented anew), so callers read it again.
 */
export type SpendEnd =
  | { kind: 'renewed'; grant: AccessGrant }
  | { kind: 'changed' }
  | { kind: 'failed'; failure: Failure };

/**
 * Spends the refresh token of a claim: sends it once, stores what came back, and only then hands out the new
 * access token. Once the token was sent it does not give up before the end is stored.
 */
export async function spendClaim(claim: Claim): Promise<SpendEnd> {
  const refreshToken = await openRefreshToken(claim);
  if (refreshToken instanceof AppError)
    return await endFailed(claim, { kind: 'unsent', error: refreshToken }, null);
  const outcome = await send(claim, refreshToken);
  return outcome.kind === 'success'
    ? await endSuccess(claim, outcome, refreshToken)
    : await endFailed(claim, outcome, refreshToken);
}

async function openRefreshToken(claim: Claim): Promise<string | AppError> {
  try {
    const rowId = claim.connectionId;
    return await open(claim.sealedRefreshToken, {
      table: 'connection_secrets',
      column: 'refresh_token',
      rowId,
    });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function send(claim: Claim, refreshToken: string): Promise<Success | Failure> {
  const { app, mayStillSend, orgId, userId } = claim;
  try {
    const result = await spendRefreshToken({ app, refreshToken, mayStillSend });
    if (result.kind === 'answered')
      return readRefreshAnswer(result, { orgId, userId, secrets: [refreshToken, app.clientSecret] });
    if (result.kind === 'lost') return { kind: 'uncertain', fault: lostFault(result.reason) };
    return { kind: 'unsent', error: spendError(result) };
  } catch (error) {
    // Our own errors are checks before the send. Of anything else that cannot be said.
    if (error instanceof AppError) return { kind: 'unsent', error };
    log().error({ err: error, connectionId: claim.connectionId }, 'a refresh broke off unexpectedly');
    return { kind: 'uncertain', fault: lostFault('Orgdock failed while it waited for the answer') };
  }
}

async function endSuccess(
  claim: Claim,
  { answer, distrust }: Success,
  spentToken: string,
): Promise<SpendEnd> {
  const landing = await untilStored('refresh answer', () => landSuccess(claim, answer, distrust));
  if (landing.kind === 'foreign') {
    // Consented anew, or deleted: this family of tokens is nobody's now.
    await revokeStrayToken(claim, answer.refreshToken ?? spentToken, 'superseded during a refresh');
    return { kind: 'changed' };
  }
  if (landing.kind === 'stored' && landing.disconnecting) {
    await finishRevocation(claim.connectionId, 'disconnected during a refresh');
    return { kind: 'changed' };
  }
  if (landing.kind === 'outdated' || distrust) return { kind: 'changed' };
  cacheAccessToken(claim.connectionId, landing.generation, answer.accessToken);
  const { accessToken, instanceUrl } = answer;
  return { kind: 'renewed', grant: { accessToken, instanceUrl, generation: landing.generation } };
}

async function endFailed(claim: Claim, failure: Failure, refreshToken: string | null): Promise<SpendEnd> {
  const record = await untilStored('refresh failure', () => recordFailure(claim, failure));
  if (record === 'foreign' && refreshToken !== null && leavesTokenCurrent(failure)) {
    await revokeStrayToken(claim, refreshToken, 'superseded during a refresh');
  }
  if (record === 'disconnecting') await finishRevocation(claim.connectionId, 'disconnected during a refresh');
  const restsOnRow = record !== 'recorded' || !leavesTokenCurrent(failure);
  return restsOnRow ? { kind: 'changed' } : { kind: 'failed', failure };
}

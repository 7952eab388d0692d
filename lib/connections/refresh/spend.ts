import { cacheAccessToken } from '@/lib/connections/access-cache';
import type { Claim, Spend } from '@/lib/connections/refresh/claim';
import { type Failure, leavesTokenCurrent, recordFailure } from '@/lib/connections/refresh/fail';
import { landSuccess, type RefreshSuccess } from '@/lib/connections/refresh/land';
import { type SpendOutcome, sendRefresh } from '@/lib/connections/refresh/send';
import { announce } from '@/lib/connections/refresh/steps';
import { untilStored } from '@/lib/connections/refresh/until-stored';
import { noteGeneration } from '@/lib/connections/restore/watermarks';
import { finishRevocation } from '@/lib/connections/revocation/revoke';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { requestServiceToken } from '@/lib/connections/service/request/request-service-token';
import { forgetAnswer } from '@/lib/connections/spool/answer';
import { AppError } from '@/lib/errors';
import type { AccessGrant, OAuthApp } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/**
 * How a claimed refresh ended. `changed`: the row says more than the answer (it ended, was disconnected or
 * consented anew), so callers read it again.
 */
export type SpendEnd =
  | { kind: 'renewed'; grant: AccessGrant }
  | { kind: 'changed' }
  | { kind: 'failed'; failure: Failure };

/**
 * Spends the refresh token of a claim, or the credentials of a service connection: sends them once, stores what came
 * back, and only then hands out the new access token. Once they were sent it does not give up before the end is stored.
 */
export async function spendClaim(claim: Claim): Promise<SpendEnd> {
  try {
    const { flow } = claim;
    if (flow !== 'authorization_code') {
      return await storeEnd(claim, await requestServiceToken({ ...claim, flow }), null);
    }
    const refreshToken = await openRefreshToken(claim);
    if (refreshToken instanceof AppError) {
      return await storeEnd(claim, { kind: 'unsent', error: refreshToken }, null);
    }
    return await storeEnd(claim, await sendRefresh(claim, refreshToken), refreshToken);
  } finally {
    claim.lease.end();
  }
}

/**
 * Stores what a spend came to and forgets its spooled answer: for its holder, and for whoever finds the answer in the
 * spool. `spentToken`: null when it could not be opened.
 */
export async function storeEnd(
  spend: Spend,
  outcome: SpendOutcome,
  spentToken: string | null,
): Promise<SpendEnd> {
  const end =
    outcome.kind === 'success'
      ? await storeSuccess(spend, outcome)
      : await storeFailure(spend, outcome, spentToken);
  await forgetAnswer(spend.attemptId);
  return end;
}

async function openRefreshToken(claim: Claim): Promise<string | AppError> {
  try {
    const rowId = claim.connectionId;
    const place = { table: 'connection_secrets', column: 'refresh_token', rowId } as const;
    if (claim.sealedRefreshToken === null) throw new Error(`Connection ${rowId} has no refresh token.`);
    return await open(claim.sealedRefreshToken, place);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function storeSuccess(spend: Spend, success: RefreshSuccess): Promise<SpendEnd> {
  const { answer, distrust, spentToken } = success;
  const landing = await untilStored('refresh answer', () => landSuccess(spend, success));
  if (landing.kind === 'stored') {
    announce('stored', spend);
    await noteGeneration(spend.connectionId, landing.generation);
  }
  if (landing.kind === 'foreign') {
    // Consented anew, or deleted: this family of tokens is nobody's now.
    const token = answer.refreshToken ?? spentToken ?? answer.accessToken;
    await revokeStrayToken(strayOf(spend), token, 'superseded during a refresh');
    return { kind: 'changed' };
  }
  if (landing.kind === 'stored' && landing.disconnecting) {
    await finishRevocation(spend.connectionId, 'disconnected during a refresh');
    return { kind: 'changed' };
  }
  if (landing.kind === 'outdated' || distrust) return { kind: 'changed' };
  cacheAccessToken(spend.connectionId, landing.generation, answer.accessToken);
  const { accessToken, instanceUrl } = answer;
  return { kind: 'renewed', grant: { accessToken, instanceUrl, generation: landing.generation } };
}

async function storeFailure(spend: Spend, failure: Failure, spentToken: string | null): Promise<SpendEnd> {
  const record = await untilStored('refresh failure', () => recordFailure(spend, failure));
  if (record === 'foreign' && spentToken !== null && leavesTokenCurrent(failure)) {
    await revokeStrayToken(strayOf(spend), spentToken, 'superseded during a refresh');
  }
  if (record === 'disconnecting') await finishRevocation(spend.connectionId, 'disconnected during a refresh');
  const restsOnRow = record !== 'recorded' || !leavesTokenCurrent(failure);
  return restsOnRow ? { kind: 'changed' } : { kind: 'failed', failure };
}

/** A grant that no row holds any more: with the app while a claim holds it, else with its token alone. */
function strayOf({ app, ...spend }: Spend) {
  const { tokenHost, clientId } = app;
  const held = 'clientSecret' in app ? (app as OAuthApp) : null;
  return { ...spend, app: held ?? { tokenHost, clientId, clientSecret: null, anonymous: true } };
}

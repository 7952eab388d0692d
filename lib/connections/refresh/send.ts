import { withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { refreshAttempts } from '@/db/schema/connections';
import type { Claim } from '@/lib/connections/refresh/claim';
import type { Failure } from '@/lib/connections/refresh/fail';
import type { RefreshSuccess } from '@/lib/connections/refresh/land';
import { bootId } from '@/lib/connections/refresh/lease';
import { announce } from '@/lib/connections/refresh/steps';
import { askWhetherActive, type TokenStanding } from '@/lib/connections/settle/ask-whether-active';
import { spoolAnswer, withdrawAnswer } from '@/lib/connections/spool/answer';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import { openOtherSecret } from '@/lib/environments/secret/open-other-secret';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { makeFault } from '@/lib/salesforce/fault';
import { lostFault, readRefreshAnswer, spendRefreshToken } from '@/lib/salesforce/oauth/refresh';
import { spendError } from '@/lib/salesforce/oauth/server';

/** What a spend came to, before it is stored. */
export type SpendOutcome = (RefreshSuccess & { kind: 'success' }) | Failure;

/**
 * Sends the refresh token of a claim once, and writes the answer to the spool before it looks at it. While an app has
 * two secrets, or got a new one since the claim, a refusal of one is followed by one try with the other: client
 * authentication comes before the token is looked at. Never throws for what happens on the way.
 */
export async function sendRefresh(claim: Claim, refreshToken: string): Promise<SpendOutcome> {
  const obstacle = claim.verifyFirst === null ? null : await verify(claim, refreshToken);
  if (obstacle) return obstacle;
  const outcome = await sendWith(claim.app, claim, refreshToken);
  if (outcome.kind !== 'app_fault' || outcome.fault.error !== 'invalid_client') return outcome;
  const other = await openOtherSecret(claim.environmentId, claim.app);
  if (other === null || !(await withdrawAnswer(claim.attemptId))) return outcome;
  const second = await sendWith(other, claim, refreshToken);
  // The present secret is what an administrator has to look at.
  return second.kind === 'unsent' ? outcome : second;
}

async function sendWith(app: OAuthAppSecrets, claim: Claim, refreshToken: string): Promise<SpendOutcome> {
  const { lease, orgId, userId } = claim;
  const mayStillSend = () => {
    const may = lease.mayStillSend();
    if (may) announce('sending', claim);
    return may;
  };
  try {
    const result = await spendRefreshToken({ app, refreshToken, mayStillSend });
    if (result.kind === 'lost') return { kind: 'uncertain', fault: lostFault(result.reason) };
    if (result.kind !== 'answered') return { kind: 'unsent', error: spendError(result) };
    announce('answered', claim);
    const spooled = await spoolAnswer({ spend: claim, answer: result, spentToken: refreshToken });
    if (spooled) announce('spooled', claim);
    const secrets = [refreshToken, app.clientSecret];
    const read = readRefreshAnswer(result, { orgId, userId, secrets });
    return read.kind === 'success'
      ? { ...read, spentToken: refreshToken, acceptedSecret: app.sealedSecret }
      : read;
  } catch (error) {
    // Our own errors are checks before the send. Of anything else that cannot be said.
    if (error instanceof AppError) return { kind: 'unsent', error };
    log().error({ err: error, connectionId: claim.connectionId }, 'a refresh broke off unexpectedly');
    return { kind: 'uncertain', fault: lostFault('Orgdock failed while it waited for the answer') };
  }
}

/** Null: the token may be spent. A stored token of a restored database is asked about before it leaves as a refresh. */
async function verify(claim: Claim, refreshToken: string): Promise<Failure | null> {
  const standing = await askWhetherActive(claim, refreshToken);
  await noteIntrospection(claim, standing);
  switch (standing.kind) {
    case 'active':
      return null;
    case 'inactive':
      return {
        kind: 'consumed',
        fault: makeFault({
          error: 'inactive',
          description: 'Salesforce says that the token is not active.',
          status: 200,
        }),
      };
    case 'unavailable':
      return { kind: 'unsent', error: standing.error };
    case 'impossible':
      // An old heartbeat alone is no proof: a portal may simply have been switched off.
      if (standing.policy === 'one_try' || claim.verifyFirst === 'heartbeat') return null;
      return { kind: 'consumed', fault: lostFault('Orgdock may not ask Salesforce about this token') };
  }
}

async function noteIntrospection(claim: Claim, standing: TokenStanding): Promise<void> {
  const { connectionId, grantId, generation, fence } = claim;
  await withSystem('introspection', (tx) =>
    tx.insert(refreshAttempts).values({
      connectionId,
      grantId,
      generation,
      fence,
      purpose: 'introspect',
      trigger: 'verify',
      leaseOwner: bootId(),
      finishedAt: databaseNow,
      outcome: standing.kind === 'active' || standing.kind === 'inactive' ? standing.kind : 'unsent',
      error: 'error' in standing ? standing.error.code : null,
    }),
  );
}

import { randomBytes } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { AppError, type SalesforceFault } from '@/lib/errors';
import type { OAuthApp } from '../../types';
import { faultOf } from '../faults';
import { partiesOf, requireResult, sendOnce, spendError } from '../server';

/** Salesforce's refusal of a token request that cannot succeed. Its words tell what it looked at. */
export type ClientProbe =
  | { kind: 'refused'; fault: SalesforceFault }
  /** Not asked, or not answered in time. */
  | { kind: 'unanswered'; error: AppError };

const PATIENCE_MS = 10_000;

/**
 * Asks the token endpoint with a code that nobody ever got, so that only the client can be right. It consumes nothing.
 * Throws nothing of the wire.
 */
export async function probeClient(
  app: OAuthApp,
  { redirectUri }: { redirectUri: string },
): Promise<ClientProbe> {
  const code = randomBytes(48).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  try {
    const parties = partiesOf(app);
    const sent = sendOnce(app);
    const asked = oauth
      .genericTokenEndpointRequest(
        parties.server,
        parties.client,
        parties.authentication,
        'authorization_code',
        { code, redirect_uri: redirectUri, code_verifier: verifier },
        sent.request,
      )
      .catch((error: unknown) => {
        if (sent.result === null) throw error;
      });
    await withPatience(asked);
    const result = requireResult(sent);
    if (result.kind !== 'answered') return { kind: 'unanswered', error: spendError(result) };
    return { kind: 'refused', fault: faultOf(result, [app.clientSecret, code, verifier]) };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unanswered', error };
    // Its message may quote what was to be sent.
    return { kind: 'unanswered', error: new AppError('UNAVAILABLE', 'Orgdock failed while it asked.') };
  }
}

/** A secret of the form of Salesforce's that no app has: a client that is refused with it alone is looked at. */
export function madeUpSecret(): string {
  return randomBytes(32).toString('hex').toUpperCase();
}

async function withPatience(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('TIMEOUT', 'The token endpoint did not answer in time.')),
      PATIENCE_MS,
    );
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

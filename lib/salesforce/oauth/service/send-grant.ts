import * as oauth from 'oauth4webapi';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import type { OAuthApp, ServiceOutcome, TokenAnswer } from '../../types';
import { lostFault } from '../refresh';
import { type OAuthParties, partiesOf, requireResult, sendOnce } from '../server';
import { readServiceAnswer } from './read-answer';

/** What every token request without a person needs. */
export interface ServiceRequest {
  app: OAuthApp;
  /** Whom the connection runs as; null: whoever answers, for the first token. */
  expected: Pick<TokenAnswer, 'orgId' | 'userId'> | null;
  /** Asked in the tick of the first write. */
  mayStillSend?: () => boolean;
}

interface ServiceGrant {
  grantType: string;
  /** Sent in the body, form-encoded; never in the URL. */
  parameters: Record<string, string>;
  authentication?: (parties: OAuthParties) => oauth.ClientAuth;
  /** Kept out of the words that are quoted. */
  secrets: ReadonlyArray<string | null>;
}

/** Posts one token request at the app's token host and reads what it came to. Never throws for the wire or the host. */
export async function sendServiceGrant(
  request: ServiceRequest,
  grant: ServiceGrant,
): Promise<ServiceOutcome> {
  const { app, expected, mayStillSend } = request;
  try {
    const parties = partiesOf(app);
    const sent = sendOnce(app, mayStillSend ? { mayStillSend } : {});
    await oauth
      .genericTokenEndpointRequest(
        parties.server,
        parties.client,
        grant.authentication?.(parties) ?? nothing,
        grant.grantType,
        grant.parameters,
        sent.request,
      )
      .catch((error: unknown) => {
        if (sent.result === null) throw error;
      });
    return readServiceAnswer(requireResult(sent), expected, [...grant.secrets, app.clientSecret]);
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unsent', error };
    // Its message may quote what was to be sent.
    log().error({ name: error instanceof Error ? error.name : typeof error }, 'a token request broke off');
    return { kind: 'retry_later', fault: lostFault('Orgdock failed while it asked') };
  }
}

/** The grant itself says which app it is for. */
const nothing: oauth.ClientAuth = () => undefined;

import * as oauth from 'oauth4webapi';
import { askWithEitherSecret } from '../either-secret';
import { makeFault } from '../fault';
import type { OAuthApp, Revocation, RevokingApp, TokenAnswer } from '../types';
import { faultOf } from './faults';
import { partiesOf, requireResult, sendOnce } from './server';

interface RevocationRequest {
  app: RevokingApp;
  token: string;
  mayStillSend?: () => boolean;
}

/**
 * Revokes a token at the app's token host (RFC 7009); a refresh token takes its access tokens with it. A secret that
 * is refused is followed by the other one while two are held. Wire failures come back as an unconfirmed result; it
 * throws only `HOST_NOT_ALLOWED`.
 */
export function revokeToken(input: RevocationRequest): Promise<Revocation> {
  return askWithEitherSecret(
    input.app,
    (app) => revoke({ ...input, app }),
    ({ fault }) => fault,
  );
}

async function revoke(input: RevocationRequest): Promise<Revocation> {
  const { app, token, mayStillSend } = input;
  const { server, client, authentication } = partiesOf(app);
  const sent = sendOnce(app, mayStillSend ? { mayStillSend } : {});
  await oauth
    .revocationRequest(server, client, app.anonymous ? nothing : authentication, token, sent.request)
    .catch((error: unknown) => {
      if (sent.result === null) throw error;
    });
  const result = requireResult(sent);
  if (result.kind !== 'answered') {
    const fault = makeFault({ error: result.kind, description: result.reason, status: null });
    return { sent: result.kind === 'lost', confirmed: false, fault };
  }
  // Salesforce answers with nothing. A page with 200 comes from something in between.
  if (result.status === 200 && result.body.trim() === '') return { sent: true, confirmed: true, fault: null };
  const fault = faultOf(result, [token, app.clientSecret]);
  // `invalid_token`: it is not valid any more, which is what revoking is for (RFC 7009 §2.2 answers 200 then).
  return { sent: true, confirmed: fault.error === 'invalid_token', fault };
}

const nothing: oauth.ClientAuth = () => undefined;

/** Gives a whole grant back: its refresh token, or the access token when it has none. */
export function revokeGrant(
  app: OAuthApp,
  tokens: Pick<TokenAnswer, 'accessToken' | 'refreshToken'>,
): Promise<Revocation> {
  return revokeToken({ app, token: tokens.refreshToken ?? tokens.accessToken });
}

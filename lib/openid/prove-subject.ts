import * as oauth from 'oauth4webapi';
import { AppError } from '@/lib/errors';
import type { Discovered } from './discover';
import { answerInvalid, providerRefused } from './errors';
import { providerFetch } from './provider-fetch';
import { type Claims, lacksFacts, readSubject } from './read-subject';
import type { OpenIdClient, ProvenSubject } from './types';

/** Clocks may differ by this many seconds when an ID token is checked. */
const CLOCK_TOLERANCE_SECONDS = 120;

export interface SubjectProof {
  discovered: Discovered;
  client: OpenIdClient;
  redirectUri: string;
  /** The query of the callback, as it came. */
  params: URLSearchParams;
  /** Of the attempt; compared before anything is sent. */
  state: string;
  codeVerifier: string;
  nonce: string;
  groupsClaim: string | null;
  /** When a fresh sign-in was asked for: an older login is refused. Null: any login will do. */
  freshSince: Date | null;
}

/**
 * Exchanges the code and says who signed in (OpenID Connect Core §3.1.3). Checked: `state`, `iss` (RFC 9207), the ID
 * token's signature against the provider's keys, issuer, audience, authorized party, times and nonce, and that userinfo
 * speaks of the same subject. No token leaves this function. Throws `AppError`, never with a token, code or secret.
 */
export async function proveSubject(input: SubjectProof): Promise<ProvenSubject> {
  const { server } = input.discovered;
  const client = { client_id: input.client.clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  try {
    const parameters = oauth.validateAuthResponse(server, client, input.params, input.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authenticationOf(input),
      parameters,
      input.redirectUri,
      input.codeVerifier,
      options(input.discovered),
    );
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: input.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, options(input.discovered));
    const claims: Claims | undefined = oauth.getValidatedIdTokenClaims(answer);
    if (!claims) throw answerInvalid('The identity provider sent no ID token.', 'id_token');
    checkTimes(claims, input.freshSince);
    const facts = lacksFacts(claims, input.groupsClaim)
      ? { ...(await askUserInfo(input.discovered, client, claims.sub, answer.access_token)), ...claims }
      : claims;
    return readSubject(facts, input.groupsClaim);
  } catch (error) {
    throw protocolError(error);
  }
}

/** What an error of the provider at the callback means (`?error=…&error_description=…`). */
export function readCallbackRefusal(params: URLSearchParams): AppError {
  return providerRefused(params.get('error') ?? 'unknown_error', params.get('error_description'));
}

function authenticationOf({ discovered, client }: SubjectProof): oauth.ClientAuth {
  if (client.clientSecret === null) return oauth.None();
  return discovered.report.clientAuthentication === 'client_secret_post'
    ? oauth.ClientSecretPost(client.clientSecret)
    : oauth.ClientSecretBasic(client.clientSecret);
}

/** http is possible only where `checkProviderUrl` lets that exact origin pass. */
function options({ server }: Discovered) {
  return {
    [oauth.customFetch]: providerFetch,
    [oauth.allowInsecureRequests]: server.issuer.startsWith('http:'),
  };
}

/** A token of the future is refused like one of the past, and a login before the attempt proves nothing new. */
function checkTimes(claims: Claims, freshSince: Date | null): void {
  const latest = Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS;
  if (claims.iat > latest) throw answerInvalid('The ID token was issued in the future.', 'iat');
  if (freshSince === null) return;
  const loggedInAt = claims.auth_time;
  if (typeof loggedInAt !== 'number') {
    throw answerInvalid(
      'The identity provider did not say when you logged in, so it proves nothing new.',
      'auth_time',
    );
  }
  const earliest = freshSince.getTime() / 1000 - CLOCK_TOLERANCE_SECONDS;
  if (loggedInAt < earliest || loggedInAt > latest) {
    throw answerInvalid('The identity provider did not ask you to log in again.', 'auth_time');
  }
}

/** More facts about the same subject; nothing when the provider has no such endpoint. */
async function askUserInfo(
  discovered: Discovered,
  client: oauth.Client,
  subject: string,
  accessToken: string,
): Promise<Record<string, oauth.JsonValue | undefined>> {
  if (discovered.report.userinfoEndpoint === null) return {};
  const { server } = discovered;
  const response = await oauth.userInfoRequest(server, client, accessToken, options(discovered));
  return { ...(await oauth.processUserInfoResponse(server, client, subject, response)) };
}

/** oauth4webapi's own errors hold whole answers in `cause`, so they never become ours: only their code is looked at. */
function protocolError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    return providerRefused(error.error, error.error_description ?? null);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return providerRefused('invalid_client', `the endpoint answered with HTTP ${error.status}`);
  }
  const check = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return answerInvalid('The identity provider’s answer did not pass Orgdock’s checks.', check);
}

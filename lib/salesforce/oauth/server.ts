import * as oauth from 'oauth4webapi';
import { checkOrigin } from '@/lib/egress/hosts';
import { type SpendOptions, spendOnce } from '@/lib/egress/spend';
import { AppError } from '@/lib/errors';
import type { OAuthApp, SpendResult } from '../types';

/** An app as oauth4webapi sees it. */
export interface OAuthParties {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  authentication: oauth.ClientAuth;
}

/** Clocks may differ by this many seconds when an id_token is checked. */
const CLOCK_TOLERANCE_SECONDS = 120;

/** Endpoints and credentials of an app; its token host is checked. Throws `HOST_NOT_ALLOWED`. */
export function partiesOf(app: OAuthApp): OAuthParties {
  const { origin } = checkOrigin(app.tokenHost);
  return {
    server: {
      issuer: origin,
      authorization_endpoint: `${origin}/services/oauth2/authorize`,
      token_endpoint: `${origin}/services/oauth2/token`,
      revocation_endpoint: `${origin}/services/oauth2/revoke`,
      introspection_endpoint: `${origin}/services/oauth2/introspect`,
    },
    client: { client_id: app.clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authentication: app.clientSecret === null ? oauth.None() : oauth.ClientSecretPost(app.clientSecret),
  };
}

/** The result of one OAuth POST, and the answer as oauth4webapi wants it. */
export interface Sent {
  result: SpendResult | null;
  request: Pick<
    oauth.TokenEndpointRequestOptions,
    typeof oauth.customFetch | typeof oauth.allowInsecureRequests
  >;
}

/**
 * Options that make oauth4webapi send through `spendOnce`: single-use, no redirect, never aborted once written.
 * http is possible only where the allow-list already allowed that exact origin.
 */
export function sendOnce(app: OAuthApp, options: SpendOptions = {}): Sent {
  const sent: Sent = {
    result: null,
    request: {
      [oauth.allowInsecureRequests]: checkOrigin(app.tokenHost).protocol === 'http:',
      [oauth.customFetch]: async (url, init) => {
        const form = new URLSearchParams(init.body as URLSearchParams);
        const result = await spendOnce({ url, form }, options);
        sent.result = result;
        return asResponse(result);
      },
    },
  };
  return sent;
}

function asResponse(result: SpendResult): Response {
  if (result.kind !== 'answered') throw spendError(result);
  const empty = result.status === 204 || result.status === 304;
  return new Response(empty ? null : result.body, {
    status: result.status,
    headers: { 'content-type': result.contentType ?? 'application/octet-stream' },
  });
}

/** The error of a spend that got no answer. */
export function spendError(result: Exclude<SpendResult, { kind: 'answered' }>): AppError {
  if (result.kind === 'lost') {
    return new AppError('HOST_UNREACHABLE', `Salesforce’s answer was lost: ${result.reason}`, {
      nextStep: 'Start again from Orgdock.',
    });
  }
  const code = result.code === 'DEADLINE_PASSED' ? 'TIMEOUT' : result.code;
  return new AppError(code, `Salesforce was not asked: ${result.reason}`, {
    nextStep: 'Check the address of the environment and the portal’s way to the internet, then try again.',
  });
}

/** The result of a request that was handed to the sender. */
export function requireResult(sent: Sent): SpendResult {
  if (sent.result === null)
    throw new AppError('UNAVAILABLE', 'The OAuth request was not handed to the sender.');
  return sent.result;
}

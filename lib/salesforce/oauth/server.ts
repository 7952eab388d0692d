import * as oauth from 'oauth4webapi';
import { checkOrigin } from '@/lib/egress/hosts';
import { type SpendOptions, spendOnce } from '@/lib/egress/spend';
import { AppError } from '@/lib/errors';
import type { OAuthApp, SpendResult } from '../types';
import { isReservedHeader, isReservedInTokenRequest } from './reserved-names';

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
  const { settings } = app;
  return {
    server: {
      issuer: origin,
      authorization_endpoint: settings?.authorizeUrl
        ? checkOrigin(settings.authorizeUrl).href
        : `${origin}/services/oauth2/authorize`,
      token_endpoint: tokenEndpointOf(app, origin),
      revocation_endpoint: `${origin}/services/oauth2/revoke`,
      introspection_endpoint: `${origin}/services/oauth2/introspect`,
    },
    client: { client_id: app.clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authentication: authenticationOf(app),
  };
}

function authenticationOf({ clientSecret, settings }: OAuthApp): oauth.ClientAuth {
  if (clientSecret === null) return oauth.None();
  return settings?.clientAuthentication === 'client_secret_basic'
    ? basic(clientSecret)
    : oauth.ClientSecretPost(clientSecret);
}

/**
 * RFC 6749 §2.3.1. Not oauth4webapi's: that one also encodes letters which need it not, such as the dot of every
 * consumer key, and an endpoint that does not decode would not know the key.
 */
function basic(clientSecret: string): oauth.ClientAuth {
  return (_server, { client_id: clientId }, _body, headers) => {
    const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  };
}

/** Codes and refresh tokens go to one host only, whatever the environment's row says. */
function tokenEndpointOf({ settings }: OAuthApp, origin: string): string {
  if (!settings?.tokenUrl) return `${origin}/services/oauth2/token`;
  const url = checkOrigin(settings.tokenUrl);
  if (url.origin === origin) return url.href;
  throw new AppError('HOST_NOT_ALLOWED', 'The token address is not at the address of the org.', {
    nextStep: 'Correct it under Advanced in the settings of the environment.',
    details: { address: url.origin, expected: origin },
  });
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
  const tokenEndpoint = partiesOf(app).server.token_endpoint;
  const sent: Sent = {
    result: null,
    request: {
      [oauth.allowInsecureRequests]: checkOrigin(app.tokenHost).protocol === 'http:',
      [oauth.customFetch]: async (url, init) => {
        const form = new URLSearchParams(init.body as URLSearchParams);
        const headers: Record<string, string> = {};
        if (url === tokenEndpoint) addOwn(app, form, headers);
        // Set by oauth4webapi when the secret is not in the body.
        if (init.headers.authorization) headers.authorization = init.headers.authorization;
        const result = await spendOnce({ url, form, headers }, options);
        sent.result = result;
        return asResponse(result);
      },
    },
  };
  return sent;
}

/** What the environment adds to token requests, except what is Orgdock's to say. */
function addOwn({ settings }: OAuthApp, form: URLSearchParams, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(settings?.tokenParameters ?? {})) {
    if (!isReservedInTokenRequest(name)) form.set(name, value);
  }
  for (const [name, value] of Object.entries(settings?.tokenHeaders ?? {})) {
    if (!isReservedHeader(name)) headers[name.toLowerCase()] = value;
  }
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

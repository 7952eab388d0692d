import { createHash, randomBytes } from 'node:crypto';
import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import type { SalesforceFault } from '@/lib/errors';
import { makeFault } from '../../fault';
import type { OAuthApp } from '../../types';
import { authorizationUrl } from '../authorize';

/** How Salesforce met an authorization request that no browser is behind. */
export type AuthorizeProbe =
  /** It goes on to a login: everything that is checked before one was right. */
  | { kind: 'accepted'; loginHost: string }
  /** On Salesforce's error page, to our callback, or as a bare body. */
  | { kind: 'refused'; toldBy: 'error_page' | 'callback' | 'body'; fault: SalesforceFault }
  /** What came, as a whole sentence. */
  | { kind: 'unclear'; evidence: string };

export interface AuthorizeQuestion {
  redirectUri: string;
  scopes: readonly string[];
  /** False: as a client that knows no PKCE would ask. */
  withPkce: boolean;
}

const TIMEOUT_MS = 10_000;
/** A login page has some hundred kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;
const ERROR_PAGE = /\/setup\/secur\/RemoteAccessErrorPage\.apexp/i;

/**
 * Asks the authorize endpoint as a consent would, and follows no redirect. Nobody is logged in, so no grant can come of
 * it. Throws `AppError` when the host is not reached.
 */
export async function probeAuthorize(app: OAuthApp, question: AuthorizeQuestion): Promise<AuthorizeProbe> {
  const state = randomBytes(24).toString('base64url');
  const codeChallenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const { redirectUri, scopes } = question;
  const url = new URL(authorizationUrl(app, { redirectUri, scopes, state, codeChallenge }));
  if (!question.withPkce) {
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
  }
  const origin = checkOrigin(url.href);
  const path = url.pathname + url.search;
  const answer = await dataRequest({ origin, path, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  return readAnswer(answer, { url, redirectUri, secrets: [state, codeChallenge] });
}

interface Asked {
  url: URL;
  redirectUri: string;
  secrets: string[];
}

function readAnswer(answer: DataResponse, asked: Asked): AuthorizeProbe {
  const { location } = answer.headers;
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    return readRedirect(location, asked);
  }
  const bare = /^error=[^&\s]+&error_description=/.test(answer.text.trim());
  if (bare) return refusal('body', new URLSearchParams(answer.text.trim()), asked);
  // A page that goes on by a script names its target in the text.
  const target = /["'](\/?[^"']*RemoteAccessErrorPage\.apexp\?[^"']+)["']/i.exec(answer.text)?.[1];
  if (target !== undefined) return readRedirect(target.replaceAll('&amp;', '&'), asked);
  if (answer.status === 200 && /^text\/html/i.test(answer.headers['content-type'] ?? '')) {
    return { kind: 'accepted', loginHost: asked.url.host };
  }
  return {
    kind: 'unclear',
    evidence: `The authorize endpoint answered with HTTP ${answer.status} and neither a login nor an error.`,
  };
}

function readRedirect(location: string, asked: Asked): AuthorizeProbe {
  if (!URL.canParse(location, asked.url)) {
    return { kind: 'unclear', evidence: 'The authorize endpoint redirects to something that is no address.' };
  }
  const target = new URL(location, asked.url);
  if (ERROR_PAGE.test(target.pathname)) return refusal('error_page', target.searchParams, asked);
  const callback = new URL(asked.redirectUri);
  const toCallback = target.origin === callback.origin && target.pathname === callback.pathname;
  if (toCallback) return refusal('callback', target.searchParams, asked);
  // With single sign-on of the org, that is another company's host.
  return { kind: 'accepted', loginHost: target.host };
}

function refusal(
  toldBy: 'error_page' | 'callback' | 'body',
  query: URLSearchParams,
  { secrets }: Asked,
): AuthorizeProbe {
  const error = query.get('error') ?? 'unknown_error';
  const fault = makeFault({ error, description: query.get('error_description'), status: null }, secrets);
  return { kind: 'refused', toldBy, fault };
}

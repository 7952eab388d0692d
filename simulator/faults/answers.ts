import type { FaultSpec } from '@/simulator/faults/spec';
import { empty, restError, text } from '@/simulator/http/respond';
import { callbackRedirect, errorPageRedirect, oauthError, redirect } from '@/simulator/oauth/errors';
import type { SimRequest, SimResponse } from '@/simulator/types';

const HTML = 'text/html;charset=UTF-8';

/** The answer of a fault that keeps the request from being processed; null when it is processed. */
export function answerInstead(spec: FaultSpec, request: SimRequest, origin: string): SimResponse | null {
  switch (spec.fault) {
    case 'server_error':
      return spec.processed ? null : serverError(spec.status, spec.body);
    case 'html_answer':
      return spec.processed ? null : settingUpPage();
    case 'wrong_secret':
      return oauthError('invalid_client', 'invalid client credentials');
    case 'ip_restricted':
      return oauthError('invalid_grant', 'ip restricted');
    case 'oauth_error':
      return oauthError(spec.error, spec.description, spec.status);
    case 'authorize_error':
      return authorizeError(spec, request, origin);
    case 'text_answer':
      return text(spec.status, spec.text, HTML);
    case 'redirect_answer':
      return redirect(spec.location);
    case 'query_timeout':
      return restError(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
    case 'concurrent_limit':
      return restError(
        403,
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      );
    case 'rest_error':
      return restError(spec.status, spec.errorCode, spec.message);
    default:
      return null;
  }
}

/** As `authorize/authorize.ts` answers: without a redirect URI there is nowhere but Salesforce's own page. */
function authorizeError(
  { error, description, delivery }: Extract<FaultSpec, { fault: 'authorize_error' }>,
  { query }: SimRequest,
  origin: string,
): SimResponse {
  const redirectUri = query.get('redirect_uri');
  if (delivery === 'bare') return text(200, `error=${error}&error_description=${description}`, null);
  if (delivery === 'page' || redirectUri === null) return errorPageRedirect(origin, error, description);
  return callbackRedirect(redirectUri, { error, error_description: description, state: query.get('state') });
}

/** What the caller sees of an answer after the work was done; null: the answer itself. */
export function answerAfterwards(spec: FaultSpec): SimResponse | null {
  switch (spec.fault) {
    case 'server_error':
      return serverError(spec.status, spec.body);
    case 'gateway_timeout_after':
      return serverError(504, 'html');
    case 'html_answer':
      return settingUpPage();
    default:
      return null;
  }
}

function serverError(status: number, body: 'json' | 'html' | 'empty'): SimResponse {
  if (body === 'empty') return empty(status);
  if (body === 'html') return text(status, `<html><body><h1>${status}</h1></body></html>`, HTML);
  return status === 503
    ? oauthError('service_unavailable', 'service unavailable', status)
    : oauthError('server_error', 'an unexpected error occurred', status);
}

/** Salesforce's edge answers 200 with a page like this while an org moves. */
function settingUpPage(): SimResponse {
  return text(200, '<html><body><h1>We are setting things up</h1><p>Please wait.</p></body></html>', HTML);
}

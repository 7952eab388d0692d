import type { FaultSpec } from '@/simulator/faults/spec';
import { empty, restError, text } from '@/simulator/http/respond';
import { oauthError } from '@/simulator/oauth/errors';
import type { SimResponse } from '@/simulator/types';

const HTML = 'text/html;charset=UTF-8';

/** The answer of a fault that keeps the request from being processed; null when it is processed. */
export function answerInstead(spec: FaultSpec): SimResponse | null {
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
    case 'rest_error':
      return restError(spec.status, spec.errorCode, spec.message);
    default:
      return null;
  }
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

import { portalOrigin } from '@/lib/env';
import type { Problem } from '@/lib/errors';
import { problemStatus } from '@/lib/errors';

/** How a route's callers expect errors: as RFC 9457 says, or as Salesforce's own API answers them. */
export type Dialect = 'problem' | 'salesforce';

/** What an unexpected end waits for before it is worth another try, in seconds. */
const RETRY_SECONDS = 5;

/** An error of Orgdock as the broker answers it, with the headers that go with its status. */
export function answerProblem(problem: Problem, dialect: Dialect, requestId: string): Response {
  const status = problemStatus(problem);
  const headers = new Headers(retryHeaders(problem, status));
  if (status === 401) headers.set('www-authenticate', challengeOf(problem));
  if (dialect === 'salesforce') {
    headers.set('content-type', 'application/json;charset=UTF-8');
    return new Response(JSON.stringify(inSalesforceWords(problem)), { status, headers });
  }
  headers.set('content-type', 'application/problem+json');
  return new Response(JSON.stringify(inRfcWords(problem, status, requestId)), { status, headers });
}

/** RFC 9457 §3.1 and §3.2. */
function inRfcWords(problem: Problem, status: number, requestId: string) {
  const { code, message, nextStep, salesforce, details } = problem;
  return {
    type: `${portalOrigin()}/api-reference#${code}`,
    title: titleOf(code),
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    code,
    nextStep,
    ...(details.rule === undefined ? {} : { rule: details.rule }),
    ...(salesforce === null ? {} : { salesforce }),
  };
}

function inSalesforceWords({ code, message, nextStep }: Problem) {
  return [{ errorCode: `ORGDOCK_${code}`, message: nextStep === null ? message : `${message} ${nextStep}` }];
}

/** `POLICY_REFUSED` → `Policy refused`: the same for every occurrence, as the RFC wants it. */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/\bapi\b/i, 'API');
}

function retryHeaders({ details }: Problem, status: number): Record<string, string> {
  if (details.retryAfter !== undefined) return { 'retry-after': details.retryAfter };
  return status === 503 ? { 'retry-after': String(RETRY_SECONDS) } : {};
}

/** RFC 6750 §3: without a token the challenge names no error. */
function challengeOf({ message, details }: Problem): string {
  if (details.presented === 'no') return 'Bearer realm="Orgdock"';
  return `Bearer realm="Orgdock", error="invalid_token", error_description="${message.replace(/[^ !#-[\]-~]/g, '')}"`;
}

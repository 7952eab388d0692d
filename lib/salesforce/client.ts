import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { readBudget } from './proxy/read-budget';
import { isExpiredSession, restError } from './rest-errors';
import { withRetries } from './retry';
import type { AccessGrant, ApiBudget, SalesforceClient } from './types';

export interface SalesforceRequest {
  /** Below `/services/data/vXX.X`, such as `/query?q=…`. */
  path: string;
  /** A write is sent once, never again: whether a lost one was done is the caller's to find out. */
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** A POST that only reads: it is treated as a read. */
  reads?: boolean;
}

export interface SalesforceAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Parsed JSON; null for 304 and for a write that answers nothing. */
  body: unknown;
  budget: ApiBudget | null;
}

/** Queries may run this long in Salesforce. */
const TIMEOUT_MS = 120_000;

/**
 * One call to the org's data services. An ended access token is renewed once and the call sent once more. Throws
 * `AppError` for everything but success and 304.
 */
export async function callSalesforce(
  client: SalesforceClient,
  request: SalesforceRequest,
): Promise<SalesforceAnswer> {
  const grant = await client.source.current();
  const first = await send(client, grant, request);
  if (!isExpiredSession(first)) return finish(client, { grant, request }, first);
  const renewed = await client.source.renew(grant.generation);
  const again = await send(client, renewed, request);
  return finish(client, { grant: renewed, request }, again);
}

function send(
  client: SalesforceClient,
  grant: AccessGrant,
  request: SalesforceRequest,
): Promise<DataResponse> {
  const origin = checkOrigin(grant.instanceUrl);
  const once = () => {
    if (client.meter) client.meter.calls += 1;
    return dataRequest({
      origin,
      ...(request.method && { method: request.method }),
      ...(request.body !== undefined && { body: request.body }),
      path: `/services/data/v${client.apiVersion}${request.path}`,
      headers: {
        ...request.headers,
        accept: 'application/json',
        authorization: `${client.headerPrefix ?? 'Bearer'} ${grant.accessToken}`,
      },
      timeoutMs: client.timeoutMs ?? TIMEOUT_MS,
    });
  };
  if (isWrite(request)) return once();
  return withRetries(once, { origin: origin.origin, statusOf: (response) => response.status });
}

async function finish(
  client: SalesforceClient,
  { grant, request }: { grant: AccessGrant; request: SalesforceRequest },
  response: DataResponse,
): Promise<SalesforceAnswer> {
  const budget = readBudget(response.headers['sforce-limit-info']);
  if (client.meter && budget) client.meter.budget = budget;
  if (response.status !== 304 && (response.status < 200 || response.status > 299)) {
    throw restError(response, [grant.accessToken], isWrite(request) ? 'write' : 'read');
  }
  await client.source.used();
  const { status, headers } = response;
  const isEmpty = status === 304 || (isWrite(request) && response.text.trim() === '');
  return { status, headers, body: isEmpty ? null : parseBody(response), budget };
}

function isWrite({ method = 'GET', reads = false }: SalesforceRequest): boolean {
  return method !== 'GET' && !reads;
}

function parseBody(response: DataResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch {
    throw answerInvalid();
  }
}

/** An answer whose shape is not the documented one. */
export function answerInvalid(): AppError {
  return new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer was not understood.', {
    nextStep: 'Try again. If it happens again, ask your administrator whether the org’s address has changed.',
  });
}

import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { isExpiredSession, restError } from './rest-errors';
import { withRetries } from './retry';
import type { AccessGrant, ApiBudget, SalesforceClient } from './types';

export interface SalesforceRequest {
  /** Below `/services/data/vXX.X`, such as `/query?q=…`. */
  path: string;
  headers?: Record<string, string>;
}

export interface SalesforceAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Parsed JSON; null for 304. */
  body: unknown;
  budget: ApiBudget | null;
}

/** Queries may run this long in Salesforce. */
const TIMEOUT_MS = 120_000;

/**
 * One GET to the org's data services. An ended access token is renewed once and the call sent once more. Throws
 * `AppError` for everything but success and 304.
 */
export async function callSalesforce(
  client: SalesforceClient,
  request: SalesforceRequest,
): Promise<SalesforceAnswer> {
  const grant = await client.source.current();
  const first = await send(client, grant, request);
  if (!isExpiredSession(first)) return finish(client, grant, first);
  const renewed = await client.source.renew(grant.generation);
  return finish(client, renewed, await send(client, renewed, request));
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
      path: `/services/data/v${client.apiVersion}${request.path}`,
      headers: {
        ...request.headers,
        accept: 'application/json',
        authorization: `${client.headerPrefix ?? 'Bearer'} ${grant.accessToken}`,
      },
      timeoutMs: client.timeoutMs ?? TIMEOUT_MS,
    });
  };
  return withRetries(once, { origin: origin.origin, statusOf: (response) => response.status });
}

async function finish(
  client: SalesforceClient,
  grant: AccessGrant,
  response: DataResponse,
): Promise<SalesforceAnswer> {
  const budget = readBudget(response.headers['sforce-limit-info']);
  if (client.meter && budget) client.meter.budget = budget;
  if (response.status !== 304 && (response.status < 200 || response.status > 299)) {
    throw restError(response, [grant.accessToken]);
  }
  await client.source.used();
  const { status, headers } = response;
  return { status, headers, body: status === 304 ? null : parseBody(response), budget };
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

/** `api-usage=118/15000`, possibly followed by `; per-app-api-usage=…` (REST API Developer Guide, "Limit Info Header"). */
function readBudget(header: string | undefined): ApiBudget | null {
  const match = /(?:^|[\s;,])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match ? { used: Number(match[1]), max: Number(match[2]) } : null;
}

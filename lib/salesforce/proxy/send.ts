import { checkOrigin } from '@/lib/egress/hosts';
import { type StreamedResponse, streamRequest } from '@/lib/egress/stream';
import { AppError } from '@/lib/errors';
import { isExpiredSession } from '../rest-errors';
import { withRetries } from '../retry';
import type { AccessGrant, SalesforceClient } from '../types';
import { collectBody } from './collect-body';
import { decoded } from './decoded';
import { readBudget } from './read-budget';

export interface ProxiedRequest {
  method: string;
  /** Path and query as the program sent them, from `/services/` on. */
  target: string;
  /** From `headersToSalesforce`. */
  headers: Record<string, string>;
  /** What is held in memory can be sent again after a 401; a stream cannot. */
  body: Buffer | ReadableStream<Uint8Array> | null;
  /** It changes nothing: sent again when a connection was reset. */
  reads: boolean;
  signal?: AbortSignal;
}

export interface ProxiedAnswer extends StreamedResponse {
  /** The access token had ended, and a stream could not be sent again: it is renewed, the program has to ask once more. */
  unsentAfterRenewal: boolean;
}

/** Of a 401; Salesforce's has a line. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const SILENCE_MS = 120_000;

/**
 * One call for a program, streamed both ways, with Salesforce's status and body as they came. After a 401 that says that
 * the access token has ended it is renewed once, and the call sent once more. Counts calls and budget in the client's
 * meter. Throws what the token source and `streamRequest` throw.
 */
export async function sendForProgram(
  client: SalesforceClient,
  request: ProxiedRequest,
): Promise<ProxiedAnswer> {
  const grant = await client.source.current();
  const first = await heldRefusal(await send(client, grant, request));
  if (first.status !== 401 || !first.expired) return await finish(client, first);
  const renewed = await client.source.renew(grant.generation);
  if (request.body instanceof ReadableStream) {
    return await finish(client, { ...first, unsentAfterRenewal: true });
  }
  return await finish(client, await send(client, renewed, request));
}

async function send(
  client: SalesforceClient,
  grant: AccessGrant,
  request: ProxiedRequest,
): Promise<StreamedResponse> {
  const origin = checkOrigin(grant.instanceUrl);
  const once = () => {
    if (client.meter) client.meter.calls += 1;
    return streamRequest({
      origin,
      path: request.target,
      method: request.method,
      headers: { ...request.headers, ...credentials(client, grant, request.target) },
      body: request.body,
      silenceMs: client.timeoutMs ?? SILENCE_MS,
      ...(request.signal && { signal: request.signal }),
    });
  };
  if (!request.reads || request.body instanceof ReadableStream) return await once();
  // Resets only: what Salesforce answers, also that it is busy, is the program's to judge.
  return await withRetries(once, { origin: origin.origin, statusOf: () => 0 });
}

function credentials(
  client: SalesforceClient,
  { accessToken }: AccessGrant,
  target: string,
): Record<string, string> {
  // Bulk API 1.0 knows no Authorization (Bulk API Developer Guide, "Set Up Your Client Application").
  if (target.startsWith('/services/async/')) return { 'x-sfdc-session': accessToken };
  return { authorization: `${client.headerPrefix ?? 'Bearer'} ${accessToken}` };
}

/** A 401 is read, to know whether the token has ended; every other answer is left as it is. */
async function heldRefusal(response: StreamedResponse): Promise<StreamedResponse & { expired: boolean }> {
  if (response.status !== 401) return { ...response, expired: false };
  const bytes = await collectBody(response.body, MOST_OF_A_REFUSAL);
  if (bytes === null) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer was not understood.');
  }
  const text = (await decoded(bytes, response.headers['content-encoding'])).toString('utf8');
  const expired = isExpiredSession({ status: 401, headers: {}, text });
  return { ...response, body: new Response(new Uint8Array(bytes)).body ?? response.body, expired };
}

async function finish(
  client: SalesforceClient,
  response: StreamedResponse & { unsentAfterRenewal?: boolean },
): Promise<ProxiedAnswer> {
  const limits = response.headers['sforce-limit-info'];
  const budget = readBudget(typeof limits === 'string' ? limits : undefined);
  if (client.meter && budget) client.meter.budget = budget;
  if (response.status < 400) await client.source.used();
  return { ...response, unsentAfterRenewal: response.unsentAfterRenewal ?? false };
}

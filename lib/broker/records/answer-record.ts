import { recordFieldsSchema, recordId, sobjectName } from '@/lib/broker/api-schemas/record';
import type { BrokerCall } from '@/lib/broker/call/types';
import { proxyCall } from '@/lib/broker/proxy/proxy-call';
import { readInput } from '@/lib/broker/proxy/read-input';
import type { ReadableConnection } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import { collectBody } from '@/lib/salesforce/proxy/collect-body';
import { decoded } from '@/lib/salesforce/proxy/decoded';
import { restError } from '@/lib/salesforce/rest-errors';

/** Which record of which object; `recordId` left out: one that is to be made. */
export interface RecordPlace {
  sobject: string;
  recordId?: string;
}

const MOST_OF_A_RECORD = 1024 * 1024;
const MOST_OF_AN_ERROR = 1024 * 1024;

const FIELD_NAMES = /^[A-Za-z]\w*(?:,[A-Za-z]\w*)*$/;

/** What of a program's request goes along with a record. */
const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/**
 * One record by its id, read, written or deleted; or a new one. The same way as through the proxy, with Salesforce's
 * refusals as problems. Throws NOT_FOUND for what is no object or id, INVALID_INPUT, POLICY_REFUSED, Salesforce's refusals.
 */
export async function answerRecord(
  call: BrokerCall,
  connection: ReadableConnection,
  request: Request,
  place: RecordPlace,
): Promise<Response> {
  const { method, signal } = request;
  const target = targetOf(connection, request, place);
  const writes = method === 'POST' || method === 'PATCH';
  const fields = writes ? await readInput(request, recordFieldsSchema, MOST_OF_A_RECORD) : null;
  const headers = new Headers(
    CONDITIONS.flatMap((name) => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    }),
  );
  headers.set('accept', 'application/json');
  if (fields !== null) headers.set('content-type', 'application/json');
  const body = fields === null ? {} : { body: JSON.stringify(fields) };
  // The address is nobody's: the target alone is sent.
  const plain = new Request('http://salesforce.invalid/', { method, headers, signal, ...body });
  const answer = await proxyCall(call, connection, plain, target);
  if (answer.status < 400) return answer;
  throw await refusalOf(answer, method);
}

function targetOf({ apiVersion }: ReadableConnection, request: Request, place: RecordPlace): string {
  const isNamed = sobjectName.safeParse(place.sobject).success;
  const isMeant = place.recordId === undefined || recordId.safeParse(place.recordId).success;
  if (!isNamed || !isMeant) throw new AppError('NOT_FOUND', 'There is no such record.');
  const path = `/services/data/v${apiVersion}/sobjects/${place.sobject}`;
  if (place.recordId === undefined) return path;
  const fields = new URL(request.url).searchParams.get('fields');
  if (fields === null || request.method !== 'GET') return `${path}/${place.recordId}`;
  if (FIELD_NAMES.test(fields)) return `${path}/${place.recordId}?fields=${fields}`;
  throw new AppError('INVALID_INPUT', '“fields” is a list of API names.', {
    nextStep: 'Such as fields=Id,Name,Industry.',
  });
}

/** Salesforce's refusal in our words, with its own inside. */
async function refusalOf(answer: Response, method: string): Promise<AppError> {
  const bytes = answer.body && (await collectBody(answer.body, MOST_OF_AN_ERROR));
  const plain = bytes
    ? await decoded(bytes, answer.headers.get('content-encoding') ?? undefined)
    : Buffer.alloc(0);
  const response = { status: answer.status, headers: {}, text: plain.toString('utf8') };
  return restError(response, [], method === 'GET' ? 'read' : 'write');
}

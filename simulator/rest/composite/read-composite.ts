import { restError, unknownToSimulator } from '@/simulator/http/respond';
import { jsonBodyOf, unknownKey } from '@/simulator/rest/json-body';
import type { SimRequest, SimResponse } from '@/simulator/types';

/** One GET of a composite request, as its sender wrote it. */
export interface Subrequest {
  readonly url: string;
  readonly referenceId: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface CompositeRequest {
  readonly allOrNone: boolean;
  readonly subrequests: readonly Subrequest[];
}

/** "Composite": at most this many subrequests in one call. */
const MAX_SUBREQUESTS = 25;
const HEADERS = ['sforce-query-options', 'if-none-match', 'if-modified-since'];

function refuse(errorCode: string, message: string): { refused: SimResponse } {
  return { refused: restError(400, errorCode, message) };
}

function unknown(what: string): { refused: SimResponse } {
  return { refused: unknownToSimulator(`${what} of composite`) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readHeaders(value: unknown): { headers: Record<string, string> } | { refused: SimResponse } {
  if (value === undefined) return { headers: {} };
  if (!isRecord(value)) return refuse('JSON_PARSER_ERROR', 'httpHeaders must be a map of headers.');
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (!HEADERS.includes(lower) || typeof text !== 'string') return unknown(`the header "${name}"`);
    headers[lower] = text;
  }
  return { headers };
}

function readSubrequest(value: unknown): { subrequest: Subrequest } | { refused: SimResponse } {
  if (!isRecord(value)) return refuse('JSON_PARSER_ERROR', 'A subrequest must be an object.');
  const other = unknownKey(value, ['method', 'url', 'referenceId', 'httpHeaders'], 'a subrequest');
  if (other) return unknown(other);
  const { method, url, referenceId, httpHeaders } = value;
  for (const [name, field] of Object.entries({ method, url, referenceId })) {
    if (typeof field !== 'string' || field === '') {
      return refuse('JSON_PARSER_ERROR', `Required field ${name} is missing from a subrequest.`);
    }
  }
  if (method !== 'GET') return unknown(`the method "${String(method)}"`);
  if (!/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(String(referenceId))) {
    const rule =
      "must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').";
    return refuse('JSON_PARSER_ERROR', `Provided referenceId ('${String(referenceId)}') ${rule}`);
  }
  const read = readHeaders(httpHeaders);
  if ('refused' in read) return read;
  return { subrequest: { url: String(url), referenceId: String(referenceId), ...read } };
}

/** Reads the body of `/composite`. Whatever is wrong with it is wrong with the whole call. */
export function readComposite(request: SimRequest): CompositeRequest | { refused: SimResponse } {
  const body = jsonBodyOf(request);
  if ('refused' in body) return body;
  const other = unknownKey(body.value, ['allOrNone', 'compositeRequest'], 'the body');
  if (other) return unknown(other);
  const { allOrNone = false, compositeRequest } = body.value;
  if (typeof allOrNone !== 'boolean') return refuse('JSON_PARSER_ERROR', 'allOrNone must be true or false.');
  if (!Array.isArray(compositeRequest) || compositeRequest.length === 0) {
    return refuse('JSON_PARSER_ERROR', 'compositeRequest must have at least one subrequest.');
  }
  if (compositeRequest.length > MAX_SUBREQUESTS) {
    const message = `The composite request exceeds the limit of ${MAX_SUBREQUESTS} subrequests.`;
    return refuse('LIMIT_EXCEEDED', message);
  }
  const subrequests: Subrequest[] = [];
  for (const value of compositeRequest) {
    const read = readSubrequest(value);
    if ('refused' in read) return read;
    if (subrequests.some(({ referenceId }) => referenceId === read.subrequest.referenceId)) {
      return refuse('JSON_PARSER_ERROR', `Duplicate referenceId provided: ${read.subrequest.referenceId}`);
    }
    subrequests.push(read.subrequest);
  }
  return { allOrNone, subrequests };
}

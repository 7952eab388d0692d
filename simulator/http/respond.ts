import type { SimResponse } from '@/simulator/types';

type Headers = Record<string, string | readonly string[]>;

/** A JSON answer; the server writes it compact, or pretty when `X-PrettyPrint: 1` asks for it. */
export function json(status: number, value: unknown, headers: Headers = {}): SimResponse {
  return { status, body: { kind: 'json', value }, headers };
}

/** An answer without body or content type. */
export function empty(status: number, headers: Headers = {}): SimResponse {
  return { status, body: { kind: 'empty' }, headers };
}

/** A text answer. A null content type sends the bare body that Salesforce sends in a few places. */
export function text(
  status: number,
  value: string,
  contentType: string | null = 'text/plain;charset=UTF-8',
  headers: Headers = {},
): SimResponse {
  return { status, body: { kind: 'text', value, contentType }, headers };
}

/** A REST error: always an array (REST API Developer Guide, "Status Codes and Error Responses"). */
export function restError(
  status: number,
  errorCode: string,
  message: string,
  fields?: readonly string[],
): SimResponse {
  return json(status, [{ message, errorCode, ...(fields && { fields }) }]);
}

/** 501 in the simulator's own words: it refuses what it does not know, and the ledger counts it. */
export function unknownToSimulator(what: string): SimResponse {
  return {
    status: 501,
    body: {
      kind: 'json',
      value: [{ message: `The simulator does not know ${what}.`, errorCode: 'SIMULATOR_UNKNOWN' }],
    },
    unknown: what,
  };
}

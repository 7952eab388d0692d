import { Refused } from '@/lib/broker/policy/request/refused';
import type { ObjectsOfOrg } from '@/lib/broker/policy/soql/objects-of-org';
import type { Touches } from '@/lib/broker/policy/soql/touches';
import type { ApiFamily } from '@/lib/broker/types';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One request, or one that another holds in its body. */
export interface Call {
  method: Method;
  /** Decoded, after `/services`. */
  segments: readonly string[];
  parameters: ReadonlyMap<string, string>;
  /** JSON of the body; undefined: none. */
  body: unknown;
  /** The body is multipart, and nobody looks into it. */
  multipart: boolean;
  /** Requests around this one. */
  depth: number;
}

/** What is known of a whole call so far. */
export interface Effects {
  touches: Touches;
  /** Null: the policy limits no objects, so nobody asks what there is. */
  objects: ObjectsOfOrg | null;
  families: ApiFamily[];
  rows: number;
  locator: string | null;
  reads: boolean;
  unclear: string | null;
  /** Requests that the body holds so far. */
  inner: number;
  /** Statements of SOQL or SOSL so far. */
  statements: number;
}

export const API_NAME = /^[A-Za-z]\w{0,79}$/;
/** Without a digit it may as well be the name of a field. */
export const RECORD_ID = /^(?=\D*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

export function notUnderstood(reason: string): Refused {
  return new Refused('not_understood', reason);
}

/** As many as a batch holds: each is parsed, and everybody waits for it. */
const MAX_STATEMENTS = 25;

export function countStatement(effects: Effects): void {
  effects.statements += 1;
  if (effects.statements > MAX_STATEMENTS)
    throw notUnderstood(`The body holds more than ${MAX_STATEMENTS} queries and searches.`);
}

/** Refuses a parameter that the resource does not have. */
export function onlyParameters({ parameters }: Call, ...known: string[]): void {
  for (const name of parameters.keys()) {
    if (!known.includes(name))
      throw notUnderstood(`The resource has no parameter “${name}” that could be understood.`);
  }
}

export function requireMethod(call: Call, ...methods: Method[]): void {
  if (!methods.includes(call.method))
    throw notUnderstood(`The resource takes ${methods.join(' or ')}, not ${call.method}.`);
  if (call.method === 'GET' && (call.body !== undefined || call.multipart))
    throw notUnderstood('A GET has no body.');
}

/** An object whose keys are all known. */
export function requireObject(value: unknown, ...known: string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notUnderstood('The body is no object.');
  const unknown = known.length > 0 && Object.keys(value).find((key) => !known.includes(key));
  if (unknown)
    throw notUnderstood(`The body has a key “${unknown.slice(0, 80)}” that could not be understood.`);
  return value as Record<string, unknown>;
}

export function requireList(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) throw notUnderstood('The body lacks a list.');
  if (value.length > most) throw notUnderstood(`A list in the body has more than ${most} entries.`);
  return value;
}

export function requireName(value: unknown): string {
  if (typeof value !== 'string' || !API_NAME.test(value))
    throw notUnderstood('A name in the request is no API name.');
  return value;
}

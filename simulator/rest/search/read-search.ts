import { restError, unknownToSimulator } from '@/simulator/http/respond';
import { jsonBodyOf, unknownKey } from '@/simulator/rest/json-body';
import type { SimRequest, SimResponse } from '@/simulator/types';

/** What to look for, as the caller wrote it; names are not checked yet. */
export interface SearchRequest {
  readonly q: string;
  readonly scope: SearchScope;
  readonly overallLimit: number;
  /** Null: every searchable object, of which only the ids are wanted. */
  readonly sobjects: readonly SearchedObject[] | null;
}

export interface SearchedObject {
  readonly name: string;
  readonly fields: readonly string[];
  readonly limit: number;
}

export const SEARCH_SCOPES = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR'] as const;
export type SearchScope = (typeof SEARCH_SCOPES)[number];

/** "Parameterized Search": results of one object and of all together. */
const MOST = 2_000;

type Refused = { refused: SimResponse };

function refuse(message: string): Refused {
  return { refused: restError(400, 'MALFORMED_SEARCH', message) };
}

function unknown(what: string): Refused {
  return { refused: unknownToSimulator(`${what} of parameterizedSearch`) };
}

function readLimit(value: unknown, name: string): number | Refused {
  if (value === undefined || value === null) return MOST;
  const limit = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  return refuse(`${name} must be a number from 1 to ${MOST}`);
}

function readScope(value: unknown): SearchScope | Refused {
  if (value === undefined || value === null) return 'ALL';
  const scope = SEARCH_SCOPES.find((known) => known === String(value).toUpperCase());
  return scope ?? refuse(`unknown value of in: ${String(value)}`);
}

function readTerm(value: unknown): { q: string } | Refused {
  if (typeof value !== 'string' || value.trim() === '') {
    return refuse('No search term found. The search term must be enclosed in braces.');
  }
  const bare = value.replaceAll('*', '').trim();
  if ([...bare].length < 2) return refuse(`search term must be longer than one character: ${value}`);
  // Phrases, operators and wildcards inside a word: beyond the simulator.
  if (/["?(){}]|\*\S|(?:^|\s)(?:AND|OR|NOT)(?=\s|$)/.test(value)) return unknown(`the search term ${value}`);
  return { q: value };
}

interface Raw {
  readonly q: unknown;
  readonly in: unknown;
  readonly overallLimit: unknown;
  readonly sobjects: readonly { name: string; fields: readonly string[] | null; limit: unknown }[] | null;
  readonly fields: readonly string[] | null;
  readonly defaultLimit: unknown;
}

function readRaw(raw: Raw): SearchRequest | Refused {
  const term = readTerm(raw.q);
  if ('refused' in term) return term;
  const scope = readScope(raw.in);
  if (typeof scope !== 'string') return scope;
  const overallLimit = readLimit(raw.overallLimit, 'overallLimit');
  if (typeof overallLimit !== 'number') return overallLimit;
  if (!raw.sobjects && (raw.fields || raw.defaultLimit !== undefined)) {
    return unknown('fields or a limit without an object');
  }
  if (!raw.sobjects) return { ...term, scope, overallLimit, sobjects: null };
  const sobjects: SearchedObject[] = [];
  for (const { name, fields, limit } of raw.sobjects) {
    const most = readLimit(limit ?? raw.defaultLimit, `limit of ${name}`);
    if (typeof most !== 'number') return most;
    sobjects.push({ name, fields: fields ?? raw.fields ?? ['Id'], limit: most });
  }
  return { ...term, scope, overallLimit, sobjects };
}

function splitNames(value: string | null): string[] | null {
  return value === null ? null : value.split(',').map((name) => name.trim());
}

/** The parameters of a GET: one object, whose own ones carry its name in front. */
export function readSearchParameters({ query }: SimRequest): SearchRequest | Refused {
  const name = query.get('sobject');
  if (name?.includes(',')) return unknown('several objects in "sobject"');
  for (const parameter of query.keys()) {
    const [owner, own] = parameter.split('.');
    if (own !== undefined && owner?.toLowerCase() !== name?.toLowerCase()) {
      return unknown(`"${parameter}" without that object in "sobject"`);
    }
  }
  const own = (parameter: string) => query.get(`${name}.${parameter}`);
  return readRaw({
    q: query.get('q'),
    in: query.get('in') ?? undefined,
    overallLimit: query.get('overallLimit') ?? undefined,
    fields: splitNames(query.get('fields')),
    defaultLimit: query.get('defaultLimit') ?? undefined,
    sobjects: name === null ? null : [{ name, fields: splitNames(own('fields')), limit: own('limit') }],
  });
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');
}

/** The body of a POST. */
export function readSearchBody(request: SimRequest): SearchRequest | Refused {
  const body = jsonBodyOf(request);
  if ('refused' in body) return body;
  const { q, in: where, overallLimit, defaultLimit, fields, sobjects } = body.value;
  const known = ['q', 'in', 'overallLimit', 'defaultLimit', 'fields', 'sobjects'];
  const other = unknownKey(body.value, known, 'the body');
  if (other) return unknown(other);
  if (fields !== undefined && !isTextList(fields)) return refuse('fields must be a list of field names');
  if (sobjects !== undefined && !Array.isArray(sobjects)) return refuse('sobjects must be a list of objects');
  const objects = [];
  for (const entry of sobjects ?? []) {
    if (typeof entry?.name !== 'string') return refuse('Each of sobjects must have a name');
    const strange = unknownKey(entry, ['name', 'fields', 'limit'], 'one of sobjects');
    if (strange) return unknown(strange);
    if (entry.fields !== undefined && !isTextList(entry.fields)) {
      return refuse('fields must be a list of field names');
    }
    objects.push({ name: entry.name as string, fields: entry.fields ?? null, limit: entry.limit as unknown });
  }
  return readRaw({
    q,
    in: where,
    overallLimit,
    defaultLimit,
    fields: fields ?? null,
    sobjects: objects.length > 0 ? objects : null,
  });
}

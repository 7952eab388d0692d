import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';

/** A row of the audit log as the database says it: every value as text, so that no driver has a part in it. */
export interface ChainRow {
  era: string;
  transactionId: string;
  id: string;
  /** Microseconds since 1970-01-01T00:00:00Z. */
  at: string;
  action: string;
  actorKind: string;
  personId: string | null;
  sessionId: string | null;
  subjectType: string;
  subjectId: string;
  outcome: string;
  /** JSON. */
  details: string;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
}

/** The columns of `ChainRow`, of `orgdock.audit_log a`. */
export const chainColumns = sql.raw(`
  a.era::text AS era, a.transaction_id::text AS "transactionId", a.id::text AS id,
  trunc(extract(epoch FROM a.at) * 1000000)::text AS at, a.action, a.actor_kind AS "actorKind",
  a.person_id::text AS "personId", a.session_id::text AS "sessionId", a.subject_type AS "subjectType",
  a.subject_id AS "subjectId", a.outcome, a.details::text AS details, a.ip, a.user_agent AS "userAgent",
  a.request_id AS "requestId"`);

/** What the first row is linked to. */
export const GENESIS = createHash('sha256').update('orgdock audit chain').digest('base64url');

/**
 * The link of a row: SHA-256 over the 32 bytes of the link before it and the row's canonical form, base64url.
 */
export function linkOf(before: string, row: ChainRow): string {
  return createHash('sha256')
    .update(Buffer.from(before, 'base64url'))
    .update(canonicalRow(row))
    .digest('base64url');
}

/**
 * The canonical form, version 1: `orgdock-audit-1`, a line feed, and a JSON object of the row's values in UTF-8, without
 * white space, keys ordered by UTF-16 code units, strings as `JSON.stringify` writes them, numbers in the digits that
 * the database holds. It never changes: another form gets another version.
 */
export function canonicalRow({ details, ...values }: ChainRow): string {
  const fields = Object.entries(values).map(
    ([name, value]) => [name, JSON.stringify(value)] as [string, string],
  );
  return `orgdock-audit-1\n${canonicalObject([...fields, ['details', canonicalJson(details)]])}`;
}

/** JSON text in its canonical form. Numbers keep their digits: `1.10` is not `1.1`, and no digit is rounded away. */
export function canonicalJson(json: string): string {
  // Strings are marked with `s`, numbers become strings marked with `n`, before JSON.parse could round them.
  const marked = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`,
  );
  return canonicalValue(JSON.parse(marked));
}

function canonicalValue(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('n') ? value.slice(1) : quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalValue).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return canonicalObject(Object.entries(value).map(([key, one]) => [key.slice(1), canonicalValue(one)]));
}

function quoted(marked: string): string {
  return JSON.stringify(marked.slice(1));
}

function canonicalObject(members: Array<[string, string]>): string {
  const ordered = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${ordered.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

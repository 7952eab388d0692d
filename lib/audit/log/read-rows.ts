import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { matching, olderThan } from '@/lib/audit/log/conditions';
import { readSubjects } from '@/lib/audit/log/subjects';
import { wordsOf } from '@/lib/audit/log/words/words';
import type { AuditFilter, AuditPage, AuditRow } from '@/lib/audit/types';

interface Read {
  id: string;
  micros: string;
  action: string;
  outcome: AuditRow['outcome'];
  actorKind: 'person' | 'system';
  personId: string | null;
  personName: string | null;
  subjectType: string;
  subjectId: string;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  sessionId: string | null;
  details: Record<string, unknown>;
  position: string | null;
}

/** The next entries of a filter, the newest first, by keyset; `limit` at most. */
export async function readRows(tx: Tx, filter: AuditFilter, limit: number): Promise<AuditPage> {
  const { rows: read } = await tx.execute<Read & Record<string, unknown>>(sql`
    SELECT a.id::text AS id, trunc(extract(epoch FROM a.at) * 1000000)::text AS micros, a.action, a.outcome,
           a.actor_kind AS "actorKind", a.person_id AS "personId", p.display_name AS "personName",
           a.subject_type AS "subjectType", a.subject_id AS "subjectId", a.ip, a.user_agent AS "userAgent",
           a.request_id AS "requestId", a.session_id AS "sessionId", a.details, s.position::text AS position
      FROM orgdock.audit_log a
      LEFT JOIN orgdock.people p ON p.id = a.person_id
      LEFT JOIN orgdock.audit_seals s ON s.audit_id = a.id
     WHERE ${matching(filter)} AND ${olderThan(filter.before)}
     ORDER BY a.at DESC, a.id DESC LIMIT ${limit + 1}`);
  const shown = read.slice(0, limit);
  const subjects = await readSubjects(tx, shown);
  const last = read.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => toRow(row, subjects(row))),
    next: last ? `${last.micros}_${last.id}` : null,
  };
}

function toRow(read: Read, subject: { name: string | null; href: string | null }): AuditRow {
  const { id, action, outcome, ip, userAgent, requestId, sessionId, details, subjectId } = read;
  return {
    id,
    at: new Date(Number(read.micros) / 1000).toISOString(),
    action,
    outcome,
    who: {
      kind: read.actorKind,
      id: read.personId,
      name: read.personName ?? read.personId ?? 'Orgdock',
    },
    words: wordsOf(action, { details, outcome, subjectId, subject: subject.name }),
    subject: { type: read.subjectType, id: subjectId, ...subject },
    ip,
    userAgent,
    requestId,
    sessionId,
    details,
    position: read.position === null ? null : Number(read.position),
  };
}

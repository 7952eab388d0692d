import type { AuditRow } from '@/lib/audit/types';
import { csvLine } from '@/lib/format/csv';

export type ExportFormat = 'csv' | 'jsonl';

const COLUMNS: ReadonlyArray<[name: string, value: (row: AuditRow) => string | number | null]> = [
  ['at', ({ at }) => at],
  ['who', ({ who }) => who.name],
  ['what', ({ words }) => words],
  ['outcome', ({ outcome }) => outcome],
  ['action', ({ action }) => action],
  ['subject_type', ({ subject }) => subject.type],
  ['subject_id', ({ subject }) => subject.id],
  ['subject', ({ subject }) => subject.name],
  ['person_id', ({ who }) => who.id],
  ['session_id', ({ sessionId }) => sessionId],
  ['ip', ({ ip }) => ip],
  ['user_agent', ({ userAgent }) => userAgent],
  ['request_id', ({ requestId }) => requestId],
  ['details', ({ details }) => JSON.stringify(details)],
  ['row', ({ id }) => id],
  ['link', ({ position }) => position],
];

/** How entries are written to a file. */
export const FORMATS: Record<ExportFormat, { head: string; line: (row: AuditRow) => string; type: string }> =
  {
    csv: {
      head: csvLine(COLUMNS.map(([name]) => name)),
      line: (row) => csvLine(COLUMNS.map(([, value]) => value(row))),
      type: 'text/csv; charset=utf-8',
    },
    jsonl: {
      head: '',
      line: ({ subject: { href, ...subject }, ...row }) => `${JSON.stringify({ ...row, subject })}\n`,
      type: 'application/x-ndjson; charset=utf-8',
    },
  };

import { type SQL, sql } from 'drizzle-orm';
import { type ActionGroup, actionsOf } from '@/lib/audit/log/groups';
import type { AuditFilter } from '@/lib/audit/types';

/** What a filter asks of `orgdock.audit_log a`, as one condition. */
export function matching({ q, group, outcome, person, subject, from, to }: AuditFilter): SQL {
  const conditions = [
    from === null ? null : sql`a.at >= ${from}::timestamptz`,
    to === null ? null : sql`a.at < ${to}::timestamptz`,
    group === null ? null : inGroup(group as ActionGroup),
    outcome === null ? null : sql`a.outcome = ${outcome}`,
    person === null
      ? null
      : sql`(a.person_id = ${person}::uuid OR (a.subject_type = 'person' AND a.subject_id = ${person}))`,
    subject === null ? null : sql`a.subject_id = ${subject}`,
    q === '' ? null : containing(q),
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** Older than the place where the page before ended. */
export function olderThan(before: string | null): SQL {
  if (before === null) return sql`true`;
  const [micros, id] = before.split('_');
  // Whole microseconds fit into a double exactly; seconds with fractions would not.
  return sql`(a.at, a.id) < (timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond', ${id}::bigint)`;
}

function inGroup(group: ActionGroup): SQL {
  if (group === 'denied') return sql`a.outcome = 'denied'`;
  const names = actionsOf(group).map((action) => sql`${action}`);
  return sql`a.action IN (${sql.join(names, sql`, `)})`;
}

function containing(q: string): SQL {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(a.action ILIKE ${pattern} OR a.subject_id ILIKE ${pattern} OR a.ip ILIKE ${pattern}
    OR a.request_id ILIKE ${pattern} OR a.details::text ILIKE ${pattern}
    OR a.person_id IN (SELECT id FROM orgdock.people WHERE display_name ILIKE ${pattern}))`;
}

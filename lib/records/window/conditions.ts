import { AppError } from '@/lib/errors';
import { knownTimeZone } from '@/lib/format/locale';
import { fieldAt, type ObjectGraph } from '@/lib/records/columns/object-graph';
import { nameOfSeveral, type SelectedColumn } from '@/lib/records/columns/select-columns';
import type { ColumnKind } from '@/lib/records/types';
import type { Reader } from '@/lib/records/with-records';
import { filterCondition } from '@/lib/soql/filter/condition';
import { isGroup } from '@/lib/soql/filter-text';
import { containsCondition } from '@/lib/soql/select';
import type { FilterGroup } from '@/lib/soql/types';

/** “Maximum length of the WHERE clause”, SOQL and SOSL Reference. */
export const MOST_WHERE = 4_000;

const SEARCHED: ReadonlySet<ColumnKind> = new Set(['text', 'email', 'phone', 'url']);
const MOST_SEARCHED = 5;

/** A filter as a condition, and what of it could not be sent. */
export function filterOf(
  filter: FilterGroup | null,
  graph: ObjectGraph,
  reader: Reader,
): { where: string | null; notices: string[] } {
  if (filter === null) return { where: null, notices: [] };
  const typeOf = (path: string) => {
    const field = fieldAt(graph, path) ?? nameOfSeveral(path, graph);
    return field?.filterable ? field.type : null;
  };
  const timeZone = knownTimeZone(reader.timeZone);
  const { where, left } = filterCondition(filter, { typeOf, userId: reader.userId, timeZone });
  return { where, notices: left.map(({ why }) => `A condition of the filter was left out: ${why}`) };
}

/** The fields that a filter names. */
export function filteredFields(filter: FilterGroup | null): string[] {
  const parts = filter?.of ?? [];
  return parts.flatMap((part) => (isGroup(part) ? filteredFields(part) : [part.field]));
}

/** Rows of which the name or a shown text contains what is searched for; null: everything. */
export function searchCondition(
  q: string,
  nameColumn: SelectedColumn | null,
  shown: readonly SelectedColumn[],
): string | null {
  if (q === '') return null;
  const names = [...(nameColumn ? [nameColumn] : []), ...shown]
    .filter(({ column }) => column.filterable && SEARCHED.has(column.kind))
    .map(({ column }) => column.name);
  const searched = [...new Set(names)].filter((name) => !/(?:^|\.)Id$/.test(name)).slice(0, MOST_SEARCHED);
  if (searched.length === 0) {
    throw new AppError('INVALID_INPUT', 'No column that is shown can be searched by words.', {
      nextStep: 'Show a column of text, or use a filter.',
    });
  }
  const found = searched.map((name) => containsCondition(name, q));
  return found.length === 1 ? (found[0] ?? null) : `(${found.join(' OR ')})`;
}

/** All of the conditions; null without any. */
export function allOf(conditions: ReadonlyArray<string | null>): string | null {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? null : given.join(' AND ');
}

/** Throws FILTER_TOO_LONG for what Salesforce would refuse. */
export function requireShort(where: string | null): string | null {
  if (where === null || where.length <= MOST_WHERE) return where;
  throw new AppError('FILTER_TOO_LONG', 'The filter is too long for Salesforce.', {
    nextStep: 'Take conditions or values out of the filter.',
    details: { length: String(where.length), most: String(MOST_WHERE) },
  });
}

import { AppError } from '@/lib/errors';
import type { SelectedColumn } from '@/lib/records/columns/select-columns';
import type { ColumnKind } from '@/lib/records/types';
import { containsCondition } from '@/lib/soql/select';

/** “Maximum length of the WHERE clause”, SOQL and SOSL Reference. */
export const MOST_WHERE = 4_000;

const SEARCHED: ReadonlySet<ColumnKind> = new Set(['text', 'email', 'phone', 'url']);
const MOST_SEARCHED = 5;

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

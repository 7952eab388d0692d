import { isFieldPath } from './identifier';
import { quoteContains } from './quote';

export interface OrderBy {
  field: string;
  descending: boolean;
}

export interface Select {
  sobject: string;
  /** Field paths, from describe. */
  fields: readonly string[];
  /** Child relationships whose records are counted. */
  counts?: readonly string[];
  /** A condition made by this folder's functions; left out: all rows. */
  where?: string | null;
  orderBy?: readonly OrderBy[];
}

/**
 * A SELECT statement without LIMIT; nulls sort last in both directions.
 * Throws `TypeError` when a name is no API name: names come from describe, so that is a bug, not input.
 */
export function selectStatement({ sobject, fields, counts = [], where, orderBy = [] }: Select): string {
  const subqueries = counts.map((relationship) => `(SELECT Id FROM ${requireFieldPath(relationship)})`);
  const list = [...new Set([...fields.map(requireFieldPath), ...subqueries])];
  if (list.length === 0) throw new TypeError('a SELECT needs at least one field');
  const order = orderBy.map(
    (key) => `${requireFieldPath(key.field)} ${key.descending ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  return [
    `SELECT ${list.join(', ')}`,
    `FROM ${requireFieldPath(sobject)}`,
    ...(where ? [`WHERE ${where}`] : []),
    ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
  ].join(' ');
}

/** `field` contains `text`; LIKE ignores case in Salesforce. */
export function containsCondition(field: string, text: string): string {
  return `${requireFieldPath(field)} LIKE ${quoteContains(text)}`;
}

function requireFieldPath(text: string): string {
  if (!isFieldPath(text)) throw new TypeError(`not an API name: ${JSON.stringify(text.slice(0, 80))}`);
  return text;
}

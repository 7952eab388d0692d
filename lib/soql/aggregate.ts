import { isFieldPath } from './identifier';

/** Parts of a date that a query can group by. Source: SOQL and SOSL Reference, "Date Functions". */
export type DatePart = 'CALENDAR_YEAR' | 'CALENDAR_QUARTER' | 'CALENDAR_MONTH';

export interface Grouping {
  /** A field path, from describe. */
  field: string;
  part?: DatePart;
  /** Name of its value in the answer. */
  as: string;
}

export interface Measure {
  call: 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';
  field: string;
  as: string;
}

export interface Aggregate {
  sobject: string;
  /** None: one group of all rows. */
  groups: readonly Grouping[];
  measures: readonly Measure[];
  /** A condition made by this folder's functions. */
  where: string | null;
  /** The measure whose biggest groups come first. */
  biggest?: Measure;
}

/** “Aggregate query does not support queryMore()”: more groups than one batch holds cannot be had. */
export const MOST_GROUPS = 2_000;

/**
 * A statement that counts and adds up on Salesforce's side, of at most `MOST_GROUPS` groups. Amounts in several currencies
 * are added up in the org's corporate currency. Throws `TypeError` when a name is no API name.
 */
export function aggregateStatement({ sobject, groups, measures, where, biggest }: Aggregate): string {
  const grouped = groups.map(groupedBy);
  const list = [
    ...groups.map((group, index) => `${grouped[index]} ${requireName(group.as)}`),
    ...measures.map((measure) => `${measured(measure)} ${requireName(measure.as)}`),
  ];
  return [
    `SELECT ${list.join(', ')}`,
    `FROM ${requireName(sobject)}`,
    ...(where === null ? [] : [`WHERE ${where}`]),
    ...(grouped.length > 0 ? [`GROUP BY ${grouped.join(', ')}`] : []),
    ...(biggest ? [`ORDER BY ${measured(biggest)} DESC`] : []),
    ...(grouped.length > 0 ? [`LIMIT ${MOST_GROUPS}`] : []),
  ].join(' ');
}

function groupedBy({ field, part }: Grouping): string {
  return part ? `${part}(${requireName(field)})` : requireName(field);
}

function measured({ call, field }: Measure): string {
  return `${call}(${requireName(field)})`;
}

function requireName(text: string): string {
  if (!isFieldPath(text)) throw new TypeError(`not an API name: ${JSON.stringify(text.slice(0, 80))}`);
  return text;
}

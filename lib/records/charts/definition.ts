import { missingField } from '@/lib/records/columns/missing-column';
import type { FilterCondition } from '@/lib/records/types';
import type { FieldDescribe, SobjectDescribe } from '@/lib/salesforce/types';
import type { Grouping, Measure } from '@/lib/soql/aggregate';
import type { Chart, ChartChoice } from './types';

/** A record of an aggregate query, by the names that the statement gave its values. */
export type AggregateRow = Readonly<Record<string, unknown>>;

/** What definitions are made for. */
export interface ChartContext {
  describe: SobjectDescribe;
  orgId: string;
  /** Such as `66.0`. */
  apiVersion: string;
  /** BCP 47. */
  locale: string;
  /** The reader's day, `YYYY-MM-DD`. */
  today: string;
}

export type Drawn = Pick<Chart, 'measures' | 'pictures' | 'groups' | 'notices'>;

/** A chart that can be asked for: one aggregate query, and how its answer is read. */
export interface ChartQuery {
  shape: Chart['shape'];
  groupLabel: string;
  groups: Grouping[];
  measures: Measure[];
  /** What the chart asks besides the grid's filter. */
  conditions: FilterCondition[];
  biggest?: Measure;
  read(rows: readonly AggregateRow[]): Drawn;
}

export interface ChartDefinition extends ChartChoice {
  /** Null: it cannot be drawn, and `why` says so. */
  query: ChartQuery | null;
}

export const COUNT: Measure = { call: 'COUNT', field: 'Id', as: 'total' };

export function fieldNamed({ describe }: ChartContext, name: string): FieldDescribe | null {
  return describe.fields.find((field) => field.name === name) ?? null;
}

/** Why a chart by this field cannot be had; null: Salesforce groups by it. */
export function whyNotGrouped(context: ChartContext, name: string): string | null {
  const field = fieldNamed(context, name);
  if (field === null) return whyHidden(context, name);
  if (field.groupable || field.type === 'date') return null;
  return `Salesforce does not group ${context.describe.labelPlural} by ${field.label}.`;
}

/** Why describe does not name a field. */
export function whyHidden({ describe, orgId, apiVersion }: ChartContext, name: string): string {
  return missingField(name, name, { orgId, apiVersion, sobject: describe.name }).words;
}

/** The amount that a chart adds up, or the words for its absence. */
export function amountOf(context: ChartContext): { field: FieldDescribe | null; notices: string[] } {
  const field = fieldNamed(context, 'Amount');
  if (field?.aggregatable) return { field, notices: [] };
  const why = field ? `Salesforce does not add up ${field.label}.` : whyHidden(context, 'Amount');
  return { field: null, notices: [`${why} So this chart counts, and has no amounts.`] };
}

/** A chart that needs these fields to group or filter by. */
export function define(
  context: ChartContext,
  { id, title, needs }: { id: string; title: string; needs: readonly string[] },
  query: () => ChartQuery,
): ChartDefinition {
  const why = needs.map((name) => whyNotGrouped(context, name)).find((words) => words !== null) ?? null;
  return { id, title, why, query: why === null ? query() : null };
}

export function numberAt(row: AggregateRow, name: string): number | null {
  const value = row[name];
  return typeof value === 'number' ? value : null;
}

export function sumAt(rows: readonly AggregateRow[], name: string): number {
  return rows.reduce((sum, row) => sum + (numberAt(row, name) ?? 0), 0);
}

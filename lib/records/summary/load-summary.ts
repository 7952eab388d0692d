import { AppError } from '@/lib/errors';
import type { GridInput, GridPlan } from '@/lib/records/window/plan-grid';
import { costOf } from '@/lib/records/window/row-window';
import { withPlan } from '@/lib/records/window/with-plan';
import type { RecordsAccess } from '@/lib/records/with-records';
import { runQuery } from '@/lib/salesforce/query';
import { aggregateStatement } from '@/lib/soql/aggregate';
import { type SummarisedField, summarisedFields } from './summarised-fields';
import type { ColumnSummary, GridSummary } from './types';

/** Salesforce's smallest: the answer is one row. */
const BATCH = 200;

/**
 * Counts and adds up over all rows of a grid, in one API call. Amounts in several currencies come in the corporate one.
 * Throws INVALID_INPUT when none of the fields can be summarised.
 */
export async function loadSummary(
  access: RecordsAccess,
  { fields: wanted, ...input }: GridInput & { fields: string[] },
): Promise<GridSummary> {
  const { client, reader } = access;
  const org = { orgId: reader.orgId, apiVersion: client.apiVersion };
  const planned = (plan: GridPlan) => {
    const { fields, left } = summarisedFields(wanted, plan.describe, org);
    return { fields, left, soql: summaryStatement(plan, fields) };
  };
  return await withPlan(
    access,
    input,
    async (plan) => {
      const { fields, left, soql } = planned(plan);
      if (fields.length === 0) throw nothingToSummarise(left);
      const { records } = await runQuery(client, soql, { batchSize: BATCH });
      const row = records[0] ?? {};
      return {
        rows: numberOf(row.total) ?? 0,
        columns: fields.map((field, place) => columnSummary(field, row, place)),
        left,
        currency: reader.defaultCurrency,
        converted: plan.isMultiCurrency,
        soql,
        ...costOf(access),
      };
    },
    (plan) => planned(plan).soql,
  );
}

function summaryStatement({ describe, where }: GridPlan, fields: readonly SummarisedField[]): string {
  const total = { call: 'COUNT', field: 'Id', as: 'total' } as const;
  const measures = [total, ...fields.flatMap((field) => field.measures)];
  return aggregateStatement({ sobject: describe.name, groups: [], measures, where });
}

function columnSummary(
  { measures: _, ...facts }: SummarisedField,
  row: Readonly<Record<string, unknown>>,
  place: number,
): ColumnSummary {
  return {
    ...facts,
    filled: numberOf(row[`count${place}`]) ?? 0,
    sum: numberOf(row[`sum${place}`]),
    average: numberOf(row[`avg${place}`]),
    smallest: cellOf(row[`min${place}`]),
    largest: cellOf(row[`max${place}`]),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function cellOf(value: unknown): number | string | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

function nothingToSummarise(left: GridSummary['left']): AppError {
  return new AppError('INVALID_INPUT', 'None of these columns can be summarised.', {
    nextStep: left[0]?.why ?? 'Show a column of numbers, amounts or dates.',
  });
}

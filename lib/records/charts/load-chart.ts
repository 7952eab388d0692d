import { AppError } from '@/lib/errors';
import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';
import { allOf, requireShort } from '@/lib/records/window/conditions';
import type { GridInput, GridPlan } from '@/lib/records/window/plan-grid';
import { costOf } from '@/lib/records/window/row-window';
import { withPlan } from '@/lib/records/window/with-plan';
import type { RecordsAccess } from '@/lib/records/with-records';
import { runQuery } from '@/lib/salesforce/query';
import { aggregateStatement, MOST_GROUPS } from '@/lib/soql/aggregate';
import { filterCondition } from '@/lib/soql/filter/condition';
import { chartsOf } from './charts-of';
import type { ChartDefinition, ChartQuery } from './definition';
import { dayIn } from './spans';
import type { Chart, ChartChoices } from './types';

/** What can be drawn of a grid's object. With the describes cached it costs nothing. */
export async function listCharts(access: RecordsAccess, input: GridInput): Promise<ChartChoices> {
  return await withPlan(access, input, async (plan) => ({
    charts: definitionsOf(access, plan).map(({ id, title, why }) => ({ id, title, why })),
    ...costOf(access),
  }));
}

/**
 * A chart of the rows of a grid, in one API call. `now`: the instant whose month its months are around. Throws
 * INVALID_INPUT for a chart that there is not, or not for this reader.
 */
export async function loadChart(
  access: RecordsAccess,
  input: GridInput,
  { id, now = new Date() }: { id: string; now?: Date },
): Promise<Chart> {
  const planned = (plan: GridPlan) => planChart(access, plan, { id, now });
  return await withPlan(
    access,
    input,
    async (plan) => {
      const { definition, query, soql } = planned(plan);
      const { records } = await runQuery(access.client, soql, { batchSize: MOST_GROUPS });
      const { notices, ...drawn } = query.read(records);
      return {
        id,
        title: definition.title,
        shape: query.shape,
        groupLabel: query.groupLabel,
        ...drawn,
        currency: access.reader.defaultCurrency,
        converted: plan.isMultiCurrency,
        notices: [...notices, ...(records.length === MOST_GROUPS ? [TOO_MANY] : [])],
        soql,
        ...costOf(access),
      };
    },
    (plan) => planned(plan).soql,
  );
}

const TOO_MANY =
  'Salesforce answers at most 2,000 groups of one question: the smallest are not counted here.';

function definitionsOf(
  { client, reader }: RecordsAccess,
  { describe }: GridPlan,
  now = new Date(),
): ChartDefinition[] {
  return chartsOf({
    describe,
    orgId: reader.orgId,
    apiVersion: client.apiVersion,
    locale: salesforceLocaleToBcp47(reader.locale),
    today: dayIn(knownTimeZone(reader.timeZone), now),
  });
}

function planChart(access: RecordsAccess, plan: GridPlan, { id, now }: { id: string; now: Date }) {
  const definition = definitionsOf(access, plan, now).find((one) => one.id === id);
  if (!definition) throw new AppError('INVALID_INPUT', 'There is no such chart of this object.');
  if (definition.query === null) {
    throw new AppError('INVALID_INPUT', `“${definition.title}” cannot be drawn.`, {
      nextStep: definition.why ?? 'Choose another chart.',
    });
  }
  const { query } = definition;
  return { definition, query, soql: chartStatement(access, plan, query) };
}

function chartStatement({ reader }: RecordsAccess, plan: GridPlan, query: ChartQuery): string {
  const typeOf = (name: string) => {
    const field = plan.describe.fields.find((one) => one.name === name);
    return field?.filterable ? field.type : null;
  };
  const { where: own, left } = filterCondition(
    { match: 'all', of: query.conditions },
    { typeOf, userId: reader.userId },
  );
  // Without its own conditions a chart would draw something else than it says.
  if (left[0]) throw new AppError('INVALID_INPUT', `This chart cannot be drawn: ${left[0].why}`);
  const { groups, measures, biggest } = query;
  const where = requireShort(allOf([plan.where, own]));
  return aggregateStatement({
    sobject: plan.describe.name,
    groups,
    measures,
    where,
    ...(biggest && { biggest }),
  });
}

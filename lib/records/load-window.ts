import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';
import type { GridWindow } from '@/lib/records/types';
import type { GridInput } from '@/lib/records/window/plan-grid';
import { rowWindow, WINDOW_ROWS } from '@/lib/records/window/row-window';
import { withPlan } from '@/lib/records/window/with-plan';
import type { RecordsAccess } from '@/lib/records/with-records';
import { runQuery } from '@/lib/salesforce/query';
import { formatList } from '@/lib/soql/locator';

/**
 * A grid with its first rows. With the describes cached it costs one API call. Throws `AppError`; a window without rows
 * means that Salesforce said there are none.
 */
export async function loadWindow(access: RecordsAccess, input: GridInput): Promise<GridWindow> {
  const { connection, client, reader } = access;
  return await withPlan(access, input, async (plan) => {
    const soql = plan.soql(null);
    const page = await runQuery(client, soql, { batchSize: WINDOW_ROWS });
    const { instanceUrl } = await client.source.current();
    return {
      connectionId: connection.id,
      sobject: plan.describe.name,
      label: plan.describe.label,
      labelPlural: plan.describe.labelPlural,
      columns: plan.selected.map(({ column }) => column),
      missing: plan.missing,
      state: { ...input.state, sort: plan.order.sort },
      notices: plan.notices,
      rows: rowWindow(access, plan, {
        records: page.records,
        offset: 0,
        total: page.totalSize,
        list: page.locator === null ? null : formatList({ locator: page.locator, base: 0 }),
        notices: [],
      }),
      currency: plan.isMultiCurrency ? null : reader.defaultCurrency,
      jump: plan.order.jump,
      jumpWords: plan.order.jumpWords,
      soql,
      instanceUrl,
      userId: reader.userId,
      locale: salesforceLocaleToBcp47(reader.locale),
      timeZone: knownTimeZone(reader.timeZone),
    };
  });
}

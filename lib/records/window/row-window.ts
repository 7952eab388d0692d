import { readerOf, type SalesforceRecord, type SelectedColumn } from '@/lib/records/columns/select-columns';
import type { ReadCost, RowWindow } from '@/lib/records/types';
import { formatCursor } from '@/lib/records/window/cursor';
import type { GridPlan } from '@/lib/records/window/plan-grid';
import type { RecordsAccess } from '@/lib/records/with-records';

/** Rows in a window: the smallest batch that Salesforce offers. It may still give fewer. */
export const WINDOW_ROWS = 200;

export interface Page {
  records: ReadonlyArray<SalesforceRecord>;
  /** Of the first record in the whole list, from 0. */
  offset: number;
  total: number;
  list: string | null;
  notices: string[];
}

/** Records as a window: columnar, and without the columns that Salesforce gave no value for any more. */
export function rowWindow(access: RecordsAccess, plan: GridPlan, page: Page): RowWindow {
  const { records } = page;
  const [first] = records;
  const given = plan.selected.filter((column) => first === undefined || isGiven(column, first));
  const gone = plan.selected.filter((column) => !given.includes(column));
  return {
    offset: page.offset,
    ids: records.map(({ Id }) => String(Id)),
    columns: given.map(({ column }) => column.name),
    values: given.map(({ read }) => records.map((record) => read(record) ?? null)),
    currencies: plan.isMultiCurrency ? records.map(currencyOf) : null,
    total: page.total,
    list: page.list,
    cursor: cursorOf(plan, page),
    notices: [
      ...page.notices,
      ...gone.map(({ column }) => `Salesforce does not give “${column.label}” any more.`),
    ],
    ...costOf(access),
  };
}

export function costOf({ client: { meter } }: RecordsAccess): ReadCost {
  return { calls: meter.calls, budget: meter.budget, asOf: new Date().toISOString() };
}

function isGiven({ paths, counts }: SelectedColumn, record: SalesforceRecord): boolean {
  const name = counts ?? paths[0]?.split('.')[0] ?? '';
  return name in record;
}

function currencyOf({ CurrencyIsoCode }: SalesforceRecord): string | null {
  return typeof CurrencyIsoCode === 'string' ? CurrencyIsoCode : null;
}

function cursorOf({ order, stamp }: GridPlan, { records, offset }: Page): string | null {
  const last = records.at(-1);
  if (!last || order.keys.some(({ comparison }) => comparison === null)) return null;
  const values = order.keys.map(({ path }) => readerOf(path)(last) ?? null);
  return formatCursor(stamp, { row: offset + records.length - 1, id: String(last.Id), values });
}

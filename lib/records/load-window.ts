import { AppError } from '@/lib/errors';
import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';
import { describeSobject } from '@/lib/salesforce/describe';
import type { ApiMeter, SalesforceClient, SobjectDescribe } from '@/lib/salesforce/types';
import { containsCondition, selectStatement } from '@/lib/soql/select';
import type { GridState, SortKey } from '@/lib/soql/types';
import { DEFAULT_COLUMNS, type GridObject, type SelectedColumn, selectColumns } from './columns';
import { PAGE_SIZE, type RowPage, readRows } from './read-rows';
import type { GridWindow } from './types';

/** Who reads: field-level security, locators and formats are theirs. */
export interface Reader {
  orgId: string;
  userId: string;
  /** Salesforce key or BCP 47. */
  locale: string | null;
  /** IANA. */
  timeZone: string | null;
  defaultCurrency: string | null;
}

export interface WindowInput {
  sobject: GridObject;
  state: GridState;
  reader: Reader;
  /** Hears how many rows Salesforce gave, once it gave any answer, whatever comes after. Never throws. */
  count: (rows: number) => void;
}

interface Plan {
  describe: SobjectDescribe;
  selected: SelectedColumn[];
  hidden: string[];
  sort: SortKey[];
  notices: string[];
  hasCurrency: boolean;
  soql: string;
}

/**
 * One page of a grid. With the describe cached it costs one API call, two when a page further on is opened before its
 * list. Throws `AppError`; an empty window means that Salesforce said there are no rows.
 */
export async function loadWindow(client: SalesforceClient, input: WindowInput): Promise<GridWindow> {
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  try {
    return await readWindow({ ...client, meter }, meter, input);
  } finally {
    if (meter.rows !== null) input.count(meter.rows);
  }
}

async function readWindow(
  metered: SalesforceClient,
  meter: ApiMeter,
  input: WindowInput,
): Promise<GridWindow> {
  const readerKey = `${input.reader.orgId} ${input.reader.userId}`;
  const first = planWindow(await describeSobject(metered, input.sobject, readerKey), input);
  const { plan, page } = await readPlanned(metered, readerKey, first, input);
  const { instanceUrl } = await metered.source.current();
  return {
    ...columnar(plan, page),
    sobject: plan.describe.name,
    label: plan.describe.label,
    labelPlural: plan.describe.labelPlural,
    columns: plan.selected.map(({ column }) => column),
    hiddenColumns: plan.hidden,
    currency: plan.hasCurrency ? null : input.reader.defaultCurrency,
    state: { sort: plan.sort, q: input.state.q, page: page.page },
    notices: [...plan.notices, ...page.notices],
    pageSize: PAGE_SIZE,
    total: page.total,
    instanceUrl,
    locale: salesforceLocaleToBcp47(input.reader.locale),
    timeZone: knownTimeZone(input.reader.timeZone),
    calls: meter.calls,
    budget: meter.budget,
    asOf: new Date().toISOString(),
  };
}

/** Field-level security may have changed since the describe was cached: then plan again with a new one, once. */
async function readPlanned(client: SalesforceClient, readerKey: string, plan: Plan, input: WindowInput) {
  const read = (soql: string) => readRows(client, { readerKey, soql, page: input.state.page });
  try {
    return { plan, page: await read(plan.soql) };
  } catch (error) {
    if (!(error instanceof AppError && error.salesforce?.error === 'INVALID_FIELD')) throw error;
    const fresh = planWindow(await describeSobject(client, input.sobject, readerKey, { fresh: true }), input);
    if (fresh.soql === plan.soql) throw error;
    return { plan: fresh, page: await read(fresh.soql) };
  }
}

function planWindow(describe: SobjectDescribe, { sobject, state }: WindowInput): Plan {
  const { selected, hidden } = selectColumns(describe, DEFAULT_COLUMNS[sobject]);
  const { sort, notices } = usableSort(selected, state.sort);
  const hasCurrency = describe.fields.some((field) => field.name === 'CurrencyIsoCode');
  const sortPaths = sort.map((key) => ({ ...key, field: sortPathOf(selected, key.field) }));
  const soql = selectStatement({
    sobject: describe.name,
    fields: ['Id', ...selected.flatMap(({ paths }) => paths), ...(hasCurrency ? ['CurrencyIsoCode'] : [])],
    where: state.q === '' ? null : containsCondition('Name', state.q),
    // Id breaks ties, so that no row is on two pages.
    orderBy: [...sortPaths, { field: 'Id', descending: false }],
  });
  return { describe, selected, hidden, sort, notices, hasCurrency, soql };
}

/** The wanted sort keys that this reader can sort by; without any, the name column. */
function usableSort(selected: SelectedColumn[], wanted: SortKey[]): { sort: SortKey[]; notices: string[] } {
  const sortable = new Set(selected.filter(({ column }) => column.sortable).map(({ column }) => column.name));
  const sort = wanted.filter((key) => sortable.has(key.field));
  const notices = wanted
    .filter((key) => !sortable.has(key.field))
    .map((key) => `The list cannot be sorted by “${key.field}”, so that was left out.`);
  const byName = selected.filter(({ column }) => column.isName && column.sortable);
  const fallback = byName.map(({ column }) => ({ field: column.name, descending: false }));
  return { sort: sort.length > 0 ? sort : fallback, notices };
}

function sortPathOf(selected: SelectedColumn[], name: string): string {
  return selected.find(({ column }) => column.name === name)?.sortPath ?? name;
}

function columnar(plan: Plan, page: RowPage): Pick<GridWindow, 'ids' | 'values' | 'currencies'> {
  return {
    ids: page.records.map((record) => String(record.Id)),
    values: plan.selected.map((selected) => page.records.map((record) => cellOf(selected, record))),
    currencies: plan.hasCurrency
      ? page.records.map((record) =>
          typeof record.CurrencyIsoCode === 'string' ? record.CurrencyIsoCode : null,
        )
      : null,
  };
}

function cellOf({ column, relationshipName }: SelectedColumn, record: Record<string, unknown>): unknown {
  const value = record[column.name] ?? null;
  if (column.kind !== 'reference' || value === null) return value;
  const parent = relationshipName === null ? null : (record[relationshipName] as { Name?: unknown } | null);
  return { id: value, name: typeof parent?.Name === 'string' ? parent.Name : null };
}

import { AppError } from '@/lib/errors';
import { defaultColumns } from '@/lib/records/columns/default-columns';
import { readNameFields } from '@/lib/records/columns/name-fields';
import { type DescribeObject, fieldAt, readGraph } from '@/lib/records/columns/object-graph';
import {
  type ColumnSources,
  isMultiCurrency,
  type SelectedColumn,
  selectColumns,
} from '@/lib/records/columns/select-columns';
import type { MissingColumn } from '@/lib/records/types';
import {
  allOf,
  filteredFields,
  filterOf,
  requireShort,
  searchCondition,
} from '@/lib/records/window/conditions';
import { stampOf } from '@/lib/records/window/cursor';
import { type GridOrder, orderOf } from '@/lib/records/window/sort-keys';
import type { Reader, RecordsAccess } from '@/lib/records/with-records';
import { describeIfVisible, describeSobject } from '@/lib/salesforce/describe';
import type { SobjectDescribe } from '@/lib/salesforce/types';
import { stableOrder } from '@/lib/soql/keyset';
import { selectStatement } from '@/lib/soql/select';
import type { GridState } from '@/lib/soql/types';

export interface GridInput {
  /** API name. */
  sobject: string;
  state: GridState;
}

/** What a grid's state comes to for this reader. */
export interface GridPlan {
  describe: SobjectDescribe;
  selected: SelectedColumn[];
  missing: MissingColumn[];
  order: GridOrder;
  isMultiCurrency: boolean;
  notices: string[];
  where: string | null;
  /** The statement with one more condition, or none. */
  soql: (more: string | null) => string;
  /** What cursors are bound to. */
  stamp: string;
}

/** “Maximum length of SOQL statements”, SOQL and SOSL Reference. */
const MOST_STATEMENT = 100_000;

/** `careful`: nothing that is cached is trusted, after Salesforce refused a field that describe had named. */
export async function planGrid(
  access: RecordsAccess,
  { sobject, state }: GridInput,
  { careful = false } = {},
): Promise<GridPlan> {
  const { client, reader } = access;
  const readerKey = readerKeyOf(reader);
  const fresh = { fresh: careful };
  const describeObject: DescribeObject = (name) => describeIfVisible(client, name, readerKey, fresh);
  const root = await describeRoot(access, sobject, fresh);
  const wanted = state.columns ?? defaultColumns(root);
  const paths = [...wanted, ...state.sort.map(({ field }) => field)];
  const graph = await readGraph(root, [...paths, ...filteredFields(state.filter)], describeObject);
  const lookups = paths
    .flatMap((path) => fieldAt(graph, path) ?? [])
    .filter(({ type }) => type === 'reference');
  const nameFields = await readNameFields(lookups, describeObject, careful);
  const { orgId } = reader;
  const sources = { graph, nameFields, orgId, apiVersion: client.apiVersion };
  return finishPlan(state, { wanted, sources, reader });
}

/** An object as the reader sees it. Throws SALESFORCE_OBJECT_HIDDEN. */
export async function describeRoot(
  { client, reader }: RecordsAccess,
  sobject: string,
  options: { fresh?: boolean } = {},
): Promise<SobjectDescribe> {
  const described = describeSobject(client, sobject, readerKeyOf(reader), options);
  const root = await described.catch(asHidden(sobject));
  requireQueryable(root);
  return root;
}

function readerKeyOf({ orgId, userId }: Reader): string {
  return `${orgId} ${userId}`;
}

interface Sources {
  wanted: readonly string[];
  sources: ColumnSources;
  reader: Reader;
}

function finishPlan(state: GridState, { wanted, sources, reader }: Sources): GridPlan {
  const describe = sources.graph.root;
  const { selected, missing } = selectColumns(wanted, sources);
  const order = orderOf(state.sort, sources);
  const nameField = describe.fields.find((field) => field.nameField);
  const nameColumn = nameField ? selectColumns([nameField.name], sources).selected[0] : null;
  const filter = filterOf(state.filter, sources.graph, reader);
  const search = searchCondition(state.q, nameColumn ?? null, selected);
  const where = requireShort(allOf([filter.where, search]));
  const multiCurrency = isMultiCurrency(sources.graph);
  const statement = (columns: readonly SelectedColumn[], condition: string | null) =>
    selectStatement({
      sobject: describe.name,
      fields: [
        'Id',
        ...[...columns, ...order.columns].flatMap(({ paths }) => paths),
        ...order.keys.map(({ path }) => path),
        ...(multiCurrency ? ['CurrencyIsoCode'] : []),
      ],
      counts: columns.flatMap(({ counts }) => counts ?? []),
      where: condition,
      orderBy: stableOrder(order.keys),
    });
  const fitting = fittingColumns(selected, (columns) => statement(columns, where));
  const left = selected.slice(fitting.length);
  return {
    describe,
    selected: fitting,
    missing,
    order,
    isMultiCurrency: multiCurrency,
    notices: [...order.notices, ...filter.notices, ...(left.length > 0 ? [tooWide(left)] : [])],
    where,
    soql: (more) => statement(fitting, allOf([where, more])),
    stamp: stampOf(statement([], where)),
  };
}

/** As many columns from the first on as a statement of Salesforce's limit can name. */
function fittingColumns(
  selected: SelectedColumn[],
  statement: (columns: readonly SelectedColumn[]) => string,
): SelectedColumn[] {
  let count = selected.length;
  while (count > 1 && statement(selected.slice(0, count)).length > MOST_STATEMENT) {
    count = Math.floor(count * 0.9);
  }
  return selected.slice(0, count);
}

function tooWide(left: readonly SelectedColumn[]): string {
  return `${left.length} columns were left out, from “${left[0]?.column.label}” on: Salesforce takes no longer statement.`;
}

function requireQueryable(describe: SobjectDescribe): void {
  if (describe.queryable) return;
  throw new AppError('SALESFORCE_OBJECT_HIDDEN', `${describe.labelPlural} cannot be listed.`, {
    nextStep: 'Salesforce allows no queries of this object.',
  });
}

/** Salesforce's 404 for an object in words about the object. */
function asHidden(sobject: string) {
  return (error: unknown): never => {
    if (!(error instanceof AppError) || error.code !== 'SALESFORCE_NOT_FOUND') throw error;
    throw new AppError(
      'SALESFORCE_OBJECT_HIDDEN',
      `There is no object ${sobject} for this Salesforce user.`,
      {
        nextStep: 'Check the name, or ask a Salesforce administrator for read access to the object.',
        ...(error.salesforce && { salesforce: error.salesforce }),
      },
    );
  };
}

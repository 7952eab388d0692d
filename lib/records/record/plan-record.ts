import { columnOf } from '@/lib/records/columns/column-of';
import { defaultColumns } from '@/lib/records/columns/default-columns';
import { readNameFields } from '@/lib/records/columns/name-fields';
import type { DescribeObject } from '@/lib/records/columns/object-graph';
import { isMultiCurrency, type SelectedColumn, selectColumns } from '@/lib/records/columns/select-columns';
import type { MissingColumn } from '@/lib/records/types';
import type { RecordsAccess } from '@/lib/records/with-records';
import { describeIfVisible, describeSobject } from '@/lib/salesforce/describe';
import type { GlobalSobject, SobjectDescribe } from '@/lib/salesforce/types';
import { quoteString } from '@/lib/soql/quote';
import { selectStatement } from '@/lib/soql/select';

/** Which fields of an object its reader sees, and the statement that reads them. */
export interface RecordPlan {
  describe: SobjectDescribe;
  selected: SelectedColumn[];
  missing: MissingColumn[];
  isMultiCurrency: boolean;
  soql: (recordId: string) => string;
}

/**
 * `all`: the objects that the reader sees; what others hold is shown by its id. `careful`: nothing that is cached is
 * trusted, after Salesforce refused a field that describe had named.
 */
export async function planRecord(
  { client, reader }: RecordsAccess,
  sobject: string,
  { all, careful }: { all: readonly GlobalSobject[]; careful: boolean },
): Promise<RecordPlan> {
  const readerKey = `${reader.orgId} ${reader.userId}`;
  const fresh = { fresh: careful };
  const seen = new Set(all.map(({ name }) => name));
  const describeObject: DescribeObject = async (name) =>
    seen.has(name) ? await describeIfVisible(client, name, readerKey, fresh) : null;
  const root = await describeSobject(client, sobject, readerKey, fresh);
  const shown = root.fields.filter((field) => columnOf(field) !== null);
  const lookups = shown.filter(({ type }) => type === 'reference');
  const graph = { root, parents: new Map() };
  const { selected, missing } = selectColumns([...defaultColumns(root), ...shown.map(({ name }) => name)], {
    graph,
    nameFields: await readNameFields(lookups, describeObject, careful),
    orgId: reader.orgId,
    apiVersion: client.apiVersion,
  });
  const fields = ['Id', ...selected.flatMap(({ paths }) => paths)];
  return {
    describe: root,
    selected,
    missing,
    isMultiCurrency: isMultiCurrency(graph),
    soql: (recordId) =>
      selectStatement({ sobject: root.name, fields, where: `Id = ${quoteString(recordId)}` }),
  };
}

import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { labelOf } from '@/lib/records/columns/column-of';
import { lookupOf, type ObjectGraph, objectAt, readGraph } from '@/lib/records/columns/object-graph';
import { type ColumnSources, selectColumns } from '@/lib/records/columns/select-columns';
import { costOf } from '@/lib/records/window/row-window';
import { type RecordsAccess, withRecords } from '@/lib/records/with-records';
import { describeIfVisible, describeSobject } from '@/lib/salesforce/describe';
import type { SobjectDescribe } from '@/lib/salesforce/types';
import { isFieldPath } from '@/lib/soql/identifier';
import type { FieldsInput } from './schema';
import type { ChildChoice, FieldChoices, ParentChoice } from './types';

/**
 * What a column chooser or filter builder can offer at a path, as this reader sees it. Costs one API call for each object
 * on the path whose describe is not cached. Throws SALESFORCE_OBJECT_HIDDEN for a path that leads nowhere.
 */
export async function readFieldChoices(
  ctx: PersonContext,
  connection: ReadableConnection,
  input: FieldsInput,
): Promise<FieldChoices> {
  return await withRecords(ctx, connection, (access) => readChoices(access, input));
}

async function readChoices(access: RecordsAccess, { sobject, path }: FieldsInput): Promise<FieldChoices> {
  const { client, reader } = access;
  const readerKey = `${reader.orgId} ${reader.userId}`;
  const root = await describeSobject(client, sobject, readerKey);
  const graph = await readGraph(root, path === '' ? [] : [`${path}.Id`], (name) =>
    describeIfVisible(client, name, readerKey),
  );
  const { orgId } = reader;
  const sources = { graph, nameFields: new Map(), orgId, apiVersion: client.apiVersion };
  const object = objectAt(graph, path);
  if (object === null) return nameOfSeveral(access, sources, path);
  const names = object.fields.map(({ name }) => joined(path, name));
  return {
    sobject: object.name,
    label: object.label,
    columns: columnsOf(names, sources),
    parents: parentsOf(object, path),
    children: path === '' ? childrenOf(object, sources) : [],
    cost: costOf(access),
  };
}

/** A lookup to several objects has no describe of its own: all that can be asked of it is the name. */
function nameOfSeveral(access: RecordsAccess, sources: ColumnSources, path: string): FieldChoices {
  const lookup = lookupOf(sources.graph, path);
  if (!lookup || lookup.referenceTo.length < 2) throw hiddenPath(sources.graph, path);
  return {
    sobject: 'Name',
    label: labelOf(lookup),
    columns: columnsOf([joined(path, 'Name')], sources),
    parents: [],
    children: [],
    cost: costOf(access),
  };
}

/** The same columns that a grid of these names would have. */
function columnsOf(names: readonly string[], sources: ColumnSources): FieldChoices['columns'] {
  return selectColumns(names.filter(isFieldPath), sources).selected.map(({ column }) => column);
}

function parentsOf({ fields }: SobjectDescribe, path: string): ParentChoice[] {
  return fields.flatMap((field) => {
    const [target, another] = field.referenceTo;
    if (field.relationshipName === null || target === undefined) return [];
    const parent = joined(path, field.relationshipName);
    if (!isFieldPath(`${parent}.Id`)) return [];
    return [{ path: parent, label: labelOf(field), sobject: another === undefined ? target : 'Name' }];
  });
}

function childrenOf({ childRelationships }: SobjectDescribe, sources: ColumnSources): ChildChoice[] {
  return childRelationships
    .flatMap(({ relationshipName, childSObject }) => {
      const name = `count(${relationshipName})`;
      const column = selectColumns([name], sources).selected[0]?.column;
      return column ? [{ name, label: column.label, sobject: childSObject }] : [];
    })
    .sort((one, other) => one.label.localeCompare(other.label));
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function hiddenPath({ root }: ObjectGraph, path: string): AppError {
  return new AppError(
    'SALESFORCE_OBJECT_HIDDEN',
    `There is nothing at ${path} of ${root.label} for this Salesforce user.`,
    {
      nextStep: 'Choose another field, or ask a Salesforce administrator for read access to the object.',
    },
  );
}

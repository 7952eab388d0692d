import { columnOf, labelOf } from '@/lib/records/columns/column-of';
import { missingField, notAColumn, type Sought } from '@/lib/records/columns/missing-column';
import { fieldAt, lookupOf, type ObjectGraph, objectAt, splitPath } from '@/lib/records/columns/object-graph';
import type { GridColumn, MissingColumn } from '@/lib/records/types';
import type { FieldDescribe } from '@/lib/salesforce/types';
import { countedRelationship } from '@/lib/soql/grid-state';

export type SalesforceRecord = Readonly<Record<string, unknown>>;

/** A column with what its cells are selected, sorted and read by. */
export interface SelectedColumn {
  column: GridColumn;
  /** SOQL field paths. */
  paths: readonly string[];
  /** The child relationship whose records are counted. */
  counts: string | null;
  /** The path and field of ORDER BY: of a lookup the name that is shown. Null: no such field. */
  sort: { path: string; field: FieldDescribe | null } | null;
  read: (record: SalesforceRecord) => unknown;
}

export interface ColumnSources {
  graph: ObjectGraph;
  /** By object: see `readNameFields`. */
  nameFields: ReadonlyMap<string, string | null>;
  orgId: string;
  apiVersion: string;
}

/** “No more than 55 child-to-parent relationships can be specified in a query”, and 20 parent-to-child ones. */
const MOST_PARENTS = 55;
const MOST_COUNTS = 20;

/** The wanted columns that this reader can have, in their order, and why the others are missing. */
export function selectColumns(
  wanted: readonly string[],
  sources: ColumnSources,
): { selected: SelectedColumn[]; missing: MissingColumn[] } {
  const selected: SelectedColumn[] = [];
  const missing: MissingColumn[] = [];
  const relationships = new Set<string>();
  const counts = new Set<string>();
  for (const name of new Set(wanted)) {
    const found = selectColumn(name, sources);
    if (!('column' in found)) missing.push(found);
    else if (found.counts !== null && counts.size >= MOST_COUNTS) missing.push(tooManyCounts(name));
    else {
      const fitting = withinParents(found, relationships);
      if (fitting === null) missing.push(tooManyParents(name));
      else {
        selected.push(fitting);
        if (fitting.counts !== null) counts.add(fitting.counts);
      }
    }
  }
  return { selected, missing };
}

function selectColumn(name: string, sources: ColumnSources): SelectedColumn | MissingColumn {
  const counted = countedRelationship(name);
  if (counted !== null) return countColumn(name, counted, sources);
  const [relationship, fieldName] = splitPath(name);
  const field = fieldAt(sources.graph, name) ?? nameOfSeveral(name, sources.graph);
  if (field === null) return missingPath(name, relationship, fieldName, sources);
  const parents = relationship === '' ? null : { path: name, labels: labelsOf(relationship, sources.graph) };
  const column = columnOf(field, parents);
  if (column === null) return notAColumn(name, `fields of type ${field.type} are not shown.`);
  // A parent's amount has the parent's currency, which is not read: better none than a wrong one.
  if (parents && column.kind === 'currency' && isMultiCurrency(sources.graph)) column.kind = 'number';
  return field.type === 'reference' ? lookupColumn(column, field, sources) : plainColumn(column, field);
}

function plainColumn(column: GridColumn, field: FieldDescribe): SelectedColumn {
  const { name } = column;
  return {
    column,
    paths: [name],
    counts: null,
    sort: column.sortable ? { path: name, field } : null,
    read: readerOf(name),
  };
}

/** A lookup shows the name of what it points to, and sorts by that. */
function lookupColumn(column: GridColumn, field: FieldDescribe, sources: ColumnSources): SelectedColumn {
  const { relationshipName, referenceTo } = field;
  const [target, another] = referenceTo;
  // Of a lookup that names no object, only the id can be read.
  const named = target === undefined ? null : another === undefined ? sources.nameFields.get(target) : 'Name';
  const nameField = named ?? null;
  const readId = readerOf(column.name);
  if (relationshipName === null || nameField === null) {
    const read = (record: SalesforceRecord) => referenceCell(readId(record), null);
    return { ...plainColumn(column, field), read };
  }
  const [before] = splitPath(column.name);
  const path = [before, relationshipName, nameField].filter((part) => part !== '').join('.');
  const readName = readerOf(path);
  return {
    column,
    paths: [column.name, path],
    counts: null,
    sort: column.sortable ? { path, field: null } : null,
    read: (record) => referenceCell(readId(record), readName(record)),
  };
}

function referenceCell(id: unknown, name: unknown): { id: unknown; name: string | null } | null {
  return id === null || id === undefined ? null : { id, name: typeof name === 'string' ? name : null };
}

function countColumn(
  name: string,
  relationship: string,
  { graph }: ColumnSources,
): SelectedColumn | MissingColumn {
  const child = graph.root.childRelationships.find((one) => one.relationshipName === relationship);
  if (!child) {
    return { name, reason: 'unknown', words: `Salesforce names no child records ${relationship} to you.` };
  }
  const label = `Number of ${relationship.replace(/__r$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}`;
  const facts = { sortable: false, filterable: false, scale: 0, isName: false, isCalculated: false } as const;
  return {
    column: { name, label, kind: 'count', ...facts },
    paths: [],
    counts: relationship,
    sort: null,
    read: (record) => (record[relationship] as { totalSize?: number } | null | undefined)?.totalSize ?? 0,
  };
}

/** Whether amounts have a currency of their own. */
export function isMultiCurrency({ root }: ObjectGraph): boolean {
  return root.fields.some(({ name }) => name === 'CurrencyIsoCode');
}

/** Where a lookup may point to several objects, the name that all of them have. */
export function nameOfSeveral(path: string, graph: ObjectGraph): FieldDescribe | null {
  const [relationship, name] = splitPath(path);
  const lookup = relationship === '' ? null : lookupOf(graph, relationship);
  if (name !== 'Name' || !lookup || lookup.referenceTo.length < 2) return null;
  const facts = {
    type: 'string',
    name,
    label: 'Name',
    referenceTo: [],
    relationshipName: null,
    nameField: true,
  };
  return { ...lookup, ...facts, picklistValues: [], calculated: false };
}

function missingPath(
  name: string,
  relationship: string,
  field: string,
  sources: ColumnSources,
): MissingColumn {
  const { graph, orgId, apiVersion } = sources;
  const sobject = objectAt(graph, relationship);
  if (sobject) return missingField(name, field, { orgId, apiVersion, sobject: sobject.name });
  const lookup = lookupOf(graph, relationship);
  if (lookup && lookup.referenceTo.length > 1) {
    return notAColumn(name, `${labelOf(lookup)} may be of several objects, of which only the name is shown.`);
  }
  const sought: Sought = { orgId, apiVersion, sobject: lookup?.referenceTo[0] ?? graph.root.name };
  return missingField(name, lookup ? field : (relationship.split('.')[0] ?? field), sought);
}

function labelsOf(relationship: string, graph: ObjectGraph): string[] {
  const names = relationship.split('.');
  return names.map((name, index) => {
    const lookup = lookupOf(graph, names.slice(0, index + 1).join('.'));
    return lookup ? labelOf(lookup) : name;
  });
}

/** Beyond Salesforce's limit a lookup still shows its id; a field of a parent cannot be had. */
function withinParents(found: SelectedColumn, relationships: Set<string>): SelectedColumn | null {
  const fits = (paths: readonly string[]) => {
    const all = new Set([...relationships, ...paths.flatMap(parentsOf)]);
    if (all.size > MOST_PARENTS) return false;
    for (const one of all) relationships.add(one);
    return true;
  };
  if (fits(found.paths)) return found;
  const [own, ...rest] = found.paths;
  return own !== undefined && rest.length > 0 && fits([own]) ? { ...found, paths: [own], sort: null } : null;
}

function parentsOf(path: string): string[] {
  const names = path.split('.').slice(0, -1);
  return names.map((_name, index) => names.slice(0, index + 1).join('.'));
}

function tooManyParents(name: string): MissingColumn {
  return notAColumn(name, `Salesforce reads at most ${MOST_PARENTS} kinds of parent records at once.`);
}

function tooManyCounts(name: string): MissingColumn {
  return notAColumn(name, `Salesforce counts at most ${MOST_COUNTS} kinds of child records at once.`);
}

/** Reads a path from a record as Salesforce nests it; null where a parent is missing, undefined for an unknown field. */
export function readerOf(path: string): (record: SalesforceRecord) => unknown {
  const names = path.split('.');
  if (names.length === 1) return (record) => record[path];
  return (record) => {
    let value: unknown = record;
    for (const name of names) {
      if (value === null || value === undefined) return value;
      value = (value as SalesforceRecord)[name];
    }
    return value;
  };
}

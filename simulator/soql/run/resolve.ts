import { isVisible, type OrgData } from '@/simulator/data/org-data';
import { type FieldDefinition, has } from '@/simulator/data/schema';
import type { Column, Link, Table } from '@/simulator/data/table';
import type { FieldPath, Statement } from '@/simulator/soql/ast';
import { faultAt, SoqlUnsupported } from '@/simulator/soql/errors';
import type { SimOrg, SimUser } from '@/simulator/types';

/** Who asks, when, about which object. */
export interface QueryScope {
  readonly org: SimOrg;
  readonly data: OrgData;
  readonly user: SimUser;
  readonly now: number;
  readonly statement: Statement;
  readonly table: Table;
}

/** A field path that exists, may be seen and can be read. */
export interface BoundPath {
  /** Relationship and field names in their own spelling: `['Account', 'Owner', 'Name']`. */
  readonly names: readonly string[];
  readonly field: FieldDefinition;
  /** Where the field lives: the queried table or one that a lookup leads to. */
  readonly table: Table;
  /** From a row of the queried table to a row of `table`, or -1. */
  readonly rowOf: Link;
  /** The parents on the way, from the queried table's own. */
  readonly parents: readonly Parent[];
  readonly read: Column;
}

export interface Parent {
  readonly name: string;
  readonly table: Table;
  readonly rowOf: Link;
}

/** "Relationship Queries": at most five levels from child to parent. */
const MAX_LEVELS = 5;

/** How Salesforce ends what it says of an unknown name. */
export const NAMES_HINT = 'Please reference your WSDL or the describe call for the appropriate names.';

export function findTable(data: OrgData, statement: Statement, user: SimUser): Table {
  const table = data.table(statement.from.name, user);
  if (table) return table;
  const name = statement.from.name;
  const message = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${NAMES_HINT}`;
  throw faultAt(statement.text, statement.from, 'INVALID_TYPE', message);
}

/** Drops a leading alias or object name: `a.Name`, `Account.Name` on Account. */
function withoutPrefix(scope: QueryScope, path: FieldPath): readonly string[] {
  const [first, ...rest] = path.parts;
  if (!first || rest.length === 0) return path.parts;
  const word = first.toLowerCase();
  const { alias } = scope.statement.from;
  if (word === alias?.toLowerCase()) return rest;
  const isRelationship = scope.table.relationship(first) !== null;
  return word === scope.table.definition.name.toLowerCase() && !isRelationship ? rest : path.parts;
}

function throughRelationship(scope: QueryScope, path: FieldPath, table: Table, name: string) {
  const field = table.relationship(name);
  if (!field || !isVisible(scope.user, table.definition.name, field)) {
    const message = `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${NAMES_HINT}`;
    throw faultAt(scope.statement.text, path, 'INVALID_FIELD', message);
  }
  const link = table.link(field);
  const target = scope.data.table(field.referenceTo[0] ?? '', scope.user);
  if (!link || !target) throw new SoqlUnsupported(`the object behind the relationship ${name}`);
  return { link, target, name: field.relationshipName ?? name };
}

/** Finds the field of a path. Unknown and hidden fields are the same to the caller: INVALID_FIELD. */
export function resolvePath(scope: QueryScope, path: FieldPath): BoundPath {
  const parts = withoutPrefix(scope, path);
  if (parts.length - 1 > MAX_LEVELS) {
    const message = `Relationship '${parts.slice(0, -1).join('.')}' exceeds the maximum of ${MAX_LEVELS} levels from child to parent`;
    throw faultAt(scope.statement.text, path, 'MALFORMED_QUERY', message);
  }
  let table = scope.table;
  let rowOf: Link = (row) => row;
  const parents: Parent[] = [];
  for (const part of parts.slice(0, -1)) {
    const step = throughRelationship(scope, path, table, part);
    const before = rowOf;
    rowOf = (row) => {
      const at = before(row);
      return at < 0 ? -1 : step.link(at);
    };
    table = step.target;
    parents.push({ name: step.name, table, rowOf });
  }
  const name = parts.at(-1) ?? '';
  const field = table.field(name);
  const object = table.definition.name;
  if (!field || !isVisible(scope.user, object, field)) {
    const message = `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${NAMES_HINT}`;
    throw faultAt(scope.statement.text, path, 'INVALID_FIELD', message);
  }
  const column = table.column(field);
  const linked = rowOf;
  const read: Column =
    parents.length === 0
      ? column
      : (row) => {
          const at = linked(row);
          return at < 0 ? null : column(at);
        };
  const names = [...parents.map((parent) => parent.name), field.name];
  return { names, field, table, rowOf, parents, read };
}

/** Refuses a field that describe calls not filterable, sortable, groupable. */
export function requireUse(
  scope: QueryScope,
  path: FieldPath,
  bound: BoundPath,
  use: 'filterable' | 'sortable' | 'groupable',
): void {
  if (has(bound.field, use)) return;
  const verb = { filterable: 'filtered', sortable: 'sorted', groupable: 'grouped' }[use];
  const message = `field '${bound.field.name}' can not be ${verb} in a query call`;
  throw faultAt(scope.statement.text, path, 'INVALID_FIELD', message);
}

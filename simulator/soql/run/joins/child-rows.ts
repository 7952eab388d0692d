import { isVisible } from '@/simulator/data/org-data';
import type { ChildRelationship, FieldDefinition } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import type { ChildSelect, Statement } from '@/simulator/soql/ast';
import { faultAt, SoqlUnsupported } from '@/simulator/soql/errors';
import { isAggregate } from '@/simulator/soql/run/aggregate';
import { sortOperand } from '@/simulator/soql/run/fields/field-operand';
import type { ChildIndex } from '@/simulator/soql/run/joins/child-index';
import { whereTest } from '@/simulator/soql/run/joins/semi-join';
import { type BoundPath, NAMES_HINT, type QueryScope } from '@/simulator/soql/run/resolve';
import { selectFields } from '@/simulator/soql/run/select';
import { compareRows, scrambled } from '@/simulator/soql/run/sorting/compare';

/** "Relationship Queries": at most this many parent-to-child relationships in a query. */
const MAX_SUBQUERIES = 20;

/** A child subquery: which children a row has, and what is selected of them. */
export interface ChildRows {
  /** The relationship, in its own spelling. */
  readonly name: string;
  /** How many fields of the parent are selected before it. */
  readonly place: number;
  readonly table: Table;
  readonly select: readonly BoundPath[];
  rowsOf(parent: number): readonly number[];
}

function unknownRelationship(statement: Statement, name: string) {
  const message = `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${NAMES_HINT}`;
  return faultAt(statement.text, statement.from, 'INVALID_TYPE', message);
}

/** `Contacts`, `Account.Contacts` or, with FROM Account a, `a.Contacts`. */
function relationshipName(outer: QueryScope, { from }: Statement): string {
  const [first = '', ...rest] = from.name.split('.');
  const own = [outer.table.definition.name, outer.statement.from.alias ?? ''];
  const prefixed = own.some((name) => name.toLowerCase() === first.toLowerCase());
  return rest.length > 0 && prefixed ? rest.join('.') : from.name;
}

interface Relationship {
  readonly name: string;
  readonly table: Table;
  readonly field: FieldDefinition;
}

function findRelationship(outer: QueryScope, statement: Statement): Relationship {
  const name = relationshipName(outer, statement);
  const named = (child: ChildRelationship) => child.relationshipName?.toLowerCase() === name.toLowerCase();
  const found = outer.table.definition.children.find(named);
  if (!found?.relationshipName) throw unknownRelationship(statement, name);
  const table = outer.data.table(found.childSObject, outer.user);
  const field = table?.field(found.field);
  if (!table || !field) throw new SoqlUnsupported(`the children ${found.relationshipName}`);
  if (!isVisible(outer.user, found.childSObject, field)) throw unknownRelationship(statement, name);
  return { name: found.relationshipName, table, field };
}

function refuseInside(statement: Statement): void {
  const isGrouped = statement.groupBy.length > 0 || statement.having !== null;
  const aggregate = statement.select.find(({ expression }) => isAggregate(expression));
  if (isGrouped || aggregate) {
    const place = aggregate?.expression ?? statement.from;
    const message = 'only root queries support aggregate expressions';
    throw faultAt(statement.text, place, 'MALFORMED_QUERY', message);
  }
  if (statement.children.length > 0) throw new SoqlUnsupported('a subquery inside a subquery');
  if (statement.offset) throw new SoqlUnsupported('OFFSET in a subquery');
}

function bindChild(outer: QueryScope, index: ChildIndex, { statement, place }: ChildSelect): ChildRows {
  refuseInside(statement);
  const { name, table, field } = findRelationship(outer, statement);
  const scope: QueryScope = { ...outer, statement, table };
  const select = selectFields(scope);
  const matches = whereTest(scope);
  const keys = statement.orderBy.map(({ target, ...direction }) => ({
    ...direction,
    operand: sortOperand(scope)(target),
  }));
  const children = index.children(table, field, outer.table);
  return {
    name,
    place,
    table,
    select,
    rowsOf: (parent) => {
      const all = [...children.of(parent)];
      const found = matches ? all.filter(matches) : all;
      if (keys.length > 0) {
        found.sort((left, right) => compareRows(keys, left, right) || scrambled(left) - scrambled(right));
      }
      return statement.limit === null ? found : found.slice(0, statement.limit);
    },
  };
}

/** The child subqueries of a SELECT list, ready to be read row by row. */
export function bindChildren(scope: QueryScope, index: ChildIndex): ChildRows[] {
  const { children, text } = scope.statement;
  const excess = children[MAX_SUBQUERIES];
  if (excess) {
    const message = `Maximum number of parent-to-child relationships exceeded: ${MAX_SUBQUERIES}`;
    throw faultAt(text, excess, 'MALFORMED_QUERY', message);
  }
  const bound = children.map((child) => bindChild(scope, index, child));
  const names = bound.map(({ name }) => name);
  const double = names.find((name, place) => names.indexOf(name) !== place);
  if (double !== undefined) throw new SoqlUnsupported(`the children ${double} selected twice`);
  return bound;
}

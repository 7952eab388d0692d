import type { Link, Table } from '@/simulator/data/table';
import type { Condition, Expression, FieldPath, SemiJoin } from '@/simulator/soql/ast';
import { faultAt, SoqlUnsupported } from '@/simulator/soql/errors';
import { filterOperand } from '@/simulator/soql/run/fields/field-operand';
import { compileCondition, type Terms, type Test } from '@/simulator/soql/run/filter';
import {
  type BoundPath,
  findTable,
  type QueryScope,
  requireUse,
  resolvePath,
} from '@/simulator/soql/run/resolve';

/** "Semi-Joins with IN and Anti-Joins with NOT IN": at most this many in a WHERE clause. */
const MAX_SEMI_JOINS = 2;

function malformed(scope: QueryScope, at: { start: number; end: number }, message: string) {
  return faultAt(scope.statement.text, at, 'MALFORMED_QUERY', message);
}

function semiJoinsIn(condition: Condition): SemiJoin[] {
  if (condition.kind === 'semiJoin') return [condition];
  if (condition.kind === 'comparison') return [];
  return condition.kind === 'not' ? semiJoinsIn(condition.operand) : condition.operands.flatMap(semiJoinsIn);
}

/** Semi-joins stand at the top of WHERE, alone or between ANDs. */
function refuseWrongPlaces(scope: QueryScope, where: Condition): void {
  const [, , excess] = semiJoinsIn(where);
  if (excess) {
    throw malformed(scope, excess, `Maximum ${MAX_SEMI_JOINS} semi join sub-selects are allowed`);
  }
  if (where.kind === 'semiJoin' || where.kind === 'comparison') return;
  if (where.kind === 'not') {
    if (semiJoinsIn(where).length > 0) throw new SoqlUnsupported('NOT before a semi-join');
    return;
  }
  for (const operand of where.operands) {
    const [join] = semiJoinsIn(operand);
    if (!join) continue;
    if (operand.kind !== 'semiJoin') {
      const message =
        'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.';
      throw malformed(scope, join, message);
    }
    if (where.kind === 'or') {
      throw malformed(scope, join, "Semi join sub-selects are not allowed with the 'OR' operator");
    }
  }
}

/** A field that names a record, and the row it names in the table of those records. */
interface Pointer {
  readonly field: BoundPath['field'];
  readonly target: Table;
  readonly rowOf: Link;
}

function pointer(scope: QueryScope, path: FieldPath, refusal: string): Pointer {
  const bound = resolvePath(scope, path);
  requireUse(scope, path, bound, 'filterable');
  const { field, table, rowOf } = bound;
  if (field.type === 'id') return { field, target: table, rowOf };
  if (field.type !== 'reference') throw malformed(scope, path, `${refusal}, cannot use: '${field.name}'`);
  const link = table.link(field);
  const target = scope.data.table(field.referenceTo[0] ?? '', scope.user);
  if (!link || !target) throw new SoqlUnsupported(`a semi-join by ${field.name}`);
  return {
    field,
    target,
    rowOf: (row) => {
      const at = rowOf(row);
      return at < 0 ? -1 : link(at);
    },
  };
}

function innerPath({ inner }: SemiJoin): FieldPath {
  const [only, ...more] = inner.select;
  const isPlain = more.length === 0 && inner.children.length === 0;
  if (!only || !isPlain || only.expression.kind !== 'field' || only.alias) {
    throw new SoqlUnsupported('a semi-join that selects anything but one field');
  }
  const { groupBy, orderBy, limit, offset } = inner;
  if (groupBy.length > 0 || orderBy.length > 0 || limit !== null || offset) {
    throw new SoqlUnsupported('a semi-join with anything behind WHERE');
  }
  return only.expression;
}

function outerPath(target: Expression): FieldPath {
  if (target.kind === 'field' && target.parts.length <= 2) return target;
  throw new SoqlUnsupported('a semi-join by a path or a function');
}

/** Which rows the inner query names is found once; null names none, so that NOT IN keeps it. */
function compileSemiJoin(outer: QueryScope, join: SemiJoin): Test {
  const path = innerPath(join);
  const scope: QueryScope = {
    ...outer,
    statement: join.inner,
    table: findTable(outer.data, join.inner, outer.user),
  };
  if (scope.table.definition.name === outer.table.definition.name) {
    const message = 'The inner and outer selects should not be on the same object type';
    throw malformed(outer, join.inner.from, message);
  }
  const inner = pointer(scope, path, 'semi join sub selects can only query id fields');
  const left = pointer(
    outer,
    outerPath(join.target),
    'The left operand field in the where expression for outer query should be an id field',
  );
  if (inner.target.definition.name !== left.target.definition.name) {
    const message = `The selected field '${inner.field.name}' in the subquery and the left operand field in the where expression in the outer query '${left.field.name}' should point to the same object type`;
    throw malformed(outer, path, message);
  }
  const { where } = join.inner;
  const matches =
    where &&
    compileCondition(scope, where, {
      operandFor: filterOperand(scope),
      semiJoin: (nested) => {
        throw malformed(scope, nested, 'Nesting of semi join sub-selects is not supported');
      },
    });
  const named = new Uint8Array(inner.target.size);
  for (let row = 0; row < scope.table.size; row++) {
    const at = inner.rowOf(row);
    if (at >= 0 && named[at] === 0 && (!matches || matches(row))) named[at] = 1;
  }
  return (row) => {
    const at = left.rowOf(row);
    return (at >= 0 && named[at] === 1) !== join.negated;
  };
}

/** The test of a statement's WHERE over its own rows; null without one. */
export function whereTest(scope: QueryScope, knownRanks?: Terms['knownRanks']): Test | null {
  const { where } = scope.statement;
  if (!where) return null;
  refuseWrongPlaces(scope, where);
  return compileCondition(scope, where, {
    operandFor: filterOperand(scope),
    semiJoin: (join) => compileSemiJoin(scope, join),
    ...(knownRanks ? { knownRanks } : {}),
  });
}

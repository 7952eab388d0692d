import type { CellValue, FieldType } from '@/simulator/data/schema';
import { has } from '@/simulator/data/schema';
import type { Expression, FunctionCall, SelectItem } from '@/simulator/soql/ast';
import { faultAt, SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { dateFunction, isDateFunction } from '@/simulator/soql/run/fields/date-functions';
import { compileCondition, type Terms, type Test } from '@/simulator/soql/run/filter';
import { type Operand, operandOf } from '@/simulator/soql/run/operand';
import { type QueryScope, requireUse, resolvePath } from '@/simulator/soql/run/resolve';
import { compareRows } from '@/simulator/soql/run/sorting/compare';

/** "GROUP BY Considerations": more groups would need queryMore(), which aggregates have not. */
const MAX_GROUPS = 2_000;

const NUMERIC: ReadonlySet<FieldType> = new Set(['double', 'currency', 'percent', 'int']);
const FUNCTIONS = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

export function isAggregate(expression: Expression): boolean {
  return expression.kind === 'function' && FUNCTIONS.has(expression.name.toUpperCase());
}

interface Groups {
  readonly rows: readonly (readonly number[])[];
  /** One value per grouped field. */
  readonly keys: readonly (readonly CellValue[])[];
}

/** A field or a part of a date, named the same wherever the statement repeats it. */
interface Grouping {
  readonly path: string;
  readonly fieldName: string;
  readonly operand: Operand;
}

interface GroupedField extends Grouping {
  readonly place: number;
}

function malformed(scope: QueryScope, at: Expression, message: string) {
  return faultAt(scope.statement.text, at, 'MALFORMED_QUERY', message);
}

function groupingOf(scope: QueryScope, expression: Expression): Grouping {
  if (expression.kind === 'function') {
    if (!isDateFunction(expression)) throw new SoqlUnsupported(`${expression.name}() of groups`);
    const { bound, operand } = dateFunction(scope, expression);
    return { path: `${operand.name}(${bound.names.join('.')})`, fieldName: bound.field.name, operand };
  }
  const bound = resolvePath(scope, expression);
  const operand = operandOf(scope.org, scope.user, bound);
  return { path: bound.names.join('.'), fieldName: bound.field.name, operand };
}

function groupedFields(scope: QueryScope): GroupedField[] {
  return scope.statement.groupBy.map((expression, place) => {
    if (expression.kind === 'field') {
      requireUse(scope, expression, resolvePath(scope, expression), 'groupable');
    }
    return { ...groupingOf(scope, expression), place };
  });
}

/** Groups by the first value, within them by the second, and so on. */
interface Branch {
  readonly rows: number[];
  readonly next: Map<CellValue, Branch>;
}

function groupRows(rows: Iterable<number>, fields: readonly GroupedField[]): Groups {
  // Without GROUP BY everything is one group, also when there is nothing.
  if (fields.length === 0) return { rows: [[...rows]], keys: [[]] };
  const root: Branch = { rows: [], next: new Map() };
  const found: { rows: number[]; key: CellValue[] }[] = [];
  for (const row of rows) {
    const key = fields.map((field) => field.operand.read(row));
    let branch = root;
    for (const value of key) {
      const known = branch.next.get(value);
      const next = known ?? { rows: [], next: new Map() };
      if (!known) branch.next.set(value, next);
      branch = next;
    }
    if (branch.rows.length === 0) found.push({ rows: branch.rows, key });
    branch.rows.push(row);
  }
  return { rows: found.map((group) => group.rows), keys: found.map((group) => group.key) };
}

function smallest(values: readonly CellValue[], sign: 1 | -1): CellValue {
  let best: CellValue = null;
  for (const value of values) {
    if (value === null) continue;
    if (best === null || (value < best ? -1 : 1) * sign < 0) best = value;
  }
  return best;
}

function evaluate(name: string, values: readonly CellValue[], scale: number): CellValue {
  const present = values.filter((value) => value !== null);
  if (name === 'COUNT') return present.length;
  if (name === 'COUNT_DISTINCT') return new Set(present).size;
  if (name === 'MIN') return smallest(present, 1);
  if (name === 'MAX') return smallest(present, -1);
  if (present.length === 0) return null;
  const sum = present.reduce<number>((total, value) => total + Number(value), 0);
  // Salesforce adds decimals; rounding to the field's scale takes the binary noise away.
  const unit = 10 ** scale;
  return name === 'SUM' ? Math.round(sum * unit) / unit : sum / present.length;
}

/** Reads one aggregate of each group; amounts are those of the corporate currency. */
function aggregateOperand(scope: QueryScope, call: FunctionCall, groups: Groups): Operand {
  const name = call.name.toUpperCase();
  const [argument, ...more] = call.args;
  if (!argument || more.length > 0) throw malformed(scope, call, `unexpected token: '${call.name}'`);
  const bound = resolvePath(scope, argument);
  const operand = operandOf(scope.org, scope.user, bound);
  const adds = name === 'SUM' || name === 'AVG';
  const possible = adds ? NUMERIC.has(operand.type) : has(bound.field, 'aggregatable');
  if (!possible) {
    const message = `field ${bound.field.name} does not support aggregate operator ${name}`;
    throw malformed(scope, call, message);
  }
  const counts = name === 'COUNT' || name === 'COUNT_DISTINCT';
  const read = counts ? operand.read : (operand.converted ?? operand.read);
  // Nothing is without an id: the ids of a million rows need not be written down to be counted.
  const countsRows = name === 'COUNT' && operand.key === 'Id';
  const results = groups.rows.map((rows) =>
    countsRows ? rows.length : evaluate(name, rows.map(read), bound.field.scale),
  );
  return {
    name: call.name,
    type: counts ? 'int' : operand.type,
    key: null,
    picklist: operand.picklist,
    collation: operand.collation,
    read: (index) => results[index] ?? null,
    converted: null,
  };
}

function groupOperands(scope: QueryScope, fields: readonly GroupedField[], groups: Groups) {
  return (expression: Expression): Operand => {
    if (expression.kind === 'function' && isAggregate(expression)) {
      return aggregateOperand(scope, expression, groups);
    }
    const { path, fieldName } = groupingOf(scope, expression);
    const field = fields.find((candidate) => candidate.path === path);
    if (!field) throw malformed(scope, expression, `Field must be grouped or aggregated: ${fieldName}`);
    const read = (index: number) => groups.keys[index]?.[field.place] ?? null;
    return { ...field.operand, key: null, read, converted: null };
  };
}

function outputNames(scope: QueryScope, items: readonly SelectItem[]): string[] {
  let expressions = 0;
  const names = items.map(({ alias, expression }) => {
    if (alias) return alias.name;
    if (expression.kind === 'function') return `expr${expressions++}`;
    return resolvePath(scope, expression).field.name;
  });
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new SoqlError('MALFORMED_QUERY', `duplicate alias: ${double}`);
  return names;
}

function sortGroups(scope: QueryScope, order: number[], operandFor: (target: Expression) => Operand): void {
  const asked = scope.statement.orderBy.map(({ target, ...direction }) => ({
    ...direction,
    operand: operandFor(target),
  }));
  const usual = scope.statement.groupBy.map((target) => ({
    descending: false,
    nullsFirst: true,
    operand: operandFor(target),
  }));
  const keys = [...asked, ...usual];
  order.sort((left, right) => compareRows(keys, left, right));
}

function havingTerms(operandFor: Terms['operandFor']): Terms {
  const semiJoin = () => {
    throw new SoqlUnsupported('a semi-join in HAVING');
  };
  return { operandFor, semiJoin };
}

/** Runs a query with GROUP BY or aggregate functions; the records have no id, only attributes and values. */
export function runAggregate(scope: QueryScope, rows: Iterable<number>): Record<string, unknown>[] {
  const { statement } = scope;
  const fields = groupedFields(scope);
  const groups = groupRows(rows, fields);
  const operandFor = groupOperands(scope, fields, groups);
  const names = outputNames(scope, statement.select);
  const values = statement.select.map(({ expression }) => operandFor(expression));
  const passes: Test = statement.having
    ? compileCondition(scope, statement.having, havingTerms(operandFor))
    : () => true;
  const order = [...groups.rows.keys()].filter(passes);
  sortGroups(scope, order, operandFor);
  const from = statement.offset?.value ?? 0;
  const taken = order.slice(from, statement.limit === null ? undefined : from + statement.limit);
  if (taken.length > MAX_GROUPS) {
    const message =
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw new SoqlError('EXCEEDED_ID_LIMIT', message);
  }
  return taken.map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(names.map((name, index) => [name, values[index]?.read(group) ?? null])),
  }));
}

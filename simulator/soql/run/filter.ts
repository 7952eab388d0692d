import type { CellValue, FieldType } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import { id18, isRecordId } from '@/simulator/seed/ids';
import type { Comparison, Condition, Expression, Literal, SemiJoin } from '@/simulator/soql/ast';
import { faultAt, SoqlUnsupported } from '@/simulator/soql/errors';
import { likeTest } from '@/simulator/soql/run/like';
import { type Operand, rateOf, toCorporate } from '@/simulator/soql/run/operand';
import type { QueryScope } from '@/simulator/soql/run/resolve';
import { firstRank, onceForEachRank, splitByRank } from '@/simulator/soql/run/sorting/ranked-test';
import type { Ranks } from '@/simulator/soql/run/sorting/ranks';
import { dateOfDay, literalRange, startOfDayText } from '@/simulator/soql/run/time';

export type Test = (index: number) => boolean;

/** What the words of a condition mean where it stands. */
export interface Terms {
  operandFor(target: Expression): Operand;
  semiJoin(join: SemiJoin): Test;
  /** The ranks of a column that was sorted before; null when it was not. */
  knownRanks?(operand: Operand): Ranks | null;
}

/** What a comparison is made against; `end` is set for a date literal: the first moment after it. */
interface Bound {
  readonly value: CellValue;
  readonly end: CellValue;
  readonly converted: boolean;
}

const SOAP_TYPE: Partial<Record<FieldType, string>> = {
  double: 'double',
  currency: 'double',
  percent: 'double',
  int: 'int',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
};

function wrongType(scope: QueryScope, literal: Literal, operand: Operand) {
  const soapType = SOAP_TYPE[operand.type];
  const what = soapType
    ? `must be of type ${soapType} and should not be enclosed in quotes`
    : 'must be of type string and should be enclosed in quotes';
  const message = `value of filter criterion for field '${operand.name}' ${what}`;
  return faultAt(scope.statement.text, literal, 'INVALID_FIELD', message);
}

function wrongOperator(scope: QueryScope, comparison: Comparison, type: string) {
  const message = `invalid operator on ${type} field`;
  return faultAt(scope.statement.text, comparison, 'INVALID_QUERY_FILTER_OPERATOR', message);
}

function exact(value: CellValue): Bound {
  return { value, end: null, converted: false };
}

function bindText(scope: QueryScope, literal: Literal, operand: Operand): Bound {
  if (literal.kind !== 'string') throw wrongType(scope, literal, operand);
  if (operand.type !== 'id' && operand.type !== 'reference') return exact(literal.value || null);
  if (literal.value === '') return exact(null);
  if (isRecordId(literal.value)) return exact(id18(literal.value));
  const message = `invalid ID field: ${literal.value}`;
  throw faultAt(scope.statement.text, literal, 'INVALID_QUERY_FILTER_OPERATOR', message);
}

function bindNumber(scope: QueryScope, literal: Literal, operand: Operand): Bound {
  if (literal.kind === 'number') return exact(literal.value);
  if (literal.kind !== 'currency' || operand.type !== 'currency') throw wrongType(scope, literal, operand);
  const known = scope.org.currencies.includes(literal.code) && rateOf(literal.code) !== null;
  if (!operand.converted || !known) throw new SoqlUnsupported(`the currency ${literal.code} in this org`);
  return { value: toCorporate(scope.org, literal.value, literal.code), end: null, converted: true };
}

function bindTime(scope: QueryScope, literal: Literal, operand: Operand): Bound {
  if (literal.kind === 'date' && operand.type === 'date') return exact(literal.value);
  if (literal.kind === 'dateTime' && operand.type === 'datetime') {
    return exact(salesforceDateTime(literal.value));
  }
  if (literal.kind !== 'dateLiteral') throw wrongType(scope, literal, operand);
  const range = literalRange(literal.name, literal.count, scope.user, scope.now);
  if (!range) throw wrongType(scope, literal, operand);
  const text = (day: number) =>
    operand.type === 'date' ? dateOfDay(day) : startOfDayText(day, scope.user.timeZone);
  return { value: text(range.start), end: text(range.end), converted: false };
}

function bindLiteral(scope: QueryScope, literal: Literal, operand: Operand): Bound {
  if (literal.kind === 'null') {
    if (operand.type === 'boolean') throw wrongType(scope, literal, operand);
    return exact(null);
  }
  switch (operand.type) {
    case 'double':
    case 'currency':
    case 'percent':
    case 'int':
      return bindNumber(scope, literal, operand);
    case 'boolean':
      if (literal.kind !== 'boolean') throw wrongType(scope, literal, operand);
      return exact(literal.value);
    case 'date':
    case 'datetime':
      return bindTime(scope, literal, operand);
    case 'address':
      throw new SoqlUnsupported('a filter on an address');
    default:
      return bindText(scope, literal, operand);
  }
}

function isText(type: FieldType): boolean {
  return SOAP_TYPE[type] === undefined && type !== 'id' && type !== 'reference';
}

/** Equality of text is without regard to case; everything else is exact. */
function equals(operand: Operand, bound: Bound): Test {
  const read = bound.converted && operand.converted ? operand.converted : operand.read;
  const { value, end } = bound;
  if (value === null) return (index) => read(index) === null;
  if (end !== null) {
    return (index) => {
      const cell = read(index);
      return cell !== null && cell >= value && cell < end;
    };
  }
  if (!isText(operand.type)) return (index) => read(index) === value;
  const wanted = String(value).toLowerCase();
  return (index) => {
    const cell = read(index);
    return cell !== null && String(cell).toLowerCase() === wanted;
  };
}

function ordered(operand: Operand, operator: '<' | '<=' | '>' | '>=', bound: Bound): Test {
  const read = bound.converted && operand.converted ? operand.converted : operand.read;
  const text = isText(operand.type);
  const key = (value: CellValue) =>
    text ? operand.collation.key(String(value)) : (value as string | number);
  // A date literal is a span: `>` means after its end, `<=` up to its end.
  const afterStart = operator === '<' || operator === '>=';
  const edge = key(bound.end !== null && !afterStart ? bound.end : bound.value);
  const strict = bound.end === null ? operator : afterStart ? operator : operator === '>' ? '>=' : '<';
  return (index) => {
    const cell = read(index);
    if (cell === null) return false;
    const value = key(cell);
    if (strict === '<') return value < edge;
    if (strict === '<=') return value <= edge;
    return strict === '>' ? value > edge : value >= edge;
  };
}

/** `INCLUDES ('A;B', 'C')`: A and B together, or C. EXCLUDES is the opposite, of an empty field too. */
function includes(scope: QueryScope, { operator, values }: Comparison, operand: Operand): Test {
  const wanted = values.map((literal) => {
    if (literal.kind !== 'string') throw wrongType(scope, literal, operand);
    return literal.value.toLowerCase().split(';');
  });
  return (index) => {
    const cell = operand.read(index);
    const chosen = new Set(cell === null ? [] : String(cell).toLowerCase().split(';'));
    return wanted.some((all) => all.every((one) => chosen.has(one))) === (operator === 'INCLUDES');
  };
}

function compileComparison(scope: QueryScope, comparison: Comparison, operand: Operand): Test {
  const { operator, values } = comparison;
  const [first] = values;
  if (!first) throw new SoqlUnsupported('an empty list of values');
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (operand.type !== 'multipicklist') throw wrongOperator(scope, comparison, operand.type);
    return includes(scope, comparison, operand);
  }
  if (operand.type === 'multipicklist' && operator !== '=' && operator !== '!=') {
    throw wrongOperator(scope, comparison, operand.type);
  }
  if (operator === 'LIKE') {
    if (!isText(operand.type)) throw wrongOperator(scope, comparison, operand.type);
    if (first.kind !== 'string') throw wrongType(scope, first, operand);
    const test = likeTest(first.raw);
    return (index) => {
      const cell = operand.read(index);
      return cell !== null && test(String(cell));
    };
  }
  const isEquality = operator === '=' || operator === '!=';
  if (operand.type === 'boolean' && !isEquality) throw wrongOperator(scope, comparison, 'boolean');
  if (new Set(values.map((literal) => literal.kind === 'currency')).size > 1) {
    throw new SoqlUnsupported('amounts with and without a currency in one list');
  }
  const bounds = values.map((literal) => bindLiteral(scope, literal, operand));
  const tests = bounds.map((bound) => equals(operand, bound));
  if (operator === '=' || operator === 'IN') return (index) => tests.some((test) => test(index));
  if (operator === '!=' || operator === 'NOT IN') return (index) => !tests.some((test) => test(index));
  const [bound] = bounds;
  if (!bound || bound.value === null) throw wrongOperator(scope, comparison, operand.type);
  return ordered(operand, operator, bound);
}

/** The same test, with what the ranks of a sorted column tell without reading each row. */
function byRanks(
  scope: QueryScope,
  comparison: Comparison,
  operand: Operand,
  known: Ranks,
  test: Test,
): Test {
  const { operator, values } = comparison;
  const [first] = values;
  const isEquality = operator === '=' || operator === '!=';
  if (isEquality && first?.kind === 'null') {
    return (row) => (known.ranks[row] === 0) === (operator === '=');
  }
  // Lists are ranked by their own order, and compared by their text.
  const isRankedAsCompared = operand.type !== 'picklist' && operand.type !== 'boolean';
  if (isRankedAsCompared && ['<', '<=', '>', '>='].includes(operator)) return splitByRank(known, test);
  const isExact = first?.kind !== 'dateLiteral' && !(first?.kind === 'string' && first.value === '');
  if (isEquality && isRankedAsCompared && isExact) {
    const from = compileComparison(scope, { ...comparison, operator: '>=' }, operand);
    const only = firstRank(known, from);
    const isFound = only <= known.distinct && test(known.rowOfRank[only] ?? 0) === (operator === '=');
    return (row) => (isFound && known.ranks[row] === only) === (operator === '=');
  }
  return onceForEachRank(known, test);
}

/**
 * Turns WHERE or HAVING into a test of one row or group. Throws as Salesforce does for values of another type
 * and operators that a type does not know. Null is unequal to every value and neither below nor above one.
 */
export function compileCondition(scope: QueryScope, condition: Condition, terms: Terms): Test {
  if (condition.kind === 'semiJoin') return terms.semiJoin(condition);
  if (condition.kind === 'comparison') {
    const operand = terms.operandFor(condition.target);
    const test = compileComparison(scope, condition, operand);
    const known = terms.knownRanks?.(operand);
    return known ? byRanks(scope, condition, operand, known, test) : test;
  }
  if (condition.kind === 'not') {
    const test = compileCondition(scope, condition.operand, terms);
    return (index) => !test(index);
  }
  const tests = condition.operands.map((operand) => compileCondition(scope, operand, terms));
  if (condition.kind === 'and') return (index) => tests.every((test) => test(index));
  return (index) => tests.some((test) => test(index));
}

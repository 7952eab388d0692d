import type { Expression } from '@/simulator/soql/ast';
import { SoqlUnsupported } from '@/simulator/soql/errors';
import { dateFunction, isDateFunction } from '@/simulator/soql/run/fields/date-functions';
import { type Operand, operandOf } from '@/simulator/soql/run/operand';
import { type QueryScope, requireUse, resolvePath } from '@/simulator/soql/run/resolve';

/** What WHERE compares: a field that can be filtered, or a part of a date. */
export function filterOperand(scope: QueryScope) {
  return (expression: Expression): Operand => {
    if (expression.kind === 'field') return usableOperand(scope, expression, 'filterable');
    if (!isDateFunction(expression)) throw new SoqlUnsupported(`${expression.name}() outside SELECT`);
    const { bound, operand } = dateFunction(scope, expression);
    const [path] = expression.args;
    if (path) requireUse(scope, path, bound, 'filterable');
    return operand;
  };
}

/** What ORDER BY sorts by when nothing is grouped. */
export function sortOperand(scope: QueryScope) {
  return (expression: Expression): Operand => {
    if (expression.kind === 'field') return usableOperand(scope, expression, 'sortable');
    throw new SoqlUnsupported(`${expression.name}() outside SELECT`);
  };
}

function usableOperand(
  scope: QueryScope,
  path: Extract<Expression, { kind: 'field' }>,
  use: 'filterable' | 'sortable',
): Operand {
  const bound = resolvePath(scope, path);
  requireUse(scope, path, bound, use);
  return operandOf(scope.org, scope.user, bound);
}

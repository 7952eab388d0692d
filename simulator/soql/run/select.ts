import { faultAt, SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { type BoundPath, type QueryScope, resolvePath } from '@/simulator/soql/run/resolve';

/** The fields of a SELECT list without aggregates. */
export function selectFields(scope: QueryScope): BoundPath[] {
  const { statement } = scope;
  const seen = new Set<string>();
  return statement.select.map(({ expression, alias }) => {
    if (expression.kind === 'function') throw new SoqlUnsupported(`${expression.name}()`);
    if (alias) {
      const message = 'only aggregate expressions use field aliasing';
      throw faultAt(statement.text, alias, 'MALFORMED_QUERY', message);
    }
    const bound = resolvePath(scope, expression);
    const name = bound.names.join('.');
    if (seen.has(name)) {
      throw new SoqlError('MALFORMED_QUERY', `duplicate field selected: ${name}`);
    }
    seen.add(name);
    return bound;
  });
}

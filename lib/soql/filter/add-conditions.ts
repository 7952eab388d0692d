import { isGroup } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';

/**
 * A filter that asks for these conditions, too. One that it holds already is not repeated; a filter of which any
 * condition is enough becomes one part of the whole.
 */
export function addConditions(
  filter: FilterGroup | null,
  conditions: readonly FilterCondition[],
): FilterGroup {
  const base: FilterGroup =
    filter === null || filter.of.length === 0
      ? { match: 'all', of: [] }
      : filter.match === 'all' || filter.of.length === 1
        ? { match: 'all', of: filter.of }
        : { match: 'all', of: [filter] };
  const missing = conditions.filter(
    (wanted) => !base.of.some((part) => !isGroup(part) && isSame(part, wanted)),
  );
  return { match: 'all', of: [...base.of, ...missing] };
}

function isSame(one: FilterCondition, other: FilterCondition): boolean {
  const text = ({ field, operator, values }: FilterCondition) => JSON.stringify([field, operator, values]);
  return text(one) === text(other);
}

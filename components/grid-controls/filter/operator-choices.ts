import type { ColumnKind, GridColumn } from '@/lib/records/types';
import { OPERATORS, VALUE_COUNT } from '@/lib/soql/filter/operators';
import type { FilterOperator } from '@/lib/soql/types';

/** Operators that the builder offers for a column; `current` is among them, wherever the filter came from. */
export function operatorsOf(column: GridColumn, current?: FilterOperator): readonly FilterOperator[] {
  const known = OPERATORS[column.kind].filter((operator) => fits(operator, column));
  return current === undefined || known.includes(current) ? known : [...known, current];
}

/** “is” of a list is one of its values: the same condition in the builder's form. */
export function plainOperator(operator: FilterOperator, kind: ColumnKind): FilterOperator {
  const isList = kind === 'picklist' || kind === 'reference';
  if (isList && operator === 'eq') return 'in';
  return isList && operator === 'ne' ? 'notIn' : operator;
}

/** What a condition holds before anything was entered. */
export function emptyValues(operator: FilterOperator, kind: ColumnKind): string[] {
  if (operator === 'relative') return ['THIS_MONTH'];
  if (kind === 'boolean') return ['true'];
  return { none: [], one: [''], two: ['', ''], many: [] }[VALUE_COUNT[operator]];
}

function fits(operator: FilterOperator, { kind, name, referenceTo }: GridColumn): boolean {
  if (operator === 'isMe') return referenceTo?.includes('User') ?? false;
  // Salesforce compares ids as a whole.
  const isId = kind === 'text' && /(?:^|\.)Id$/.test(name);
  return !(isId && ['contains', 'notContains', 'startsWith'].includes(operator));
}

import { describe, expect, it } from 'vitest';
import type { ColumnKind, GridColumn } from '@/lib/records/types';
import { emptyValues, operatorsOf, plainOperator } from './operator-choices';

function column(name: string, kind: ColumnKind, referenceTo?: string[]): GridColumn {
  const facts = { sortable: true, filterable: true, scale: 0, isName: false, isCalculated: false };
  return { name, label: name, kind, ...facts, ...(referenceTo ? { referenceTo } : {}) };
}

describe('operatorsOf', () => {
  it('offers “is me” for users only', () => {
    expect(operatorsOf(column('OwnerId', 'reference', ['Group', 'User']))).toContain('isMe');
    expect(operatorsOf(column('ParentId', 'reference', ['Account']))).not.toContain('isMe');
  });

  it('compares ids as a whole', () => {
    expect(operatorsOf(column('Owner.Id', 'text'))).not.toContain('contains');
    expect(operatorsOf(column('Paid', 'text'))).toContain('contains');
  });

  it('keeps an operator that came from elsewhere', () => {
    expect(operatorsOf(column('Name', 'longText'), 'eq')).toContain('eq');
  });
});

it('takes “is” of a list as one of its values', () => {
  expect(plainOperator('eq', 'picklist')).toBe('in');
  expect(plainOperator('ne', 'reference')).toBe('notIn');
  expect(plainOperator('eq', 'text')).toBe('eq');
});

it('starts with as many values as an operator takes', () => {
  expect(emptyValues('between', 'number')).toEqual(['', '']);
  expect(emptyValues('in', 'picklist')).toEqual([]);
  expect(emptyValues('eq', 'boolean')).toEqual(['true']);
  expect(emptyValues('relative', 'date')).toEqual(['THIS_MONTH']);
});

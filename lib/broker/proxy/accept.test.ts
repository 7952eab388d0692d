import { describe, expect, it } from 'vitest';
import type { Understood } from '@/lib/broker/policy/types';
import { acceptOf } from '@/lib/broker/proxy/accept';
import type { Operation } from '@/lib/broker/types';

const XML = 'application/xml';
const what = (operations: Operation[], more: Partial<Understood> = {}): Understood => ({
  touches: operations.map((operation) => ({ operation, sobject: 'Account', field: null })),
  family: null,
  rows: null,
  locator: null,
  reads: !operations.some((operation) => ['create', 'update', 'delete'].includes(operation)),
  ...more,
});

describe('acceptOf', () => {
  it.each<[string, Understood, string]>([
    ['a query', what(['query']), 'application/json'],
    ['a search beside a read', what(['search', 'read']), 'application/json'],
    ['records of a collection or a batch', what(['read']), '*/*'],
    ['a write', what(['create']), 'application/json'],
    ['a write beside a read', what(['create', 'read']), 'application/json'],
  ])('never asks for %s in XML', (_what, understood, accept) => {
    expect(acceptOf(understood, XML)).toBe(accept);
  });

  it('leaves describes, and what nobody looks into, as the program wants them', () => {
    expect(acceptOf(what(['describe']), XML)).toBe(XML);
    expect(acceptOf(what([], { family: 'bulk' }), 'text/csv')).toBe('text/csv');
    expect(acceptOf(what([], { family: 'bulk' }), undefined)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { countRows } from '@/lib/broker/rows/query-pages';

describe('countRows', () => {
  it('counts the children of subqueries, also in each other, and no parents', () => {
    const contact = { Id: 'c', Account: { Id: 'a' } };
    expect(countRows([])).toBe(0);
    expect(countRows([contact, contact])).toBe(2);
    expect(
      countRows([{ Id: 'a', Contacts: [contact, { ...contact, Tasks: [{ Id: 't' }] }] }, { Id: 'b' }]),
    ).toBe(5);
  });
});

import { describe, expect, it } from 'vitest';
import { decideByGroups } from './group-decision';

const MAPPINGS = [
  { group: 'staff', role: 'member' as const, environmentIds: ['a'] },
  { group: 'audit', role: 'auditor' as const, environmentIds: [] },
  { group: 'ops', role: 'admin' as const, environmentIds: ['a', 'b'] },
];

describe('the groups of a person', () => {
  it('decide nothing when no mapping names one of them, or none are known', () => {
    expect(decideByGroups(['Staff', 'other'], MAPPINGS)).toBeNull();
    expect(decideByGroups([], MAPPINGS)).toBeNull();
    expect(decideByGroups(null, MAPPINGS)).toBeNull();
  });

  it('give the highest role of those that are mapped: admin, then auditor, then member', () => {
    expect(decideByGroups(['staff'], MAPPINGS)?.role).toBe('member');
    expect(decideByGroups(['audit', 'staff'], MAPPINGS)?.role).toBe('auditor');
    expect(decideByGroups(['staff', 'ops', 'audit'], MAPPINGS)?.role).toBe('admin');
  });

  it('give the environments of all of them, each once', () => {
    expect(decideByGroups(['staff', 'ops', 'unmapped'], MAPPINGS)).toEqual({
      role: 'admin',
      groups: ['staff', 'ops'],
      environmentIds: ['a', 'b'],
    });
  });
});

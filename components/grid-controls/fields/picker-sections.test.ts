import { describe, expect, it } from 'vitest';
import type { FieldChoices } from '@/lib/records/fields/types';
import { likeliest, pickerSections } from './picker-sections';

const facts = { sortable: true, scale: 0, isName: false, isCalculated: false };
const choices: FieldChoices = {
  sobject: 'Account',
  label: 'Account',
  columns: [
    { ...facts, name: 'Name', label: 'Account Name', kind: 'text', filterable: true },
    { ...facts, name: 'Notes__c', label: 'Notes', kind: 'longText', filterable: false },
    { ...facts, name: 'Amount__c', label: 'Amount', kind: 'currency', filterable: true },
  ],
  parents: [
    { path: 'Owner', label: 'Owner', sobject: 'User' },
    { path: 'A.B.C.D.E.F', label: 'Too far', sobject: 'User' },
  ],
  children: [],
  cost: { calls: 0, budget: null, asOf: '2026-11-26T00:00:00Z' },
};

function titles(typed: string): string[] {
  return pickerSections(choices, typed, ({ filterable }) => filterable).map(
    ({ title, items }) =>
      `${title}: ${items.map((one) => (one.kind === 'field' ? one.column.name : one.parent.path))}`,
  );
}

describe('pickerSections', () => {
  it('lists usable fields by type, then parents that SOQL reaches', () => {
    expect(titles('')).toEqual(['Text: Name', 'Numbers and amounts: Amount__c', 'Fields of: Owner']);
  });

  it('narrows both by what is typed', () => {
    expect(titles('own')).toEqual(['Fields of: Owner']);
    expect(titles('amount')).toEqual(['Numbers and amounts: Amount__c']);
    expect(titles('zzz')).toEqual([]);
  });
});

describe('likeliest', () => {
  const items = ['Ownership', 'Co-owner', 'Owner'].map((label) => ({
    kind: 'parent' as const,
    parent: { path: label, label, sobject: 'User' },
  }));
  it.each([
    ['owner', 2],
    ['OWN', 0],
    ['co', 1],
    ['wner', 0],
    ['', 0],
  ])('takes %j for item %i', (typed, place) => expect(likeliest(items, typed)).toBe(place));
});

import { describe, expect, it } from 'vitest';
import type { ColumnKind, GridColumn } from '@/lib/records/types';
import { groupFields, matchesField } from './group-fields';

function column(name: string, kind: ColumnKind, isName = false): GridColumn {
  return { name, label: name, kind, sortable: true, filterable: true, scale: 0, isName, isCalculated: false };
}

describe('groupFields', () => {
  it('groups by type, in the order of labels, the name first', () => {
    const groups = groupFields([
      column('Zone', 'text'),
      column('Amount', 'currency'),
      column('Alpha', 'longText'),
      column('Name', 'text', true),
    ]);
    expect(groups.map(({ title, columns }) => [title, columns.map(({ name }) => name)])).toEqual([
      ['Text', ['Name', 'Alpha', 'Zone']],
      ['Numbers and amounts', ['Amount']],
    ]);
  });

  it('has a place for every kind', () => {
    const kinds: ColumnKind[] = [
      ...([
        'text',
        'longText',
        'richText',
        'number',
        'currency',
        'percent',
        'date',
        'dateTime',
        'time',
      ] as const),
      ...([
        'boolean',
        'picklist',
        'multiPicklist',
        'reference',
        'address',
        'url',
        'email',
        'phone',
        'count',
      ] as const),
    ];
    const columns = kinds.map((kind) => column(kind, kind));
    expect(groupFields(columns).flatMap((group) => group.columns)).toHaveLength(kinds.length);
  });
});

describe('matchesField', () => {
  const field = { label: 'Geschäftsführer', name: 'Managing_Director__c' };
  it.each(['geschaft', 'DIRECTOR', 'managing gesch', ' ', ''])('finds it by %j', (typed) => {
    expect(matchesField(field, typed)).toBe(true);
  });
  it('needs every word', () => expect(matchesField(field, 'managing owner')).toBe(false));
});

import { describe, expect, it } from 'vitest';
import type { ObjectEntry } from '@/lib/records/objects/types';
import { findObjects, linesOf, objectHref, objectSections } from './object-sections';

const entry = (name: string, facts: Partial<ObjectEntry> = {}): ObjectEntry => ({
  name,
  label: name,
  labelPlural: `${name}s`,
  custom: false,
  kind: 'standard',
  isFavourite: false,
  lastOpenedAt: null,
  ...facts,
});

const OBJECTS = [
  entry('Account', { kind: 'main', lastOpenedAt: '2026-05-01T00:00:00Z' }),
  entry('Lead', { kind: 'main', lastOpenedAt: '2026-05-02T00:00:00Z' }),
  entry('Project__c', { kind: 'custom', label: 'Project', labelPlural: 'Projects', isFavourite: true }),
  entry('AccountContactRole', { label: 'Account Contact Role' }),
  entry('AccountHistory', { kind: 'system' }),
];

const titles = (text: string) =>
  objectSections(OBJECTS, text).map(({ title, objects }) => `${title}: ${objects.map(({ name }) => name)}`);

describe('the list of objects', () => {
  it('is in sections, the latest opened first among the recent', () => {
    expect(titles('')).toEqual([
      'Favourites: Project__c',
      'Recent: Lead,Account',
      'Main objects: Account,Lead',
      'Custom objects: Project__c',
      'All others: AccountContactRole,AccountHistory',
    ]);
    expect(linesOf(objectSections(OBJECTS, ''))).toHaveLength(13);
  });

  it('finds words of labels and API names, what begins with them first', () => {
    const found = (text: string) => findObjects(OBJECTS, text).map(({ name }) => name);
    expect(found('account')).toEqual(['Account', 'AccountContactRole', 'AccountHistory']);
    expect(found('role acc')).toEqual(['AccountContactRole']);
    expect(found('PROJECT__C')).toEqual(['Project__c']);
    expect(found('history')).toEqual(['AccountHistory']);
    expect(titles('nothing of the kind')).toEqual([]);
  });

  it('leads to the grid of an object at its own address', () => {
    expect(['Account', 'Opportunity', 'Project__c'].map((name) => objectHref('1', name))).toEqual([
      '/connections/1/accounts',
      '/connections/1/opportunities',
      '/connections/1/objects/Project__c',
    ]);
  });
});

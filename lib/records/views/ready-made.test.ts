import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import { parseGridState } from '@/lib/soql/grid-state';
import { readyMadeViews, viewsOfFields } from './ready-made';

const OBJECTS = ['Account', 'Opportunity', 'Contact', 'Project__c'];

describe('ready-made views', () => {
  it('are those of the first day', () => {
    const names = (sobject: string) => readyMadeViews(sobject).map(({ name }) => name);
    expect(names('Account')).toEqual(['My accounts', 'Recently viewed']);
    expect(names('Opportunity')).toEqual([
      'My open opportunities',
      'Closing this month',
      'Stalled 30 days',
      'Won this quarter',
      'My opportunities',
      'Recently viewed',
    ]);
    expect(names('Project__c')).toEqual(['My records', 'Recently viewed']);
  });

  it('have filters and ids that a URL can hold, and say what they show', () => {
    for (const view of OBJECTS.flatMap(readyMadeViews)) {
      const { filter } = view.state;
      expect(parseFilter(filter ? formatFilter(filter) : ''), view.id).toEqual(filter);
      expect(parseGridState({ view: view.id }).view).toBe(view.id);
      expect(view.description).toMatch(/\.$/);
    }
  });

  it('are left out where the object lacks a field of their filter', () => {
    const ids = (...fields: string[]) =>
      viewsOfFields(readyMadeViews('Project__c'), new Set(fields)).map(({ id }) => id);
    expect(ids('Name')).toEqual([]);
    expect(ids('Name', 'OwnerId')).toEqual(['my-records']);
    expect(ids('OwnerId', 'LastViewedDate')).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import type { GlobalSobject } from '@/lib/salesforce/types';
import { arrangeObjects } from './arrange-objects';

const sobject = (name: string, facts: Partial<GlobalSobject> = {}): GlobalSobject => ({
  name,
  label: name,
  labelPlural: name,
  keyPrefix: null,
  custom: name.endsWith('__c'),
  queryable: true,
  searchable: true,
  layoutable: true,
  ...facts,
});

describe('the objects of an org', () => {
  it('begin with what people look for, and end with what has no page of its own', () => {
    const all = [
      sobject('AccountHistory', { layoutable: false }),
      sobject('Wide__c'),
      sobject('Asset'),
      sobject('Zebra'),
      sobject('Project__c'),
      sobject('Thing__Share', { custom: true, layoutable: false }),
      sobject('Account'),
      sobject('Secret', { queryable: false }),
    ];
    expect(arrangeObjects(all, []).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'Account main',
      'Asset main',
      'Project__c custom',
      'Wide__c custom',
      'Zebra standard',
      'AccountHistory system',
      'Thing__Share system',
    ]);
  });

  it('carry what the reader marked and opened', () => {
    const lastOpenedAt = new Date('2026-05-01T00:00:00Z');
    const [account] = arrangeObjects(
      [sobject('Account')],
      [
        { sobject: 'Account', isFavourite: true, lastOpenedAt },
        { sobject: 'Gone__c', isFavourite: true, lastOpenedAt },
      ],
    );
    expect(account).toMatchObject({ isFavourite: true, lastOpenedAt: '2026-05-01T00:00:00.000Z' });
  });
});

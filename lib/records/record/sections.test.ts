import { describe, expect, it } from 'vitest';
import { relatedLists } from '@/lib/records/record/related-lists';
import { sectionsOf } from '@/lib/records/record/sections';
import type { RecordField } from '@/lib/records/record/types';
import type { ColumnKind } from '@/lib/records/types';
import type { FieldDescribe, GlobalSobject, SobjectDescribe } from '@/lib/salesforce/types';

const KINDS: Array<[name: string, kind: ColumnKind, more?: Partial<FieldDescribe>]> = [
  ['Id', 'text'],
  ['OwnerId', 'reference'],
  ['Name', 'text', { nameField: true }],
  ['Type', 'picklist'],
  ['Fax', 'phone'],
  ['BillingCity', 'text', { compoundFieldName: 'BillingAddress' }],
  ['BillingAddress', 'address'],
  ['OtherCity', 'text', { compoundFieldName: 'OtherAddress' }],
  ['Score', 'number'],
  ['Description', 'longText'],
  ['Bio__c', 'richText', { custom: true }],
  ['Budget__c', 'currency', { custom: true }],
  ['Stage__c', 'picklist', { custom: true }],
  ['CreatedDate', 'dateTime'],
];

function objectOf(custom: boolean): { describe: SobjectDescribe; fields: RecordField[] } {
  const fields = KINDS.map(([name, , more]) => ({
    name,
    nameField: false,
    custom: false,
    compoundFieldName: null,
    ...more,
  }));
  return {
    describe: { custom, fields } as unknown as SobjectDescribe,
    fields: KINDS.map(([name, kind]) => ({ column: { name, kind } as RecordField['column'], value: 1 })),
  };
}

const namesOf = (custom: boolean) => {
  const { describe: object, fields } = objectOf(custom);
  return sectionsOf(object, fields).map(({ title, fields: own }) => [
    title,
    own.map(({ column }) => column.name),
  ]);
};

describe('sectionsOf', () => {
  it('puts every field in one section, and parts of a whole address in none', () => {
    expect(namesOf(false)).toEqual([
      ['Key facts', ['Name', 'Type', 'OwnerId']],
      ['Details', ['Fax', 'OtherCity']],
      ['Address', ['BillingAddress']],
      ['Numbers', ['Score']],
      ['Long text', ['Description', 'Bio__c']],
      ['More', ['Budget__c', 'Stage__c']],
      ['System', ['Id', 'CreatedDate']],
    ]);
  });

  it('makes what tells most of a custom object its key facts', () => {
    expect(namesOf(true)[0]).toEqual(['Key facts', ['Name', 'Stage__c', 'Budget__c', 'Type', 'OwnerId']]);
  });
});

describe('relatedLists', () => {
  const object = (name: string, more: Partial<GlobalSobject> = {}): GlobalSobject => ({
    ...{ name, label: name, labelPlural: `${name}s`, keyPrefix: '001', custom: name.endsWith('__c') },
    ...{ queryable: true, searchable: true, layoutable: true, ...more },
  });
  const child = (relationshipName: string, childSObject: string, field = 'AccountId') => ({
    ...{ relationshipName, childSObject, field },
  });

  it('names main ones first, then the org’s own, then the books, and nothing that cannot be listed', () => {
    const children = [
      child('Histories', 'AccountHistory'),
      child('Zebras', 'Zebra'),
      child('Projects__r', 'Project__c', 'Account__c'),
      child('Secrets', 'Secret'),
      child('Closed', 'Closed'),
      child('Opportunities', 'Opportunity'),
      child('Contacts', 'Contact'),
    ];
    const all = [
      ...['AccountHistory', 'Zebra', 'Project__c', 'Opportunity', 'Contact'].map((name) => object(name)),
      object('Closed', { queryable: false }),
    ];
    expect(relatedLists(children, all).map(({ sobject }) => sobject)).toEqual([
      ...['Contact', 'Opportunity', 'Project__c', 'Zebra', 'AccountHistory'],
    ]);
  });

  it('tells two lists of the same object apart', () => {
    const children = [
      child('ChildAccounts', 'Account', 'ParentId'),
      child('Sold_To__r', 'Account', 'Sold_To__c'),
    ];
    expect(relatedLists(children, [object('Account')]).map(({ label }) => label)).toEqual([
      'Accounts (Child Accounts)',
      'Accounts (Sold To)',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { SobjectDescribe } from '@/lib/salesforce/types';
import { describedField, describedObject } from '@/tests/fake-org';
import { defaultColumns } from './default-columns';
import { readNameFields } from './name-fields';
import { fieldAt, readGraph } from './object-graph';
import { selectColumns } from './select-columns';

const field = describedField;
const lookup = (name: string, relationshipName: string | null, ...referenceTo: string[]) =>
  field(name, 'reference', { label: `${name.replace(/Id$/, '')} ID`, relationshipName, referenceTo });

const OBJECTS: Record<string, SobjectDescribe> = Object.fromEntries(
  [
    describedObject(
      'Visit__c',
      [
        field('Id', 'id'),
        field('Name', 'string', { label: 'Visit' }),
        field('CreatedDate', 'datetime'),
        field('Notes__c', 'textarea', { htmlFormatted: true, extraTypeInfo: 'richtextarea' }),
        field('Colors__c', 'multipicklist', {
          sortable: false,
          picklistValues: [{ value: 'r', label: 'Red', active: true }],
        }),
        field('Starts__c', 'time'),
        field('Code__c', 'encryptedstring', { sortable: false, filterable: false }),
        field('Link__c', 'string', { calculated: true, htmlFormatted: true }),
        field('Score__c', 'double', { calculated: true, scale: 1 }),
        field('Place__c', 'location'),
        field('Body', 'base64'),
        field('Status__c', 'picklist'),
        field('Amount__c', 'currency'),
        field('Home', 'address'),
        field('HomeCity', 'string', { compoundFieldName: 'Home' }),
        lookup('AccountId', 'Account', 'Account'),
        lookup('CaseId', 'Case', 'Case'),
        lookup('SecretId', 'Secret', 'Secret__c'),
        lookup('WhoId', 'Who', 'Contact', 'Lead'),
        lookup('OwnerId', 'Owner', 'User', 'Group'),
        lookup('RawId', null, 'Account'),
        field('LastModifiedDate', 'datetime'),
      ],
      {
        childRelationships: [
          { relationshipName: 'OpenTasks__r', childSObject: 'Task__c', field: 'Visit__c' },
        ],
      },
    ),
    describedObject('Account', [
      field('Name', 'string'),
      lookup('ParentId', 'Parent', 'Account'),
      lookup('OwnerId', 'Owner', 'User'),
    ]),
    describedObject('User', [field('Name', 'string', { label: 'Full Name' }), field('Email', 'email')]),
    describedObject('Case', [field('CaseNumber', 'string', { nameField: true })]),
  ].map((object) => [object.name, object as unknown as SobjectDescribe]),
);

async function select(wanted: string[], { object = 'Visit__c', apiVersion = '66.0', careful = false } = {}) {
  const asked: string[] = [];
  const describeObject = async (name: string) => {
    asked.push(name);
    return OBJECTS[name] ?? null;
  };
  const graph = await readGraph(OBJECTS[object] as SobjectDescribe, wanted, describeObject);
  const lookups = wanted
    .flatMap((path) => fieldAt(graph, path) ?? [])
    .filter(({ type }) => type === 'reference');
  const nameFields = await readNameFields(lookups, describeObject, careful);
  return { ...selectColumns(wanted, { graph, nameFields, orgId: '00D', apiVersion }), asked };
}

describe('selectColumns', () => {
  it.each([
    ['Notes__c', 'richText', false],
    ['Colors__c', 'multiPicklist', false],
    ['Starts__c', 'time', true],
    ['Code__c', 'text', false],
    ['Link__c', 'richText', true],
    ['Score__c', 'number', true],
    ['Home', 'address', false],
    ['Amount__c', 'currency', true],
  ])('shows %s as %s', async (name, kind, sortable) => {
    const { selected } = await select([name]);
    expect(selected[0]?.column).toMatchObject({
      name,
      kind,
      sortable,
      isCalculated: /Link|Score/.test(name),
    });
  });

  it('shows the name of what a lookup points to, whatever its name field is', async () => {
    const { selected, asked } = await select(['AccountId', 'CaseId', 'SecretId', 'WhoId', 'RawId']);
    expect(selected.map(({ paths, sort }) => [...paths, sort?.path])).toEqual([
      ['AccountId', 'Account.Name', 'Account.Name'],
      ['CaseId', 'Case.CaseNumber', 'Case.CaseNumber'],
      ['SecretId', 'SecretId'],
      ['WhoId', 'Who.Name', 'Who.Name'],
      ['RawId', 'RawId'],
    ]);
    expect(asked).toEqual(['Case', 'Secret__c']);
    const read = selected.map((column) =>
      column.read({ AccountId: 'a', Account: { Name: 'Acme' }, CaseId: null, SecretId: 's' }),
    );
    expect(read.slice(0, 3)).toEqual([{ id: 'a', name: 'Acme' }, null, { id: 's', name: null }]);
  });

  it('describes also what it usually need not, when it must be careful', async () => {
    expect((await select(['AccountId'], { careful: true })).asked).toEqual(['Account']);
  });

  it('reads parents as deep as they go, and says where a path leads nowhere', async () => {
    const { selected, missing } = await select([
      'Account.Parent.Owner.Name',
      'Account.Parent.OwnerId',
      'Who.Name',
      'Who.Email',
      'Account.Nope__c',
      'Nowhere.Name',
    ]);
    expect(selected.map(({ column }) => column.label)).toEqual([
      'Account › Parent › Owner › Full Name',
      'Account › Parent › Owner',
      'Who › Name',
    ]);
    expect(selected.every(({ column }) => !column.isName)).toBe(true);
    expect(selected[0]?.read({ Account: { Parent: { Owner: { Name: 'Ada' } } } })).toBe('Ada');
    expect(selected[0]?.read({ Account: { Parent: null } })).toBeNull();
    expect(missing.map(({ name, reason }) => [name, reason])).toEqual([
      ['Who.Email', 'not_a_column'],
      ['Account.Nope__c', 'absent'],
      ['Nowhere.Name', 'unknown'],
    ]);
  });

  it('counts child records', async () => {
    const { selected, missing } = await select(['count(OpenTasks__r)', 'count(Nope)']);
    expect(selected[0]).toMatchObject({
      column: { kind: 'count', label: 'Number of Open Tasks', sortable: false },
      counts: 'OpenTasks__r',
      sort: null,
    });
    expect(selected[0]?.read({ OpenTasks__r: { totalSize: 3 } })).toBe(3);
    expect(selected[0]?.read({ OpenTasks__r: null })).toBe(0);
    expect(missing).toMatchObject([{ name: 'count(Nope)', reason: 'unknown' }]);
  });

  it('says why a column is missing', async () => {
    const { missing } = await select(['Body', 'Place__c']);
    expect(missing.map(({ reason }) => reason)).toEqual(['not_a_column', 'not_a_column']);
    const ofAccount = await select(['Phone', 'Nope', 'Custom__c'], { object: 'Account' });
    expect(ofAccount.missing.map(({ reason }) => reason)).toEqual(['hidden', 'unknown', 'absent']);
    expect(ofAccount.missing.every(({ name, words }) => words.includes(name))).toBe(true);
  });

  it('says that a standard field needs a newer version, and otherwise that it is hidden', async () => {
    OBJECTS.Opportunity = { ...(OBJECTS.Account as SobjectDescribe), name: 'Opportunity' };
    const older = await select(['PushCount'], { object: 'Opportunity', apiVersion: '52.0' });
    expect(older.missing).toMatchObject([
      { reason: 'newer_version', words: expect.stringContaining('53.0') },
    ]);
    const newer = await select(['PushCount'], { object: 'Opportunity' });
    expect(newer.missing).toMatchObject([{ reason: 'hidden' }]);
  });

  it('keeps within Salesforce’s limits of relationships', async () => {
    const many = Array.from({ length: 60 }, (_, index) => lookup(`L${index}Id`, `L${index}`, 'User'));
    OBJECTS.Many__c = describedObject('Many__c', many) as unknown as SobjectDescribe;
    const { selected } = await select(
      many.map(({ name }) => name),
      { object: 'Many__c' },
    );
    expect(selected).toHaveLength(60);
    expect(selected.filter(({ paths }) => paths.length === 2)).toHaveLength(55);
    const deep = await select(
      many.map(({ relationshipName }) => `${relationshipName}.Email`),
      { object: 'Many__c' },
    );
    expect(deep.selected).toHaveLength(55);
    expect(deep.missing[0]).toMatchObject({ name: 'L55.Email', reason: 'not_a_column' });
  });
});

describe('defaultColumns', () => {
  it('begins with the name, then what tells most, and ends with owner and last change', () => {
    expect(defaultColumns(OBJECTS.Visit__c as SobjectDescribe)).toEqual([
      'Name',
      'Status__c',
      'AccountId',
      'CaseId',
      'SecretId',
      'WhoId',
      'RawId',
      'Amount__c',
      'Code__c',
      'OwnerId',
      'LastModifiedDate',
    ]);
  });

  it('never leaves a grid without a column', () => {
    expect(defaultColumns(describedObject('Odd', [field('Id', 'id')]) as unknown as SobjectDescribe)).toEqual(
      ['Id'],
    );
  });
});

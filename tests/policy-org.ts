import type { Describe, DescribedObject } from '@/lib/broker/policy/types';
import type { KeyPolicy } from '@/lib/broker/types';

const lookup = (name: string, relationshipName: string, ...referenceTo: string[]) => ({
  name,
  relationshipName,
  referenceTo,
});
const plain = (name: string) => ({ name, relationshipName: null, referenceTo: [] });
const children = (relationshipName: string, childSObject: string, field: string) => ({
  relationshipName,
  childSObject,
  field,
});

const OBJECTS: DescribedObject[] = [
  {
    name: 'Account',
    fields: [
      plain('Name'),
      plain('Secret__c'),
      lookup('OwnerId', 'Owner', 'User'),
      lookup('ParentId', 'Parent', 'Account'),
    ],
    childRelationships: [
      children('Contacts', 'Contact', 'AccountId'),
      children('ChildAccounts', 'Account', 'ParentId'),
    ],
  },
  {
    name: 'Contact',
    fields: [plain('Name'), lookup('AccountId', 'Account', 'Account'), lookup('OwnerId', 'Owner', 'User')],
    childRelationships: [children('Tasks', 'Task', 'WhoId')],
  },
  {
    name: 'User',
    fields: [plain('Name'), lookup('ManagerId', 'Manager', 'User')],
    childRelationships: [],
  },
  {
    name: 'Task',
    fields: [
      plain('Subject'),
      lookup('WhoId', 'Who', 'Contact', 'Lead'),
      lookup('WhatId', 'What', 'Account', 'Case', 'Order', 'Lead'),
    ],
    childRelationships: [],
  },
];

/** A little org for tests of policies: Account, Contact, User and Task with their relationships. */
export const describeLittleOrg: Describe = async (sobject) =>
  OBJECTS.find(({ name }) => name.toLowerCase() === sobject.toLowerCase()) ?? null;

/** A key for everything but families and raw tokens; a test limits it. */
export function policyOf(limits: Partial<KeyPolicy> = {}): KeyPolicy {
  return {
    access: 'write',
    environments: null,
    connections: null,
    operations: ['query', 'search', 'read', 'create', 'update', 'delete', 'describe'],
    objects: null,
    namedQueries: null,
    families: [],
    rowsPerCall: null,
    rowsPerDay: null,
    callsPerDay: null,
    hours: null,
    addresses: null,
    rawToken: false,
    ...limits,
  };
}

export const LIMITED = policyOf({
  objects: [
    { name: 'Account', fields: ['Name', 'OwnerId'] },
    { name: 'Contact', fields: null },
  ],
});

export const SETTINGS = {
  at: new Date('2026-11-27T12:00:00Z'),
  address: '192.0.2.7',
  environmentId: '4f0e9d2c-53c5-4b0c-9c43-0f3f9d4c5b01',
  connectionId: '4f0e9d2c-53c5-4b0c-9c43-0f3f9d4c5b02',
  today: { rows: 0, calls: 0 },
};

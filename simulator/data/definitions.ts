import { ACCOUNT_FIELDS } from '@/simulator/data/objects/account-fields';
import { currencyField } from '@/simulator/data/objects/common-fields';
import { CONTACT_FIELDS } from '@/simulator/data/objects/contact-fields';
import { OPPORTUNITY_FIELDS } from '@/simulator/data/objects/opportunity-fields';
import { ORGANIZATION_FIELDS, USER_FIELDS } from '@/simulator/data/objects/other-fields';
import { PROJECT_FIELDS } from '@/simulator/data/objects/project/project-fields';
import { WIDE_FIELDS } from '@/simulator/data/objects/wide/wide-fields';
import type { ChildRelationship, FieldDefinition, SobjectDefinition } from '@/simulator/data/schema';
import type { SimOrg } from '@/simulator/types';

const RECORD_FLAGS = [
  'compactLayoutable',
  'createable',
  'deletable',
  'feedEnabled',
  'layoutable',
  'mruEnabled',
  'queryable',
  'replicateable',
  'retrieveable',
  'searchLayoutable',
  'searchable',
  'triggerable',
  'undeletable',
  'updateable',
] as const;

/** Relationship names that Salesforce gives, or that an admin gave a custom lookup; any other one has none. */
const CHILD_NAMES: Readonly<Record<string, string>> = {
  'Account.ParentId': 'ChildAccounts',
  'Contact.AccountId': 'Contacts',
  'Opportunity.AccountId': 'Opportunities',
  'Opportunity.ContactId': 'Opportunities',
  'Project__c.Account__c': 'Projects__r',
  'User.ManagerId': 'ManagedUsers',
};
const DELETED_WITH_PARENT: readonly string[] = ['Contact.AccountId', 'Opportunity.AccountId'];

/** Every lookup to an object, seen from there. The winner of a merge is not told. */
function childrenOf(parent: string, all: readonly SobjectDefinition[]): ChildRelationship[] {
  return all.flatMap(({ name: childSObject, fields }) =>
    fields
      .filter(({ name, referenceTo }) => referenceTo.includes(parent) && name !== 'MasterRecordId')
      .map(({ name: field }) => ({
        childSObject,
        field,
        relationshipName: CHILD_NAMES[`${childSObject}.${field}`] ?? null,
        cascadeDelete: DELETED_WITH_PARENT.includes(`${childSObject}.${field}`),
      })),
  );
}

function scopes(plural: string, more: readonly (readonly [string, string])[] = []) {
  const lower = plural.toLowerCase();
  return [['everything', `All ${lower}`] as const, ['mine', `My ${lower}`] as const, ...more];
}

/** After the audit fields' neighbours in real orgs: CurrencyIsoCode stands before OwnerId. */
function withCurrency(org: SimOrg, label: string, fields: readonly FieldDefinition[]): FieldDefinition[] {
  if (!org.multiCurrency) return [...fields];
  const currency = currencyField(label, org.currencies, org.defaultCurrency);
  const owner = fields.findIndex((field) => field.name === 'OwnerId' || field.name === 'ProfileId');
  return [...fields.slice(0, owner), currency, ...fields.slice(owner)];
}

function accountDefinition(org: SimOrg): SobjectDefinition {
  return {
    name: 'Account',
    label: 'Account',
    labelPlural: 'Accounts',
    keyPrefix: '001',
    flags: [...RECORD_FLAGS, 'mergeable'],
    fields: withCurrency(org, 'Account Currency', ACCOUNT_FIELDS),
    children: [],
    scopes: scopes('Accounts', [['team', "My team's accounts"]]),
  };
}

function opportunityDefinition(org: SimOrg): SobjectDefinition {
  return {
    name: 'Opportunity',
    label: 'Opportunity',
    labelPlural: 'Opportunities',
    keyPrefix: '006',
    flags: [...RECORD_FLAGS, 'deepCloneable'],
    fields: withCurrency(org, 'Opportunity Currency', OPPORTUNITY_FIELDS),
    children: [],
    scopes: scopes('Opportunities', [
      ['scopingRule', 'Filter by scope'],
      ['team', "My team's opportunities"],
    ]),
  };
}

function contactDefinition(org: SimOrg): SobjectDefinition {
  return {
    name: 'Contact',
    label: 'Contact',
    labelPlural: 'Contacts',
    keyPrefix: '003',
    flags: [...RECORD_FLAGS, 'mergeable'],
    fields: withCurrency(org, 'Contact Currency', CONTACT_FIELDS),
    children: [],
    scopes: scopes('Contacts', [['scopingRule', 'Filter by scope']]),
  };
}

function userDefinition(org: SimOrg): SobjectDefinition {
  const fields = withCurrency(org, 'User Currency', USER_FIELDS);
  return {
    name: 'User',
    label: 'User',
    labelPlural: 'Users',
    keyPrefix: '005',
    flags: RECORD_FLAGS.filter((flag) => flag !== 'deletable' && flag !== 'undeletable'),
    fields,
    children: [],
    scopes: scopes('Users'),
  };
}

function organizationDefinition(): SobjectDefinition {
  return {
    name: 'Organization',
    label: 'Organization',
    labelPlural: 'Organizations',
    keyPrefix: '00D',
    flags: ['queryable', 'replicateable', 'retrieveable', 'updateable'],
    fields: ORGANIZATION_FIELDS,
    children: [],
    scopes: scopes('Organizations'),
  };
}

function projectDefinition(org: SimOrg): SobjectDefinition {
  return {
    name: 'Project__c',
    label: 'Project',
    labelPlural: 'Projects',
    keyPrefix: 'a01',
    flags: RECORD_FLAGS,
    fields: withCurrency(org, 'Currency', PROJECT_FIELDS),
    children: [],
    scopes: scopes('Projects'),
  };
}

function wideDefinition(org: SimOrg): SobjectDefinition {
  return {
    name: 'Wide__c',
    label: 'Wide Record',
    labelPlural: 'Wide Records',
    keyPrefix: 'a02',
    flags: RECORD_FLAGS,
    fields: withCurrency(org, 'Currency', WIDE_FIELDS),
    children: [],
    scopes: scopes('Wide Records'),
  };
}

/** The objects that the simulator knows, as this org has them. */
export function definitionsOf(org: SimOrg) {
  const definitions = {
    account: accountDefinition(org),
    contact: contactDefinition(org),
    opportunity: opportunityDefinition(org),
    organization: organizationDefinition(),
    project: projectDefinition(org),
    user: userDefinition(org),
    wide: wideDefinition(org),
  };
  const all = Object.values(definitions);
  for (const definition of all) definition.children = childrenOf(definition.name, all);
  return definitions;
}

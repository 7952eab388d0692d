import { ACCOUNT_FIELDS } from '@/simulator/data/objects/account-fields';
import { currencyField } from '@/simulator/data/objects/common-fields';
import { CONTACT_FIELDS } from '@/simulator/data/objects/contact-fields';
import { OPPORTUNITY_FIELDS } from '@/simulator/data/objects/opportunity-fields';
import { ORGANIZATION_FIELDS, PROJECT_FIELDS, USER_FIELDS } from '@/simulator/data/objects/other-fields';
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

function child(
  childSObject: string,
  field: string,
  relationshipName: string | null,
  cascadeDelete = false,
): ChildRelationship {
  return { childSObject, field, relationshipName, cascadeDelete };
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
    children: [
      child('Account', 'ParentId', 'ChildAccounts'),
      child('Contact', 'AccountId', 'Contacts', true),
      child('Opportunity', 'AccountId', 'Opportunities', true),
      child('Project__c', 'Account__c', 'Projects__r'),
    ],
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
    children: [child('Contact', 'ReportsToId', null), child('Opportunity', 'ContactId', 'Opportunities')],
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
    children: [child('User', 'ManagerId', 'ManagedUsers')],
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

/** The objects that the simulator knows, as this org has them. */
export function definitionsOf(org: SimOrg) {
  return {
    account: accountDefinition(org),
    contact: contactDefinition(org),
    opportunity: opportunityDefinition(org),
    organization: organizationDefinition(),
    project: projectDefinition(org),
    user: userDefinition(org),
  };
}

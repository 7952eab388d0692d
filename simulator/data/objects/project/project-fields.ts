import {
  AUDIT_FIELDS,
  IS_DELETED,
  LAST_ACTIVITY,
  LAST_SEEN,
  OWNER,
} from '@/simulator/data/objects/common-fields';
import { type FieldDefinition, field, lookup, validForOf } from '@/simulator/data/schema';

export const PROJECT_STATUSES = ['Planned', 'Active', 'On Hold', 'Completed', 'Cancelled'] as const;

/** Their labels are what people read; values like these come from an older system. */
export const PRIORITIES = [
  ['P1', 'Very urgent'],
  ['P2', 'Urgent'],
  ['P3', 'Can wait'],
] as const;

export const REGIONS = [
  ['DACH', 'Germany, Austria & Switzerland'],
  ['Nordics, Baltics', 'Nordics and Baltics'],
  ['The "Old" South', 'Southern Europe'],
  ['UKI', 'United Kingdom & Ireland'],
] as const;

/** Each phase, and the states in which it is offered. */
export const PHASES: readonly (readonly [phase: string, states: readonly string[]])[] = [
  ['Scoping', ['Planned']],
  ['Build', ['Active', 'On Hold']],
  ['Rollout', ['Active']],
  ['Handover', ['Active', 'Completed']],
];

/** A custom object as an admin would make it, with a field of every kind that is not plain text. */
export const PROJECT_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'Record ID', 'id', 18, 'afsgdi'),
  OWNER,
  IS_DELETED,
  field('Name', 'Project Name', 'string', 80, 'afscungdiN'),
  ...AUDIT_FIELDS,
  LAST_ACTIVITY,
  ...LAST_SEEN,
  lookup('Account__c', 'Account', 'Account', 'Account__r', 'afscungp'),
  field('Status__c', 'Status', 'picklist', 255, 'afscungp', {
    picklist: PROJECT_STATUSES,
    defaultPick: 'Planned',
  }),
  field('Phase__c', 'Phase', 'picklist', 255, 'afscungp', {
    controller: 'Status__c',
    picklist: PHASES.map(([phase, states]) => [phase, phase, validForOf(PROJECT_STATUSES, states)] as const),
  }),
  field('Priority__c', 'Priority', 'picklist', 255, 'afscungpr', { picklist: PRIORITIES, defaultPick: 'P3' }),
  field('Regions__c', 'Regions', 'multipicklist', 4_099, 'fcunp', { picklist: REGIONS }),
  field('Budget__c', 'Budget', 'currency', [16, 2], 'afscunp', {
    help: 'Agreed with the customer, without tax.',
  }),
  field('Completion__c', 'Completion', 'percent', [3, 0], 'afscunp'),
  field('Margin__c', 'Margin', 'percent', [5, 2], 'afscunp'),
  field('Start_Date__c', 'Start Date', 'date', 0, 'afscungp'),
  field('Kickoff__c', 'Kick-off', 'datetime', 0, 'afscunp'),
  field('Standup__c', 'Daily Stand-up', 'time', 0, 'afscungp'),
  field('Billable__c', 'Billable', 'boolean', 0, 'afscugpd'),
  field('Site_URL__c', 'Site URL', 'url', 255, 'afscungp'),
  field('External_Key__c', 'External Key', 'string', 32, 'afscungpiUx'),
  field('Contract_Number__c', 'Contract Number', 'encryptedstring', 20, 'cunp'),
  field('Notes__c', 'Notes', 'textarea', 32_768, 'cunp'),
  field('Summary__c', 'Summary', 'textarea', 32_768, 'cunp', { extra: 'richtextarea', isHtml: true }),
  field('Short_Name__c', 'Short Name', 'string', 1_300, 'afsnp', {
    formula: "External_Key__c & ' ' & TEXT(Status__c)",
  }),
  field('Remaining_Budget__c', 'Remaining Budget', 'double', [18, 2], 'afsnp', {
    formula: 'Budget__c * (1 - Completion__c)',
  }),
  field('Site_Link__c', 'Site Link', 'string', 1_300, 'afsnp', {
    formula: "HYPERLINK(Site_URL__c, Name, '_blank')",
    isHtml: true,
  }),
];

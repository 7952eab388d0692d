import { AUDIT_FIELDS } from '@/simulator/data/objects/common-fields';
import { type FieldDefinition, field, lookup } from '@/simulator/data/schema';

/** The part of User and Organization that integrations read; real orgs have many more fields. */
export const USER_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'User ID', 'id', 18, 'afsgdi'),
  field('Username', 'Username', 'string', 80, 'afscugi'),
  field('LastName', 'Last Name', 'string', 80, 'afscug', { extra: 'personname', compound: 'Name' }),
  field('FirstName', 'First Name', 'string', 40, 'afscung', { extra: 'personname', compound: 'Name' }),
  field('Name', 'Full Name', 'string', 121, 'afsgN', { extra: 'personname' }),
  field('CompanyName', 'Company Name', 'string', 80, 'afscung'),
  field('Division', 'Division', 'string', 80, 'afscung'),
  field('Department', 'Department', 'string', 80, 'afscung'),
  field('Title', 'Title', 'string', 80, 'afscung'),
  field('Email', 'Email', 'email', 128, 'afscugi'),
  field('Phone', 'Phone', 'phone', 40, 'afscung'),
  field('Alias', 'Alias', 'string', 8, 'afscug'),
  field('CommunityNickname', 'Nickname', 'string', 40, 'afscugi'),
  field('IsActive', 'Active', 'boolean', 0, 'fscugd'),
  field('TimeZoneSidKey', 'Time Zone', 'picklist', 40, 'fscugr'),
  lookup('UserRoleId', 'Role ID', 'UserRole', 'UserRole', 'afscungh'),
  field('LocaleSidKey', 'Locale', 'picklist', 40, 'fscugr'),
  field('EmailEncodingKey', 'Email Encoding', 'picklist', 40, 'fscugr'),
  lookup('ProfileId', 'Profile ID', 'Profile', 'Profile', 'afscungh'),
  field('UserType', 'User Type', 'picklist', 40, 'afsngr', {
    picklist: [
      'Standard',
      ['PowerPartner', 'Partner'],
      ['CSPLitePortal', 'High Volume Portal'],
      ['Guest', 'Guest'],
    ],
  }),
  field('LanguageLocaleKey', 'Language', 'picklist', 40, 'fscugr'),
  lookup('ManagerId', 'Manager ID', 'User', 'Manager', 'afscungh'),
  field('LastLoginDate', 'Last Login', 'datetime', 0, 'afsn'),
  ...AUDIT_FIELDS,
  field('FederationIdentifier', 'SAML Federation ID', 'string', 512, 'afscungiU'),
];

export const ORGANIZATION_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'Organization ID', 'id', 18, 'afsgdi'),
  field('Name', 'Name', 'string', 80, 'afsugN'),
  field('Country', 'Country', 'string', 80, 'afsung'),
  field('PrimaryContact', 'Primary Contact', 'string', 80, 'afsung'),
  field('DefaultLocaleSidKey', 'Locale', 'picklist', 40, 'afsugr'),
  field('TimeZoneSidKey', 'Time Zone', 'picklist', 40, 'afsugr'),
  field('LanguageLocaleKey', 'Language', 'picklist', 40, 'afsugr'),
  field('FiscalYearStartMonth', 'Fiscal Year Starts In', 'int', 2, 'afsg'),
  field('NamespacePrefix', 'Namespace Prefix', 'string', 15, 'afsng'),
  field('InstanceName', 'Instance Name', 'string', 15, 'afsng'),
  field('IsSandbox', 'Is Sandbox', 'boolean', 0, 'fsg'),
  field('OrganizationType', 'Edition', 'picklist', 40, 'afsngr', {
    picklist: ['Enterprise Edition', 'Unlimited Edition', 'Developer Edition', 'Professional Edition'],
  }),
  field('TrialExpirationDate', 'Trial Expiration Date', 'datetime', 0, 'afsn'),
  ...AUDIT_FIELDS,
];

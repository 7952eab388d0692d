import {
  AUDIT_FIELDS,
  addressFields,
  CLEAN_STATUS,
  IS_DELETED,
  LAST_ACTIVITY,
  LAST_SEEN,
  LEAD_SOURCES,
  OWNER,
} from '@/simulator/data/objects/common-fields';
import { type FieldDefinition, field, lookup } from '@/simulator/data/schema';

export const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'] as const;

const person = { extra: 'personname' } as const;
const partOfName = { ...person, compound: 'Name' } as const;

export const CONTACT_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'Contact ID', 'id', 18, 'afsgdi'),
  IS_DELETED,
  lookup('MasterRecordId', 'Master Record ID', 'Contact', 'MasterRecord', 'afsng'),
  lookup('AccountId', 'Account ID', 'Account', 'Account', 'afscungph'),
  field('LastName', 'Last Name', 'string', 80, 'afscug', partOfName),
  field('FirstName', 'First Name', 'string', 40, 'afscung', partOfName),
  field('Salutation', 'Salutation', 'picklist', 40, 'afscung', { ...partOfName, picklist: SALUTATIONS }),
  field('Name', 'Full Name', 'string', 121, 'afsgN', person),
  ...addressFields('Other'),
  ...addressFields('Mailing'),
  field('Phone', 'Business Phone', 'phone', 40, 'afscungp'),
  field('Fax', 'Business Fax', 'phone', 40, 'afscungp'),
  field('MobilePhone', 'Mobile Phone', 'phone', 40, 'afscungp'),
  field('HomePhone', 'Home Phone', 'phone', 40, 'afscungp'),
  field('OtherPhone', 'Other Phone', 'phone', 40, 'afscungp'),
  field('AssistantPhone', 'Asst. Phone', 'phone', 40, 'afscungp'),
  lookup('ReportsToId', 'Reports To ID', 'Contact', 'ReportsTo', 'afscungph'),
  field('Email', 'Email', 'email', 80, 'afscungpi'),
  field('Title', 'Title', 'string', 128, 'afscungp'),
  field('Department', 'Department', 'string', 80, 'afscungp'),
  field('AssistantName', "Assistant's Name", 'string', 40, 'afscungp'),
  field('LeadSource', 'Lead Source', 'picklist', 255, 'afscungp', { picklist: LEAD_SOURCES }),
  field('Birthdate', 'Birthdate', 'date', 0, 'afscungp'),
  field('Description', 'Contact Description', 'textarea', 32_000, 'cunp'),
  OWNER,
  ...AUDIT_FIELDS,
  LAST_ACTIVITY,
  field('LastCURequestDate', 'Last Stay-in-Touch Request Date', 'datetime', 0, 'afsn'),
  field('LastCUUpdateDate', 'Last Stay-in-Touch Save Date', 'datetime', 0, 'afsn'),
  ...LAST_SEEN,
  field('EmailBouncedReason', 'Email Bounced Reason', 'string', 255, 'afscung'),
  field('EmailBouncedDate', 'Email Bounced Date', 'datetime', 0, 'afscun'),
  field('IsEmailBounced', 'Is Email Bounced', 'boolean', 0, 'fsgd'),
  field('PhotoUrl', 'Photo URL', 'url', 255, 'afsng', { extra: 'imageurl' }),
  field('Jigsaw', 'Data.com Key', 'string', 20, 'afscungp'),
  field('JigsawContactId', 'Jigsaw Contact ID', 'string', 20, 'afsng', { relation: 'JigsawContact' }),
  CLEAN_STATUS,
  lookup('IndividualId', 'Individual ID', 'Individual', 'Individual', 'afscungh'),
];

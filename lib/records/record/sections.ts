import type { RecordField, RecordSection } from '@/lib/records/record/types';
import type { ColumnKind } from '@/lib/records/types';
import type { FieldDescribe, SobjectDescribe } from '@/lib/salesforce/types';

const TITLES = ['Key facts', 'Details', 'Address', 'Numbers', 'Long text', 'More', 'System'] as const;
type Title = (typeof TITLES)[number];

/** What people look for first, in this order, of the objects that every org has. */
const KEY_FIELDS =
  `Subject Title Company AccountId ParentId ContactId WhoId WhatId Type StageName Status Priority Rating Industry
  Origin LeadSource Amount Probability AnnualRevenue NumberOfEmployees CloseDate ActivityDate StartDate EndDate Email
  Phone MobilePhone Website OwnerId`.split(/\s+/);

/** Of a custom object one field of each of these kinds is a key fact. */
const TELLING_KINDS: readonly ColumnKind[] = ['picklist', 'reference', 'currency', 'percent', 'date'];

/** Fields by which Salesforce keeps its books. */
const SYSTEM_FIELDS = new Set(
  `Id IsDeleted MasterRecordId RecordTypeId CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp
  LastActivityDate LastViewedDate LastReferencedDate CurrencyIsoCode Jigsaw JigsawContactId JigsawCompanyId PhotoUrl
  CleanStatus DandbCompanyId OperatingHoursId IsLocked MayEdit`.split(/\s+/),
);

const NUMBERS = new Set<ColumnKind>(['number', 'currency', 'percent']);
const LONG = new Set<ColumnKind>(['longText', 'richText']);

/** The fields of a record in sections, as people look for them. Parts of an address that is shown whole are left out. */
export function sectionsOf(describe: SobjectDescribe, fields: readonly RecordField[]): RecordSection[] {
  const facts = new Map(describe.fields.map((field) => [field.name, field]));
  const addresses = new Set(
    fields.filter(({ column }) => column.kind === 'address').map(({ column }) => column.name),
  );
  const keys = keyNames(describe, fields);
  const sections = new Map<Title, RecordField[]>(TITLES.map((title) => [title, []]));
  for (const field of fields) {
    const fact = facts.get(field.column.name);
    if (fact === undefined || addresses.has(fact.compoundFieldName ?? '')) continue;
    sections.get(keys.includes(fact.name) ? 'Key facts' : titleOf(field, fact))?.push(field);
  }
  const rank = ({ column }: RecordField) => keys.indexOf(column.name);
  sections.get('Key facts')?.sort((one, other) => rank(one) - rank(other));
  return [...sections]
    .filter(([, { length }]) => length > 0)
    .map(([title, inSection]) => ({ title, fields: inSection }));
}

function titleOf({ column: { kind } }: RecordField, { name, custom }: FieldDescribe): Title {
  if (SYSTEM_FIELDS.has(name)) return 'System';
  if (LONG.has(kind)) return 'Long text';
  if (custom) return 'More';
  if (kind === 'address') return 'Address';
  return NUMBERS.has(kind) ? 'Numbers' : 'Details';
}

/** Names of the key facts in their order. */
function keyNames(describe: SobjectDescribe, fields: readonly RecordField[]): string[] {
  const names = describe.fields.filter(({ nameField }) => nameField).map(({ name }) => name);
  const own = fields.filter(({ column }) => column.name.endsWith('__c'));
  const telling = describe.custom
    ? TELLING_KINDS.flatMap((kind) => own.find(({ column }) => column.kind === kind)?.column.name ?? [])
    : [];
  return [...names, ...telling, ...KEY_FIELDS];
}

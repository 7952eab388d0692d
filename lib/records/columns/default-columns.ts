import { kindOf } from '@/lib/records/columns/column-of';
import type { ColumnKind } from '@/lib/records/types';
import type { FieldDescribe, SobjectDescribe } from '@/lib/salesforce/types';

/** The columns of a grid that nobody has arranged yet. */
const ARRANGED: Readonly<Record<string, readonly string[]>> = {
  Account: [
    'Name',
    'Type',
    'Industry',
    'AnnualRevenue',
    'NumberOfEmployees',
    'Rating',
    'BillingCity',
    'BillingCountry',
    'Phone',
    'Website',
    'OwnerId',
    'LastModifiedDate',
  ],
  Opportunity: [
    'Name',
    'AccountId',
    'StageName',
    'Amount',
    'Probability',
    'CloseDate',
    'Type',
    'LeadSource',
    'OwnerId',
    'LastModifiedDate',
  ],
};

const MOST = 8;

/** What says most of a record stands first. Kinds that are not here are left to the reader to choose. */
const TELLING: readonly ColumnKind[] = [
  'picklist',
  'reference',
  'currency',
  'date',
  'email',
  'phone',
  'text',
  'percent',
  'number',
  'dateTime',
  'boolean',
];

/** Fields by which Salesforce keeps its books. */
const BOOKKEEPING = new Set([
  'Id',
  'IsDeleted',
  'MasterRecordId',
  'OwnerId',
  'RecordTypeId',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'LastActivityDate',
  'LastViewedDate',
  'LastReferencedDate',
  'CurrencyIsoCode',
  'Jigsaw',
  'JigsawContactId',
  'PhotoUrl',
  'CleanStatus',
]);

/** Names of an object's first columns; of an object that is not known here: its name, eight by kind, owner, last change. */
export function defaultColumns(describe: SobjectDescribe): readonly string[] {
  const arranged = ARRANGED[describe.name];
  if (arranged) return arranged;
  const { fields } = describe;
  const known = new Set(fields.map(({ name }) => name));
  const names = fields.filter(({ nameField }) => nameField).map(({ name }) => name);
  const rank = (field: FieldDescribe) => TELLING.indexOf(kindOf(field) ?? 'address');
  const telling = fields
    .filter((field) => rank(field) >= 0 && !BOOKKEEPING.has(field.name) && !names.includes(field.name))
    .filter(({ compoundFieldName }) => compoundFieldName === null)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, MOST)
    .map(({ name }) => name);
  const last = ['OwnerId', 'LastModifiedDate'].filter((name) => known.has(name));
  const columns = [...names.slice(0, 1), ...telling, ...last];
  return columns.length > 0 ? columns : ['Id'];
}

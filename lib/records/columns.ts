import type { FieldDescribe, SobjectDescribe } from '@/lib/salesforce/types';
import type { ColumnKind, GridColumn } from './types';

export type GridObject = 'Account' | 'Opportunity';

/** The columns of a grid that nobody has arranged yet. */
export const DEFAULT_COLUMNS: Readonly<Record<GridObject, readonly string[]>> = {
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

/** Salesforce's field types (SOAP API Developer Guide, "Field Types"). A type that is not here is no column. */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  string: 'text',
  id: 'text',
  time: 'text',
  encryptedstring: 'text',
  textarea: 'longText',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'currency',
  percent: 'percent',
  date: 'date',
  datetime: 'dateTime',
  boolean: 'boolean',
  picklist: 'picklist',
  multipicklist: 'picklist',
  combobox: 'picklist',
  reference: 'reference',
  url: 'url',
  email: 'email',
  phone: 'phone',
};

/** A column with what its cells are selected and sorted by. */
export interface SelectedColumn {
  column: GridColumn;
  /** SOQL field paths. */
  paths: string[];
  sortPath: string;
  /** Relationship of a reference column, whose `Name` is shown. */
  relationshipName: string | null;
}

/** The wanted columns that this Salesforce user sees, and the names of those that they do not. */
export function selectColumns(
  describe: SobjectDescribe,
  wanted: readonly string[],
): { selected: SelectedColumn[]; hidden: string[] } {
  const fields = new Map(describe.fields.map((field) => [field.name, field]));
  const selected: SelectedColumn[] = [];
  const hidden: string[] = [];
  for (const name of wanted) {
    const field = fields.get(name);
    const kind = field ? KINDS[field.type] : undefined;
    if (field && kind) selected.push(selectColumn(field, kind));
    else hidden.push(name);
  }
  return { selected, hidden };
}

function selectColumn(field: FieldDescribe, kind: ColumnKind): SelectedColumn {
  const named = kind === 'reference' ? field.relationshipName : null;
  const namePath = named === null ? null : `${named}.Name`;
  return {
    column: {
      name: field.name,
      label: kind === 'reference' ? field.label.replace(/ ID$/, '') : field.label,
      kind,
      sortable: field.sortable,
      scale: field.scale,
      isName: field.nameField,
    },
    paths: namePath === null ? [field.name] : [field.name, namePath],
    sortPath: namePath ?? field.name,
    relationshipName: named,
  };
}

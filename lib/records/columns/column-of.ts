import type { ColumnKind, GridColumn } from '@/lib/records/types';
import type { FieldDescribe } from '@/lib/salesforce/types';

/** Salesforce's field types (SOAP API Developer Guide, "Field Types"). A type that is not here is no column. */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  string: 'text',
  id: 'text',
  encryptedstring: 'text',
  datacategorygroupreference: 'text',
  textarea: 'longText',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'currency',
  percent: 'percent',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  boolean: 'boolean',
  picklist: 'picklist',
  combobox: 'picklist',
  multipicklist: 'multiPicklist',
  reference: 'reference',
  address: 'address',
  url: 'url',
  email: 'email',
  phone: 'phone',
};

/** How a field is shown; null: it is no column, such as a file's content. */
export function kindOf(field: FieldDescribe): ColumnKind | null {
  const isRich = field.htmlFormatted && (field.type === 'textarea' || field.type === 'string');
  return isRich ? 'richText' : (KINDS[field.type] ?? null);
}

/** A field's label; a lookup's is that of what it points to. */
export function labelOf({ label, type }: FieldDescribe): string {
  return type === 'reference' ? label.replace(/ ID$/, '') : label;
}

/**
 * The column of a field. `parents`: the labels of the lookups that lead to it, and its own path, when it is a field of a
 * parent record. Null when the field is no column.
 */
export function columnOf(
  field: FieldDescribe,
  parents: { path: string; labels: readonly string[] } | null = null,
): GridColumn | null {
  const kind = kindOf(field);
  if (kind === null) return null;
  return {
    name: parents?.path ?? field.name,
    label: [...(parents?.labels ?? []), labelOf(field)].join(' › '),
    kind,
    sortable: field.sortable && kind !== 'address',
    filterable: field.filterable && kind !== 'address',
    scale: field.scale,
    isName: parents === null && field.nameField,
    isCalculated: field.calculated,
    ...(field.picklistValues.length > 0 && { options: field.picklistValues }),
    ...(field.referenceTo.length > 0 && { referenceTo: field.referenceTo }),
  };
}

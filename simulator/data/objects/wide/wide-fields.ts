import { AUDIT_FIELDS, IS_DELETED, LAST_SEEN, OWNER } from '@/simulator/data/objects/common-fields';
import { type FieldDefinition, type FieldType, field } from '@/simulator/data/schema';

/** "Custom Fields Per Object" of Unlimited Edition; an org may have this many. */
export const WIDE_FIELD_COUNT = 800;

/** The kinds of field in the order in which they repeat. */
export const WIDE_TYPES: readonly FieldType[] = [
  'string',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'boolean',
  'picklist',
  'email',
  'phone',
  'url',
];

export const WIDE_PICKLIST = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const;

/** `Field_001_of_the_wide_object__c`: long enough that a query for all of them fits into no URL. */
export function wideFieldName(index: number): string {
  return `Field_${String(index + 1).padStart(3, '0')}_of_the_wide_object__c`;
}

export function wideTypeOf(index: number): FieldType {
  return WIDE_TYPES[index % WIDE_TYPES.length] ?? 'string';
}

function wideField(index: number): FieldDefinition {
  const [name, label] = [wideFieldName(index), `Field ${String(index + 1).padStart(3, '0')}`];
  const type = wideTypeOf(index);
  switch (type) {
    case 'double':
    case 'currency':
      return field(name, label, type, [16, 2], 'afscunp');
    case 'percent':
      return field(name, label, type, [5, 2], 'afscunp');
    case 'date':
      return field(name, label, type, 0, 'afscungp');
    case 'datetime':
      return field(name, label, type, 0, 'afscunp');
    case 'boolean':
      return field(name, label, type, 0, 'afscugpd');
    case 'picklist':
      return field(name, label, type, 255, 'afscungp', { picklist: WIDE_PICKLIST });
    case 'email':
      return field(name, label, type, 80, 'afscungpi');
    case 'phone':
      return field(name, label, type, 40, 'afscungp');
    default:
      return field(name, label, type, 255, 'afscungp');
  }
}

export const WIDE_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'Record ID', 'id', 18, 'afsgdi'),
  OWNER,
  IS_DELETED,
  field('Name', 'Wide Record Name', 'string', 80, 'afscungdiN'),
  ...AUDIT_FIELDS,
  ...LAST_SEEN,
  ...Array.from({ length: WIDE_FIELD_COUNT }, (_, index) => wideField(index)),
];

/**
 * What one cell holds. Dates are `2026-03-08`, datetimes `2026-05-01T07:25:37.000+0000`, several picks of a list
 * `A;B`.
 */
export type CellValue = string | number | boolean | null;

export type FieldType =
  | 'id'
  | 'boolean'
  | 'reference'
  | 'string'
  | 'picklist'
  | 'multipicklist'
  | 'textarea'
  | 'double'
  | 'address'
  | 'phone'
  | 'url'
  | 'email'
  | 'currency'
  | 'percent'
  | 'int'
  | 'date'
  | 'datetime';

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
}

/** A field as describe tells it; only what differs from Salesforce's common default is stored. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly digits: number;
  /** One letter each, see `FLAGS`. */
  readonly flags: string;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly picklist: readonly PicklistEntry[];
  readonly compoundFieldName: string | null;
  readonly extraTypeInfo: string | null;
  readonly defaultValue: CellValue;
  readonly inlineHelpText: string | null;
}

export interface ChildRelationship {
  readonly childSObject: string;
  readonly field: string;
  readonly relationshipName: string | null;
  readonly cascadeDelete: boolean;
}

export interface SobjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  /** Letters as in describe, see `OBJECT_FLAGS`. */
  readonly flags: readonly string[];
  readonly fields: readonly FieldDefinition[];
  readonly children: readonly ChildRelationship[];
  readonly scopes: readonly (readonly [name: string, label: string])[];
}

/** The letters of `FieldDefinition.flags`. */
export const FLAGS = {
  aggregatable: 'a',
  filterable: 'f',
  sortable: 's',
  createable: 'c',
  updateable: 'u',
  nillable: 'n',
  groupable: 'g',
  permissionable: 'p',
  defaultedOnCreate: 'd',
  idLookup: 'i',
  restrictedPicklist: 'r',
  searchPrefilterable: 'h',
  nameField: 'N',
  queryByDistance: 'q',
  caseSensitive: 'k',
  unique: 'U',
  externalId: 'x',
} as const;

export type FieldFlag = keyof typeof FLAGS;

/** True when describe says so of this field. */
export function has(field: FieldDefinition, flag: FieldFlag): boolean {
  return field.flags.includes(FLAGS[flag]);
}

interface FieldExtras {
  readonly picklist?: readonly (string | readonly [value: string, label: string])[];
  readonly defaultPick?: string;
  readonly to?: string;
  readonly relation?: string | null;
  readonly compound?: string;
  readonly extra?: string;
  readonly help?: string;
  readonly value?: CellValue;
}

/** Length of a text field, `[precision, scale]` of a number, digits of an int. */
export type FieldSize = number | readonly [precision: number, scale: number];

const TEXTLESS: ReadonlySet<FieldType> = new Set(['boolean', 'date', 'datetime', 'address', 'int']);

/** One row of a field list: name, label, type, size, flags. */
export function field(
  name: string,
  label: string,
  type: FieldType,
  size: FieldSize,
  flags: string,
  extras: FieldExtras = {},
): FieldDefinition {
  const [precision, scale] = typeof size === 'number' ? [0, 0] : size;
  return {
    name,
    label,
    type,
    length: typeof size === 'number' && !TEXTLESS.has(type) ? size : 0,
    precision,
    scale,
    digits: type === 'int' && typeof size === 'number' ? size : 0,
    flags,
    referenceTo: extras.to ? [extras.to] : [],
    relationshipName: extras.relation === undefined ? null : extras.relation,
    picklist: (extras.picklist ?? []).map((entry) => {
      const [value, label2] = typeof entry === 'string' ? [entry, entry] : entry;
      return { value, label: label2, isDefault: value === extras.defaultPick };
    }),
    compoundFieldName: extras.compound ?? null,
    extraTypeInfo: extras.extra ?? (type === 'textarea' ? 'plaintextarea' : null),
    defaultValue: extras.value ?? (type === 'boolean' ? false : null),
    inlineHelpText: extras.help ?? null,
  };
}

/** A lookup: `lookup('OwnerId', 'Owner ID', 'User', 'Owner', …)`. */
export function lookup(
  name: string,
  label: string,
  to: string,
  relation: string | null,
  flags: string,
): FieldDefinition {
  return field(name, label, 'reference', 18, flags, { to, relation });
}

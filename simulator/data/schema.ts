/**
 * What one cell holds. Dates are `2026-03-08`, datetimes `2026-05-01T07:25:37.000+0000`, times `09:30:00.000Z`;
 * the values of a multi-select picklist are joined by `;`.
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
  | 'encryptedstring'
  | 'double'
  | 'address'
  | 'phone'
  | 'url'
  | 'email'
  | 'currency'
  | 'percent'
  | 'int'
  | 'date'
  | 'datetime'
  | 'time';

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  /** Bit map in base64 over the values of the controlling field; null: the field depends on none. */
  readonly validFor: string | null;
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
  /** The formula of a calculated field, as its author wrote it. */
  readonly formula: string | null;
  /** Its text is HTML. */
  readonly isHtml: boolean;
  /** Name of the picklist that decides which values are offered. */
  readonly controllerName: string | null;
  /** The oldest API version that knows the field. */
  readonly since: number;
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
  /** Lookups of other objects to this one; filled in when all objects are known. */
  children: readonly ChildRelationship[];
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

/** A value that is its own label, or both; `validFor` is made by `validForOf`. */
type PickInput = string | readonly [value: string, label: string, validFor?: string];

interface FieldExtras {
  readonly picklist?: readonly PickInput[];
  readonly defaultPick?: string;
  readonly to?: string;
  readonly relation?: string | null;
  readonly compound?: string;
  readonly extra?: string;
  readonly help?: string;
  readonly value?: CellValue;
  readonly formula?: string;
  readonly isHtml?: boolean;
  /** Name of the controlling field. */
  readonly controller?: string;
  readonly since?: number;
}

/** Length of a text field, `[precision, scale]` of a number, digits of an int. */
export type FieldSize = number | readonly [precision: number, scale: number];

const TEXTLESS: ReadonlySet<FieldType> = new Set(['boolean', 'date', 'datetime', 'time', 'address', 'int']);

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
      const [value, label2, validFor = null] = typeof entry === 'string' ? [entry, entry] : entry;
      return { value, label: label2, isDefault: value === extras.defaultPick, validFor };
    }),
    compoundFieldName: extras.compound ?? null,
    extraTypeInfo: extras.extra ?? (type === 'textarea' ? 'plaintextarea' : null),
    defaultValue: extras.value ?? (type === 'boolean' ? false : null),
    inlineHelpText: extras.help ?? null,
    formula: extras.formula ?? null,
    isHtml: extras.isHtml ?? false,
    controllerName: extras.controller ?? null,
    since: extras.since ?? 0,
  };
}

/** `validFor` of a dependent value: bit n, counted from the left, stands for the n-th controlling value. */
export function validForOf(controlling: readonly string[], offeredBy: readonly string[]): string {
  const bits = Buffer.alloc(Math.ceil(controlling.length / 8));
  for (const value of offeredBy) {
    const index = controlling.indexOf(value);
    if (index < 0) throw new Error(`no controlling value ${value}`);
    bits.writeUInt8(bits.readUInt8(index >> 3) | (0x80 >> (index & 7)), index >> 3);
  }
  return bits.toString('base64');
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

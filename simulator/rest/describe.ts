import { visibleFields } from '@/simulator/data/org-data';
import {
  type ChildRelationship,
  type FieldDefinition,
  type FieldFlag,
  FLAGS,
  has,
  type SobjectDefinition,
} from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import type { SimOrg, SimUser } from '@/simulator/types';

const SOAP_TYPES: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
};

/** Flags of describe that no field here has. */
const NEVER = {
  aiPredictionField: false,
  autoNumber: false,
  cascadeDelete: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  encrypted: false,
  highScaleNumber: false,
  namePointing: false,
  polymorphicForeignKey: false,
  restrictedDelete: false,
  writeRequiresMasterRead: false,
  defaultValueFormula: null,
  filteredLookupInfo: null,
  referenceTargetField: null,
  relationshipOrder: null,
} as const;

function byteLength(field: FieldDefinition): number {
  if (field.type === 'id' || field.type === 'reference') return field.length;
  return field.name === 'Fiscal' ? field.length : field.length * 3;
}

/** One field of `/describe`, with every key of a captured describe. */
function describeField(field: FieldDefinition): Record<string, unknown> {
  const flags = Object.fromEntries(
    (Object.keys(FLAGS) as FieldFlag[]).map((flag) => [flag, has(field, flag)]),
  );
  const described = {
    ...NEVER,
    ...flags,
    // Only DISTANCE() and GEOLOCATION() may filter and sort by an address; describe does not tell.
    ...(field.type === 'address' && { filterable: true, sortable: true }),
    calculated: field.formula !== null,
    calculatedFormula: field.formula,
    controllerName: field.controllerName,
    dependentPicklist: field.controllerName !== null,
    formulaTreatNullNumberAsZero: field.formula !== null && field.type === 'double',
    htmlFormatted: field.isHtml,
    mask: field.type === 'encryptedstring' ? 'X' : null,
    maskType: field.type === 'encryptedstring' ? 'lastFour' : null,
    byteLength: byteLength(field),
    compoundFieldName: field.compoundFieldName,
    custom: field.name.endsWith('__c'),
    defaultValue: field.defaultValue,
    digits: field.digits,
    extraTypeInfo: field.extraTypeInfo,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    name: field.name,
    picklistValues: field.picklist.map(({ value, label, isDefault, validFor }) => ({
      active: true,
      defaultValue: isDefault,
      label,
      validFor,
      value,
    })),
    precision: field.precision,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    scale: field.scale,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    type: field.type,
  };
  return Object.fromEntries(Object.entries(described).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The keys that describeGlobal gives for an object, without its urls. */
function summaryOf(definition: SobjectDefinition): Record<string, unknown> {
  const is = (flag: string) => definition.flags.includes(flag);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: is('createable'),
    custom: definition.name.endsWith('__c'),
    customSetting: false,
    deepCloneable: is('deepCloneable'),
    deletable: is('deletable'),
    deprecatedAndHidden: false,
    feedEnabled: is('feedEnabled'),
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: definition.keyPrefix,
    label: definition.label,
    labelPlural: definition.labelPlural,
    layoutable: is('layoutable'),
    mergeable: is('mergeable'),
    mruEnabled: is('mruEnabled'),
    name: definition.name,
    queryable: is('queryable'),
    replicateable: is('replicateable'),
    retrieveable: is('retrieveable'),
    searchable: is('searchable'),
    triggerable: is('triggerable'),
    undeletable: is('undeletable'),
    updateable: is('updateable'),
  };
}

function urlsOf(definition: SobjectDefinition, root: string): Record<string, string> {
  const own = `${root}/sobjects/${definition.name}`;
  const layouts = {
    compactLayouts: `${own}/describe/compactLayouts`,
    approvalLayouts: `${own}/describe/approvalLayouts`,
    listviews: `${own}/listviews`,
    quickActions: `${own}/quickActions`,
    layouts: `${own}/describe/layouts`,
  };
  return {
    ...(definition.flags.includes('layoutable') && layouts),
    rowTemplate: `${own}/{ID}`,
    describe: `${own}/describe`,
    sobject: own,
  };
}

/** One entry of describeGlobal. */
export function describeBriefly(table: Table, root: string): Record<string, unknown> {
  return { ...summaryOf(table.definition), urls: urlsOf(table.definition, root) };
}

/** A relationship to an object that the user may not see is not told. */
function visibleChildren({ children }: SobjectDefinition, user: SimUser): readonly ChildRelationship[] {
  return children.filter(({ childSObject }) => !user.hiddenObjects?.includes(childSObject));
}

/** The full describe of an object as this user sees it: fields that are hidden from the user are not there. */
export function describeFully(
  org: SimOrg,
  user: SimUser,
  table: Table,
  root: string,
): Record<string, unknown> {
  const { definition } = table;
  const own = `${root}/sobjects/${definition.name}`;
  return {
    actionOverrides: [],
    childRelationships: visibleChildren(definition, user).map((child) => ({
      ...child,
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      restrictedDelete: false,
    })),
    compactLayoutable: definition.flags.includes('compactLayoutable'),
    ...summaryOf(definition),
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: visibleFields(user, table).map(describeField),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: '012000000000000AAA',
        urls: { layout: `${own}/describe/layouts/012000000000000AAA` },
      },
    ],
    searchLayoutable: definition.flags.includes('searchLayoutable'),
    sobjectDescribeOption: 'FULL',
    supportedScopes: definition.scopes.map(([name, label]) => ({ label, name })),
    urls: {
      ...urlsOf(definition, root),
      uiDetailTemplate: `${org.instanceUrl}/{ID}`,
      uiEditTemplate: `${org.instanceUrl}/{ID}/e`,
      uiNewRecord: `${org.instanceUrl}/${definition.keyPrefix}/e`,
    },
  };
}

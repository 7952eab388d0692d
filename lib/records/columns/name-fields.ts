import { type Describe, describeVisible } from '@/lib/records/columns/object-graph';
import type { FieldDescribe } from '@/lib/salesforce/types';

/** Common objects whose name field needs no describe. Custom objects have `Name` without exception. */
const NAME_FIELDS: ReadonlyMap<string, string> = new Map([
  ...[
    'Account',
    'Asset',
    'BusinessHours',
    'CallCenter',
    'Campaign',
    'Contact',
    'Group',
    'Lead',
    'Opportunity',
    'Organization',
    'Pricebook2',
    'Product2',
    'Profile',
    'RecordType',
    'User',
    'UserRole',
  ].map((sobject) => [sobject, 'Name'] as const),
  ['Case', 'CaseNumber'],
  ['Contract', 'ContractNumber'],
  ['Order', 'OrderNumber'],
  ['Task', 'Subject'],
  ['Event', 'Subject'],
]);

/**
 * The name field of each object that the lookups point to; null: the reader does not see the object, so its id is all
 * there is. `careful`: every object is described, also those that need no describe as a rule.
 */
export async function readNameFields(
  lookups: readonly FieldDescribe[],
  describe: Describe,
  careful: boolean,
): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const { relationshipName, referenceTo } of lookups) {
    const [target, another] = referenceTo;
    // Of several objects only `Name` can be asked for, which all of those have.
    if (relationshipName === null || target === undefined || another !== undefined || found.has(target))
      continue;
    const known = careful ? undefined : nameFieldOf(target);
    found.set(target, known ?? (await describedNameField(target, describe)));
  }
  return found;
}

function nameFieldOf(sobject: string): string | undefined {
  return NAME_FIELDS.get(sobject) ?? (sobject.endsWith('__c') ? 'Name' : undefined);
}

async function describedNameField(sobject: string, describe: Describe): Promise<string | null> {
  const target = await describeVisible(sobject, describe);
  return target?.fields.find(({ nameField }) => nameField)?.name ?? null;
}

import type { DescribeObject } from '@/lib/records/columns/object-graph';
import type { FieldDescribe } from '@/lib/salesforce/types';

/** Objects that everybody sees, with their name fields: they need no describe. */
const EVERYBODY_SEES: ReadonlyMap<string, string> = new Map([
  ['User', 'Name'],
  ['RecordType', 'Name'],
  ['Account', 'Name'],
]);

/**
 * The name field of each object that the lookups point to; null: the reader does not see the object, so its id is all
 * there is. `careful`: every object is described, also those that need no describe as a rule.
 */
export async function readNameFields(
  lookups: readonly FieldDescribe[],
  describeObject: DescribeObject,
  careful: boolean,
): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const { relationshipName, referenceTo } of lookups) {
    const [target, another] = referenceTo;
    // Of several objects only `Name` can be asked for, which all of those have.
    if (relationshipName === null || target === undefined || another !== undefined || found.has(target))
      continue;
    const known = careful ? undefined : EVERYBODY_SEES.get(target);
    found.set(target, known ?? (await describedNameField(target, describeObject)));
  }
  return found;
}

async function describedNameField(sobject: string, describeObject: DescribeObject): Promise<string | null> {
  const target = await describeObject(sobject);
  return target?.fields.find(({ nameField }) => nameField)?.name ?? null;
}

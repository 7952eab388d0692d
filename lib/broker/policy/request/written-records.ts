import {
  API_NAME,
  type Effects,
  notUnderstood,
  requireList,
  requireName,
  requireObject,
} from '@/lib/broker/policy/request/call';
import { followLookup } from '@/lib/broker/policy/soql/follow-path';
import { isSameName } from '@/lib/broker/policy/soql/objects-of-org';
import { EVERY } from '@/lib/broker/policy/types';
import type { Operation } from '@/lib/broker/types';

/** Adds the fields that a record in a body writes. `sobject` null: `attributes.type` says what it is. Gives the object. */
export async function addWrittenRecord(
  effects: Effects,
  operations: readonly Operation[],
  value: unknown,
  sobject: string | null,
  isChild: (key: string, value: unknown) => boolean = () => false,
): Promise<string> {
  const record = requireObject(value);
  const type = typeOf(record, sobject);
  for (const operation of operations) effects.touches.add(operation, type, null);
  for (const [key, content] of Object.entries(record)) {
    if (key === 'attributes' || isChild(key, content)) continue;
    if (!API_NAME.test(key)) throw notUnderstood(`“${key.slice(0, 80)}” in the body is no field.`);
    if (content !== null && typeof content === 'object') {
      await addReference(effects, operations, type, key, content);
      continue;
    }
    for (const operation of operations) effects.touches.add(operation, type, key);
  }
  effects.rows += 1;
  effects.reads = false;
  return type;
}

function typeOf(record: Record<string, unknown>, sobject: string | null): string {
  if (record.attributes === undefined && sobject !== null) return sobject;
  const { type } = requireObject(record.attributes, 'type', 'url', 'referenceId');
  if (type === undefined && sobject !== null) return sobject;
  const name = requireName(type);
  if (sobject !== null && name.toLowerCase() !== sobject.toLowerCase()) {
    throw notUnderstood(`The body says ${name}, and the path says ${sobject}.`);
  }
  return name;
}

/** A parent that is named by an external id: `"Account": {"Number__c": "7"}` writes the lookup and reads the parent. */
async function addReference(
  effects: Effects,
  operations: readonly Operation[],
  type: string,
  relationship: string,
  content: unknown,
): Promise<void> {
  const parent = requireObject(content);
  const keys = Object.keys(parent).filter((key) => key !== 'attributes');
  if (Object.entries(parent).some(([key, value]) => key !== 'attributes' && typeof value === 'object')) {
    throw notUnderstood(`${relationship} in the body names a parent in a way that could not be understood.`);
  }
  const { read, leadsTo } = effects.objects
    ? await followLookup(effects.objects, [type], relationship)
    : { read: [{ sobject: type, field: relationship }], leadsTo: [`${type}.${relationship}`] };
  for (const operation of operations) {
    for (const { sobject, field } of read) effects.touches.add(operation, sobject, field);
  }
  for (const target of leadsTo) {
    for (const key of keys) effects.touches.add('read', target, requireName(key));
  }
}

/** Records of one list, each with `attributes.type`. */
export async function addWrittenRecords(
  effects: Effects,
  operations: readonly Operation[],
  records: unknown,
  sobject: string | null = null,
): Promise<void> {
  for (const record of requireList(records, 200))
    await addWrittenRecord(effects, operations, record, sobject);
}

/** Records of a tree: a key that holds `records` is a child relationship, whose records say what they are. */
export async function addTree(effects: Effects, value: unknown, sobject: string | null): Promise<void> {
  for (const record of requireList(requireObject(value, 'records').records, 200)) {
    const children: [relationship: string, records: unknown][] = [];
    const parent = await addWrittenRecord(effects, ['create'], record, sobject, (key, content) => {
      const nested = typeof content === 'object' && content !== null && 'records' in content;
      if (nested) children.push([key, content]);
      return nested;
    });
    for (const [relationship, child] of children) {
      await addLookupOfChildren(effects, parent, relationship);
      await addTree(effects, child, null);
    }
  }
}

/** Whoever makes a child below its parent writes its lookup. */
async function addLookupOfChildren(effects: Effects, parent: string, relationship: string): Promise<void> {
  if (effects.objects === null) return;
  const { childRelationships } = await effects.objects.describe(parent);
  const child = childRelationships.find(({ relationshipName }) => isSameName(relationshipName, relationship));
  if (!child) {
    throw notUnderstood(
      `${parent} has no children “${relationship.slice(0, 80)}” that Salesforce describes.`,
    );
  }
  effects.touches.add('create', child.childSObject, child.field ?? EVERY);
}

import type { Block } from '@/lib/broker/policy/soql/blocks';
import { followLookup, followPath } from '@/lib/broker/policy/soql/follow-path';
import { isSameName, type ObjectsOfOrg } from '@/lib/broker/policy/soql/objects-of-org';
import { NotUnderstood } from '@/lib/broker/policy/soql/tokens';
import type { Touches } from '@/lib/broker/policy/soql/touches';
import { type DescribedObject, EVERY } from '@/lib/broker/policy/types';
import type { Operation } from '@/lib/broker/types';

/** Adds what the blocks of a statement touch. `objects` null: nobody asks where relationships lead. */
export async function addTouchesOfBlocks(
  touches: Touches,
  blocks: readonly Block[],
  objects: ObjectsOfOrg | null,
  operation: Operation,
): Promise<void> {
  const names = new Map<Block, string>();
  for (const block of blocks) {
    const sobject = await objectOf(block, names, objects, (name, field) =>
      touches.add(operation, name, field),
    );
    names.set(block, sobject);
    touches.add(operation, sobject, null);
    const selves = [block.alias, 'object' in block.from ? block.from.object : null];
    for (const path of [...block.paths, ...(await sortedFields(block, sobject, objects))]) {
      const read = await followPath(objects, sobject, path, selves);
      for (const field of read) touches.add(operation, field.sobject, field.field);
    }
    for (const choice of block.typeOf) await addTypeOf(touches, choice, sobject, objects, operation);
    if (block.everyField) touches.add(operation, sobject, EVERY);
    for (const field of block.writes) touches.add('update', sobject, field);
  }
}

async function objectOf(
  { from }: Block,
  names: Map<Block, string>,
  objects: ObjectsOfOrg | null,
  read: (sobject: string, field: string) => void,
): Promise<string> {
  if ('object' in from) return from.object;
  const parent = names.get(from.parent) ?? '';
  if (objects === null) return `${parent}.${from.relationship}`;
  const described = await objects.describe(parent);
  const children = described.childRelationships.filter(({ relationshipName }) =>
    isSameName(relationshipName, from.relationship),
  );
  const [child] = children;
  if (!child || children.length > 1) {
    throw new NotUnderstood(`${parent} has no children ${from.relationship} that Salesforce describes.`);
  }
  for (const lookup of await lookupsTo(objects, described, child)) read(child.childSObject, lookup);
  return child.childSObject;
}

/** Whoever sees children below a parent sees where their lookup leads. */
async function lookupsTo(
  objects: ObjectsOfOrg,
  parent: DescribedObject,
  { field, childSObject }: DescribedObject['childRelationships'][number],
): Promise<string[]> {
  if (field !== undefined) return [field];
  const { fields } = await objects.describe(childSObject);
  return fields
    .filter(({ referenceTo }) => referenceTo.some((target) => isSameName(target, parent.name)))
    .map(({ name }) => name);
}

/** Names in ORDER BY that are fields: a column's alias is none, unless the object has a field of this name. */
async function sortedFields(block: Block, sobject: string, objects: ObjectsOfOrg | null): Promise<string[]> {
  const isColumn = (name: string) => block.columnAliases.some((alias) => isSameName(alias, name));
  if (!block.sortNames.some(isColumn)) return block.sortNames;
  const fields = objects === null ? [] : (await objects.describe(sobject)).fields;
  return block.sortNames.filter(
    (name) => !isColumn(name) || fields.some((field) => isSameName(field.name, name)),
  );
}

async function addTypeOf(
  touches: Touches,
  { path, object, fields }: Block['typeOf'][number],
  sobject: string,
  objects: ObjectsOfOrg | null,
  operation: Operation,
): Promise<void> {
  let targets = [object ?? `${sobject}.${path}`];
  if (objects !== null) {
    if (path.includes('.')) throw new NotUnderstood('TYPEOF asks for a lookup of the object itself.');
    const { read, leadsTo } = await followLookup(objects, [sobject], path);
    for (const field of read) touches.add(operation, field.sobject, field.field);
    targets = object === null ? leadsTo : [object];
  }
  for (const target of targets) {
    touches.add(operation, target, null);
    for (const name of fields) {
      for (const field of await followPath(objects, target, name))
        touches.add(operation, field.sobject, field.field);
    }
  }
}

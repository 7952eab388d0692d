import { isSameName, lookupOf, type ObjectsOfOrg } from '@/lib/broker/policy/soql/objects-of-org';
import { NotUnderstood } from '@/lib/broker/policy/soql/tokens';

const MAX_PARENTS = 5;
/** A path that goes on from a lookup to more kinds of objects than this is not followed: each is to be described. */
const MAX_KINDS = 3;

export interface FieldOfObject {
  sobject: string;
  field: string;
}

/**
 * The fields that a path reads: the last one in every object that the lookup before it may lead to, and each lookup on
 * the way, since whoever sees the parent sees where it leads. `objects` null: nobody asks; the path stays as it is.
 * `selves`: names by which the path may begin for the object itself.
 */
export async function followPath(
  objects: ObjectsOfOrg | null,
  sobject: string,
  path: string,
  selves: readonly (string | null)[] = [],
): Promise<FieldOfObject[]> {
  const names = path.split('.');
  const first = names[0] ?? '';
  const isSelf = names.length > 1 && selves.some((self) => isSameName(self, first));
  if (objects === null) return [{ sobject, field: (isSelf ? names.slice(1) : names).join('.') }];
  if (isSelf) {
    if (lookupOf(await objects.describe(sobject), first)) {
      throw new NotUnderstood(`${first} is a name of ${sobject} itself and of one of its parents.`);
    }
    names.shift();
  }
  const parents = names.slice(0, -1);
  if (parents.length > MAX_PARENTS) throw new NotUnderstood(`${path} is further than five parents away.`);
  const read: FieldOfObject[] = [];
  let at = [sobject];
  for (const parent of parents) {
    const next = await followLookup(objects, at, parent);
    read.push(...next.read);
    at = next.leadsTo;
  }
  return [...read, ...at.map((name) => ({ sobject: name, field: names.at(-1) ?? '' }))];
}

/** The lookup fields behind a relationship's name, and the objects that they lead to. */
export async function followLookup(
  objects: ObjectsOfOrg,
  from: readonly string[],
  relationship: string,
): Promise<{ read: FieldOfObject[]; leadsTo: string[] }> {
  if (from.length > MAX_KINDS) {
    throw new NotUnderstood(
      `${relationship} goes on from a lookup to ${from.length} kinds of objects. Use TYPEOF.`,
    );
  }
  const read: FieldOfObject[] = [];
  const leadsTo = new Set<string>();
  for (const sobject of from) {
    const lookup = lookupOf(await objects.describe(sobject), relationship);
    if (!lookup) continue;
    read.push({ sobject, field: lookup.name });
    for (const target of lookup.referenceTo) leadsTo.add(target);
  }
  if (leadsTo.size === 0) {
    throw new NotUnderstood(`${from.join(' or ')} has no parent ${relationship} that Salesforce describes.`);
  }
  return { read, leadsTo: [...leadsTo] };
}

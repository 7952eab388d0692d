import { NotUnderstood } from '@/lib/broker/policy/soql/tokens';
import type { Describe, DescribedObject } from '@/lib/broker/policy/types';

const MAX_DESCRIBES = 60;

/** What one call needs to know of an org's objects; each is described once. */
export class ObjectsOfOrg {
  readonly #known = new Map<string, Promise<DescribedObject | null>>();

  constructor(private readonly ask: Describe) {}

  /** Throws `NotUnderstood` when Salesforce describes no such object to this user. */
  async describe(sobject: string): Promise<DescribedObject> {
    const key = sobject.toLowerCase();
    const known = this.#known.get(key) ?? this.ask(sobject);
    this.#known.set(key, known);
    if (this.#known.size > MAX_DESCRIBES)
      throw new NotUnderstood(`It leads through more than ${MAX_DESCRIBES} objects.`);
    const object = await known;
    if (object === null)
      throw new NotUnderstood(`Salesforce describes no object ${sobject} to this connection.`);
    return object;
  }
}

/** The lookup field of a relationship to a parent; undefined: the object has no such relationship. */
export function lookupOf(
  object: DescribedObject,
  relationship: string,
): DescribedObject['fields'][number] | undefined {
  return object.fields.find(({ relationshipName }) => isSameName(relationshipName, relationship));
}

/** API names are compared without regard to case, as Salesforce does. */
export function isSameName(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

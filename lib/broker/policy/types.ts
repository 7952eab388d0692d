import type { ApiFamily, PolicyRule, Touch } from '@/lib/broker/types';

/** In a touch: every object, or every field of an object. Refused where the policy names objects or fields. */
export const EVERY = '*';
/** The object of a touch that is of the org as a whole, such as its versions, or of what a locator goes on with. */
export const NO_OBJECT = '';

/** What a call does, as far as policies ask. */
export interface Understood {
  touches: Touch[];
  /** The part of the API that nobody looks into; null: everything is in `touches`. */
  family: ApiFamily | null;
  /** Records that the call writes; null: none. */
  rows: number | null;
  /** Of a further page: whoever calls must make sure that this key was given it. */
  locator: string | null;
  /** Whether it changes nothing, so that it may be sent again. */
  reads: boolean;
  /** Why part of it cannot be told; such a call is for keys without limits of objects. */
  unclear?: string;
}

export type Understanding = Understood | { refused: PolicyRule; reason: string };

/** An object as Salesforce describes it: what leads from it to others. */
export interface DescribedObject {
  name: string;
  fields: { name: string; relationshipName: string | null; referenceTo: string[] }[];
  /** `field`: the children's lookup to this object; left out: any of those that may lead here. */
  childRelationships: { relationshipName: string | null; childSObject: string; field?: string }[];
}

/** Describes an object by API name, whatever its case; null: there is none for this user. */
export type Describe = (sobject: string) => Promise<DescribedObject | null>;

/** What a call is made with and through, beside what it asks. */
export interface CallSettings {
  at: Date;
  /** Where it comes from; null: nobody knows. */
  address: string | null;
  environmentId: string;
  connectionId: string;
  /** Rows and calls of this key on the present day (UTC), before this call. */
  today: { rows: number; calls: number };
  /** Name of the named query that is run; left out: none. */
  namedQuery?: string;
}

import type { CallableQuery } from '@/lib/broker/named-queries/types';
import type { ApiFamily, Operation, PolicyRule } from '@/lib/broker/types';

/** One thing that was asked of a call, in words. */
export interface Check {
  passes: boolean;
  text: string;
}

/** What a call does with one object. */
export interface TouchedObject {
  /** API name; empty: the org as a whole. */
  sobject: string;
  operations: Operation[];
  /** API names; empty: the object as a whole. */
  fields: string[];
}

/** Whether a call would be allowed, and why. */
export interface DryRun {
  allowed: boolean;
  /** The rule of the policy that refuses; null: none does, or the portal refuses before the policy is asked. */
  rule: PolicyRule | null;
  checks: Check[];
  /** Null: the call could not be read. */
  touches: TouchedObject[] | null;
  family: ApiFamily | null;
  /** Records that it would write. */
  writes: number | null;
  /** Objects that Orgdock described to tell, as the Salesforce user; cached ones cost no call. */
  described: string[];
  /** Calls that Salesforce counted. */
  calls: number;
}

/** What somebody asks about, as the form says it. */
export interface DryRunForm {
  kind: 'soql' | 'request' | 'named_query';
  soql: string;
  method: string;
  path: string;
  body: string;
  /** Name of a named query. */
  query: string;
  /** Its parameters by name; one that is empty is not said. */
  values: Record<string, string>;
  connectionId: string;
  address: string;
  /** `2026-11-27T08:00`, UTC; empty: now. */
  at: string;
}

/** A named query as the form offers it. */
export type TriedQuery = Pick<CallableQuery, 'name' | 'description' | 'parameters' | 'enabled'>;

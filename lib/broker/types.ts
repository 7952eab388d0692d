import type { ReadingHours } from '@/db/schema/environments';

/** What is done to records or asked of an org, in the words of policies. One call may be several of them. */
export const OPERATIONS = [
  /** SOQL, and the further pages of its answers. */
  'query',
  /** SOSL and parameterized search. */
  'search',
  /** One record or a few by id or external id. */
  'read',
  'create',
  'update',
  'delete',
  /** What objects and fields there are, versions, limits: no records. */
  'describe',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * Parts of Salesforce's API that policies cannot look into: a key may call one only when its policy names it, and only
 * when objects and fields are not limited.
 */
export const API_FAMILIES = [
  'apex_rest',
  'bulk',
  'tooling',
  'metadata',
  'soap',
  'analytics',
  'connect',
  'other',
] as const;
export type ApiFamily = (typeof API_FAMILIES)[number];

/** One object that a key may touch. */
export interface ObjectRule {
  /** API name; compared without regard to case, as Salesforce does. */
  name: string;
  /** API names; null: every field. `Id` is always among them. A parent's field is a field of the parent's object. */
  fields: string[] | null;
}

/** An object or a field that is offered while a policy is written. */
export interface KnownName {
  /** API name. */
  name: string;
  /** As its org calls it. */
  label: string;
}

/** What a key may do. Everything that is not said is refused; null in a list means "no limit of this kind". */
export interface KeyPolicy {
  /** `named_queries`: only those, and nothing else. */
  access: 'named_queries' | 'read' | 'write';
  /** Ids of environments; null: those that the owner may use. */
  environments: string[] | null;
  /** Ids of connections; null: those that the owner may read. With exactly one, the key works at `/services` too. */
  connections: string[] | null;
  operations: Operation[];
  objects: ObjectRule[] | null;
  /** Names of named queries; null: all of them. */
  namedQueries: string[] | null;
  families: ApiFamily[];
  /** Rows that one call may give or write. */
  rowsPerCall: number | null;
  /** Rows and calls of one day (UTC). */
  rowsPerDay: number | null;
  callsPerDay: number | null;
  /** Null: at any time. */
  hours: ReadingHours | null;
  /** Addresses or CIDR ranges that calls come from; null: any. */
  addresses: string[] | null;
  /** Whether it may be handed an access token, where the environment allows it too. */
  rawToken: boolean;
}

/** The rules by which a call is refused, as answers, the dry run and the audit log name them. */
export type PolicyRule =
  | 'access'
  | 'environments'
  | 'connections'
  | 'operations'
  | 'objects'
  | 'fields'
  | 'named_queries'
  | 'families'
  | 'rows_per_call'
  | 'rows_per_day'
  | 'calls_per_day'
  | 'hours'
  | 'addresses'
  | 'raw_token'
  /** The path is not in the one form that everybody reads alike. */
  | 'path'
  /** A header or parameter that would make another request of this one. */
  | 'method_override'
  /** Query or body could not be understood, so nobody can say what it does. */
  | 'not_understood'
  /** A locator that this key was not given. */
  | 'locator';

export type Decision =
  | { allowed: true; because: string[] }
  | { allowed: false; rule: PolicyRule; reason: string; because: string[] };

/** One field or object that a call touches, and how. `field`: null for the object as a whole. */
export interface Touch {
  operation: Operation;
  sobject: string;
  field: string | null;
}

/** A secret of a key, as pages show it. */
export interface KeySecret {
  /** `odk_` and twelve characters. */
  prefix: string;
  createdAt: string;
  /** When a rotation takes it out of use. */
  retiresAt: string | null;
  lastUsedAt: string | null;
}

/** A key as pages show it. */
export interface ApiKey {
  id: string;
  name: string;
  owner: { id: string; name: string };
  policy: KeyPolicy;
  secrets: KeySecret[];
  state: 'active' | 'expired' | 'revoked' | 'owner_inactive';
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
}

export const PARAMETER_TYPES = [
  'string',
  'number',
  'boolean',
  'date',
  'datetime',
  'id',
  'string_list',
  'id_list',
] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A parameter of a named query: `:name` in its SOQL. */
export interface QueryParameter {
  name: string;
  type: ParameterType;
  required: boolean;
  /** As it would be written in the URL. */
  default: string | null;
  description: string;
}

export interface NamedQuery {
  id: string;
  name: string;
  description: string;
  soql: string;
  parameters: QueryParameter[];
  enabled: boolean;
  updatedAt: string;
}

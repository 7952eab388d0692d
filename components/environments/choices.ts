import type {
  EnvironmentAccess,
  EnvironmentKind,
  Membership,
  UncertainPolicy,
} from '@/lib/environments/types';

/** Kinds of org as a form offers them. */
export const KINDS: ReadonlyArray<{ value: EnvironmentKind; label: string }> = [
  { value: 'production', label: 'Production' },
  { value: 'uat', label: 'UAT' },
  { value: 'sandbox', label: 'Sandbox' },
  { value: 'developer', label: 'Developer Edition' },
  { value: 'scratch', label: 'Scratch org' },
];

/** Who becomes a member when they sign in for the first time. */
export const MEMBERSHIPS: ReadonlyArray<{ value: Membership; label: string }> = [
  { value: 'known_people', label: 'Only people that Orgdock knows' },
  { value: 'everyone_of_org', label: 'Everyone of the expected org' },
];

/** Who may connect to an environment and read its records. */
export const ACCESSES: ReadonlyArray<{ value: EnvironmentAccess; label: string }> = [
  { value: 'everyone', label: 'Every member' },
  { value: 'chosen', label: 'Chosen people and administrators' },
  { value: 'admins', label: 'Administrators only' },
];

/** Whether Salesforce may be asked about a refresh token whose fate is unknown. */
export const INTROSPECTION: ReadonlyArray<{ value: 'true' | 'false'; label: string }> = [
  { value: 'true', label: 'Ask Salesforce (introspection)' },
  { value: 'false', label: 'Do not ask' },
];

/** What follows when introspection cannot tell, or is not allowed. */
export const UNCERTAIN_POLICIES: ReadonlyArray<{ value: UncertainPolicy; label: string }> = [
  { value: 'reconnect', label: 'Ask the owner to reconnect' },
  { value: 'one_try', label: 'Try the refresh token once more' },
];

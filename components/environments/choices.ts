import type {
  AppType,
  ClientAuthentication,
  ClientType,
  EnvironmentAccess,
  EnvironmentKind,
  Membership,
  OutsideHours,
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

/** What the app is in Salesforce. */
export const APP_TYPES: ReadonlyArray<{ value: AppType; label: string }> = [
  { value: 'external_client_app', label: 'External Client App' },
  { value: 'connected_app', label: 'Connected App that exists already' },
];

/** Whether the app can keep a secret (RFC 6749). */
export const CLIENT_TYPES: ReadonlyArray<{ value: ClientType; label: string }> = [
  { value: 'confidential', label: 'Confidential: it has a secret' },
  { value: 'public', label: 'Public: no secret is ever sent' },
];

/** How the secret travels. */
export const CLIENT_AUTHENTICATIONS: ReadonlyArray<{ value: ClientAuthentication; label: string }> = [
  { value: 'client_secret_post', label: 'In the body (client_secret_post)' },
  { value: 'client_secret_basic', label: 'As HTTP Basic (client_secret_basic)' },
];

/** What reading outside of the hours leads to. */
export const OUTSIDE_HOURS: ReadonlyArray<{ value: OutsideHours; label: string }> = [
  { value: 'alert', label: 'Raise an alert' },
  { value: 'refuse', label: 'Refuse it, and say when it opens' },
];

/** The words of a choice. */
export function labelOf<Value extends string>(
  choices: ReadonlyArray<{ value: Value; label: string }>,
  value: Value,
): string {
  return choices.find((one) => one.value === value)?.label ?? value;
}

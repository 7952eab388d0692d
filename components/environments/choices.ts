import type { EnvironmentKind, Membership } from '@/lib/environments/types';

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

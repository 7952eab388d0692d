import type { ReadingHours } from '@/db/schema/environments';

export type { ReadingHours } from '@/db/schema/environments';

export type EnvironmentKind = 'production' | 'uat' | 'sandbox' | 'developer' | 'scratch';
export type Membership = 'known_people' | 'everyone_of_org';
/** Who may connect to an environment and read there; administrators always may, auditors never. */
export type EnvironmentAccess = 'everyone' | 'chosen' | 'admins';
/** What follows a refresh of unknown outcome when introspection cannot tell. */
export type UncertainPolicy = 'reconnect' | 'one_try';

/** What the app says of its refresh tokens in Salesforce, and what to do when the fate of one is unknown. */
export interface RefreshTokenSettings {
  /** Null: no such limit. */
  idleLimitDays: number | null;
  absoluteLimitDays: number | null;
  introspection: boolean;
  uncertainPolicy: UncertainPolicy;
}

/** What everybody may know of an environment. */
export interface EnvironmentSummary {
  id: string;
  slug: string;
  name: string;
  kind: EnvironmentKind;
  /** Nothing can be connected to it any more; what was connected is revoked. */
  deleted: boolean;
}

/** What an admin sees. The consumer secret itself never leaves the server. */
export interface EnvironmentDetail extends EnvironmentSummary, RefreshTokenSettings {
  origin: string;
  clientId: string;
  apiVersion: string;
  scopes: string[];
  allowSignIn: boolean;
  membership: Membership;
  access: EnvironmentAccess;
  hasSecret: boolean;
  /** ISO instant. */
  secretUpdatedAt: string | null;
  redirectUri: string;
  /** Null: reading is expected at any time. */
  readingHours: ReadingHours | null;
  expectedOrg: { id: string; name: string | null } | null;
  proposedOrg: { id: string; name: string | null } | null;
}

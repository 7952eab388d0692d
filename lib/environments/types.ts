import type { ReadingHours } from '@/db/schema/environments';

export type { ReadingHours } from '@/db/schema/environments';

export type EnvironmentKind = 'production' | 'uat' | 'sandbox' | 'developer' | 'scratch';
export type Membership = 'known_people' | 'everyone_of_org';
/** Who may connect to an environment and read there; administrators always may, auditors never. */
export type EnvironmentAccess = 'everyone' | 'chosen' | 'admins';
/** What follows a refresh of unknown outcome when introspection cannot tell. */
export type UncertainPolicy = 'reconnect' | 'one_try';

/** A draft has no app yet; of a disabled one nothing is connected or read, and its grants stay alive. */
export type EnvironmentStatus = 'draft' | 'active' | 'disabled';
export type AppType = 'external_client_app' | 'connected_app';
/** RFC 6749 §2.1. Of a public client no secret is ever sent. */
export type ClientType = 'confidential' | 'public';
/** How the secret is sent (RFC 6749 §2.3.1). */
export type ClientAuthentication = 'client_secret_post' | 'client_secret_basic';
/** What reading outside of the reading hours leads to. */
export type OutsideHours = 'alert' | 'refuse';

/** The palette of environments; each name has a light and a dark shade in the portal's style sheet. */
export const ENVIRONMENT_COLORS = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
] as const;
export type EnvironmentColor = (typeof ENVIRONMENT_COLORS)[number];

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
  status: EnvironmentStatus;
  /** Warned about wherever something is changed. */
  isProduction: boolean;
  /** Null: that of its kind. */
  color: EnvironmentColor | null;
  /** Nothing can be connected to it any more; what was connected is revoked. */
  deleted: boolean;
}

/** What an admin sees. The consumer secret itself never leaves the server. */
export interface EnvironmentDetail extends EnvironmentSummary, RefreshTokenSettings {
  /** Lower comes first in every list. */
  rank: number;
  /** Whom Salesforce and people write to about the app. */
  contactEmail: string | null;
  /** Salesforce username that service connections act as. */
  runAsUsername: string | null;
  /** Origin and consumer key are empty in a draft that does not know them yet. */
  origin: string;
  appType: AppType;
  clientId: string;
  clientType: ClientType;
  clientAuthentication: ClientAuthentication;
  apiVersion: string;
  scopes: string[];
  sendScopeOnRefresh: boolean;
  authorizeParameters: Record<string, string>;
  tokenParameters: Record<string, string>;
  tokenHeaders: Record<string, string>;
  /** Null: the usual address at the origin. */
  authorizeUrl: string | null;
  tokenUrl: string | null;
  headerPrefix: string;
  authenticationTimeoutSeconds: number;
  queryTimeoutSeconds: number;
  /** Share of the org's daily API calls that reading leaves to other jobs, in per cent; 0: none. */
  apiReservePercent: number;
  /** Whether API keys whose policy says so may be handed access tokens. */
  allowRawTokens: boolean;
  allowSignIn: boolean;
  membership: Membership;
  access: EnvironmentAccess;
  hasSecret: boolean;
  /** ISO instant. */
  secretUpdatedAt: string | null;
  redirectUri: string;
  /** Null: reading is expected at any time. */
  readingHours: ReadingHours | null;
  outsideHours: OutsideHours;
  expectedOrg: { id: string; name: string | null } | null;
  proposedOrg: { id: string; name: string | null } | null;
}

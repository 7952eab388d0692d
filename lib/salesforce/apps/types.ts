import type { SalesforceFault } from '@/lib/errors';

/** An External Client App as the org lists it. */
export interface OAuthAppEntry {
  /** Record id, prefix 0xI. */
  id: string;
  developerName: string;
  label: string | null;
}

/** A consumer of an app: it has the key and the secret. */
export interface OAuthConsumer {
  /** Prefix 888. */
  id: string;
  name: string | null;
  key: string;
}

/** Which consumer of which app. */
export interface ConsumerPath {
  appId: string;
  consumerId: string;
}

/** Key and secret of a consumer. Never to be logged, put into an error, or sent to a browser. */
export interface KeyAndSecret {
  key: string;
  /** Null: the org did not give it; `refusal` says why. */
  secret: string | null;
  refusal: SalesforceFault | null;
}

/**
 * The second pair of a consumer. `active`: staged, works already, to become the main one. `rotated`: the main pair of
 * before. Its key may differ from the main one's: whoever rotates compares it first.
 */
export interface StagedCredentials {
  id: string;
  key: string;
  secret: string;
  state: 'active' | 'rotated' | 'expired';
  createdAt: Date | null;
  /** Thirty days after it was made, as Salesforce says it. */
  expiresAt: Date | null;
}

export type RefreshTokenPolicyType = 'Infinite' | 'Zero' | 'SpecificLifetime' | 'SpecificInactivity';

export interface RefreshTokenPolicy {
  type: RefreshTokenPolicyType;
  /** Null: the type has none. */
  period: number | null;
  unit: 'Hours' | 'Days' | 'Months' | null;
}

/** The settings that no query sees, from the Metadata API. Null: it did not say. */
export interface GlobalOAuthSettings {
  callbackUrls: string[] | null;
  pkceRequired: boolean | null;
  /** Refresh Token Rotation of the app. */
  rotation: boolean | null;
  /** "Require Secret for Web Server Flow". */
  secretRequiredForCode: boolean | null;
  /** "Require Secret for Refresh Token Flow". */
  secretRequiredForRefresh: boolean | null;
}

/** What an org says of one of its External Client Apps. Null: it did not let us see it. */
export interface AppPolicies extends GlobalOAuthSettings {
  appId: string;
  developerName: string;
  label: string | null;
  /** OAuth's names, such as `refresh_token`. */
  scopes: string[] | null;
  refreshTokenPolicy: RefreshTokenPolicy | null;
  /** `Enforce`, `Bypass`, `Bypass_2factor` or `Enforce_RelaxRefresh`. */
  ipRelaxation: string | null;
  permittedUsers: 'AllSelfAuthorized' | 'AdminApprovedPreAuthorized' | null;
  requiredSessionLevel: string | null;
  enabled: boolean | null;
  oauthPlugin: boolean | null;
}

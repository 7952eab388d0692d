/** Orgdock as an identity provider knows it. The secret stays inside `lib/openid` and its callers. */
export interface OpenIdClient {
  clientId: string;
  /** Null: a public client. */
  clientSecret: string | null;
}

/** Who signed in, as a validated ID token says. */
export interface ProvenSubject {
  issuer: string;
  subject: string;
  username: string;
  displayName: string;
  email: string | null;
  /** Null: no groups claim is configured, or the provider said nothing of groups. */
  groups: string[] | null;
}

/** What discovery found, as an administrator sees it. */
export interface DiscoveryReport {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUri: string;
  userinfoEndpoint: string | null;
  /** Every origin that the portal itself will call. */
  origins: string[];
  /** How the client secret is sent. */
  clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'none';
  signingAlgorithms: string[];
  /** What works, but an administrator should know. */
  warnings: string[];
}

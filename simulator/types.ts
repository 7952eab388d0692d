/** The contract inside the simulator: what an org is, what a route is, what the ledger keeps. */

/** Simulated time. Sessions, codes and locators live by it; tests advance it instead of sleeping. */
export interface SimClock {
  /** Milliseconds since the epoch, in simulated time. */
  now(): number;
  advance(milliseconds: number): void;
  reset(): void;
}

export interface SimUser {
  /** 18-character id, prefix 005. */
  readonly id: string;
  readonly username: string;
  /** Changed by the act `change_password`. */
  password: string;
  /** What the username-password flow wants behind the password ("Reset Your Security Token"). */
  readonly securityToken: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly nickname: string;
  readonly title: string;
  readonly profileId: string;
  readonly profileName: string;
  /** Such as `en_US`. */
  readonly language: string;
  readonly locale: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** False: every data call answers 403 API_DISABLED_FOR_ORG. */
  readonly apiEnabled: boolean;
  /** Changed by the fault `deactivate_user`. */
  isActive: boolean;
  /** Changed by the act `freeze_user`: still an active user, but nothing lets it in. */
  isFrozen: boolean;
  /** Field-level security: object name → fields that this user cannot see. */
  readonly hiddenFields: Readonly<Record<string, readonly string[]>>;
  /** Objects that this user cannot see; as `rest/viewer.ts` makes them out for one call. */
  readonly hiddenObjects?: readonly string[];
  /** ISO instants, UTC. */
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** The second pair of credentials that a consumer may have; see `apps/secrets.ts`. */
export interface StagedPair {
  readonly id: string;
  /** The key of the app, or one of its own where the org makes new ones. */
  readonly key: string;
  readonly secret: string;
  /** `Active`: staged, to become the main pair. `Rotated`: the main pair of before. Both work for 30 days. */
  readonly state: 'Active' | 'Rotated';
  /** Simulated time, milliseconds since the epoch. */
  readonly createdAt: number;
  readonly createdById: string;
}

/** An External Client App as one org knows it. Mutable: acts, deployments and rotations change it. */
export interface SimApp {
  /** 18-character id of the app, prefix 0xI. */
  readonly id: string;
  /** 18-character id of its OAuth consumer, prefix 888. */
  readonly consumerId: string;
  readonly developerName: string;
  /** Full name of its ExtlClntAppGlobalOauthSettings in the Metadata API. */
  globalSettingsName: string;
  clientId: string;
  clientSecret: string;
  staged: StagedPair | null;
  label: string;
  contactEmail: string;
  description: string | null;
  callbackUrls: readonly string[];
  /** Scopes that the app may ask for, in OAuth's names. */
  scopes: readonly string[];
  pkceRequired: boolean;
  secretRequiredForCode: boolean;
  secretRequiredForRefresh: boolean;
  /** Refresh Token Rotation. */
  rotation: boolean;
  installed: boolean;
  blocked: boolean;
  /** False: the OAuth plugin of the app is off. */
  oauthEnabled: boolean;
  /** False: the whole app is off. */
  enabled: boolean;
  /** Usernames that may use the app, or null: all users may self-authorize. */
  preApproved: readonly string[] | null;
  /** "Expire refresh token if not used for", in milliseconds; null: valid until revoked. */
  refreshIdleMs: number | null;
  /** Certificate or public key (PEM) of the JWT bearer flow; null: the flow is off. */
  certificate: string | null;
  /** Username that the client credentials flow runs as; null: the flow is off. */
  clientCredentialsUser: string | null;
  /** "Expire refresh token after", in milliseconds since the consent; null: however long. */
  refreshLifetimeMs: number | null;
  /** In which the policy of the refresh token was written down. */
  refreshUnit: 'Hours' | 'Days' | 'Months';
  /** `Enforce`, `Bypass`, …; the simulator keeps it and knows no login IP ranges. */
  ipRelaxation: string;
  requiredSessionLevel: string;
  /** Simulated time, milliseconds since the epoch: changed last, and usable from when on. */
  changedAt: number;
  usableAt: number;
  /** Made by a deployment, not by the seed. */
  readonly isDeployed: boolean;
}

/** An org's settings for its External Client Apps. */
export interface AppSettings {
  /** "Allow access to External Client App consumer secrets via REST API". */
  secretsByRest: boolean;
  /** What becomes of the old secret and of the tokens when a new secret takes over. */
  secretRotation: 'keeps_old' | 'revokes_all';
  /** Whether a staged pair has a key of its own, which then takes over with the secret. */
  stagesNewKey: boolean;
  /** "It can take up to 10 minutes for the changes to take effect", in simulated milliseconds. */
  newAppDelayMs: number;
}

export interface SimOrg {
  /** The simulator's own name of the org, such as `production`. */
  readonly name: string;
  readonly companyName: string;
  /** 18-character id, prefix 00D. Changed by the fault `change_org_id` (a refreshed sandbox). */
  orgId: string;
  /** `http://localhost:<port>`, no trailing slash. */
  readonly origin: string;
  /** The address from which the portal's server reaches this org. Changed by the act `egress_address`. */
  egressAddress: string;
  /** What token answers say; equals `origin` unless the fault `change_instance_url` is set. */
  instanceUrl: string;
  readonly isSandbox: boolean;
  /** `Organization.OrganizationType`. */
  readonly organizationType: string;
  readonly instanceName: string;
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly country: string;
  readonly multiCurrency: boolean;
  /** ISO code of the corporate (or only) currency. */
  readonly defaultCurrency: string;
  /** Active currencies; one element in a single-currency org. */
  readonly currencies: readonly string[];
  readonly users: readonly SimUser[];
  readonly apps: SimApp[];
  /** What External Client App Settings say, and how long a new app takes to work. Changed by acts. */
  readonly appSettings: AppSettings;
  /** "Allow OAuth Username-Password Flows": off in orgs created since Summer '23. Changed by `password_flow`. */
  passwordFlow: boolean;
  readonly clock: SimClock;
  /** Idle time after which an access token dies, in simulated milliseconds. */
  readonly sessionTimeoutMs: number;
  /** The daily API budget: `Sforce-Limit-Info` and `/limits`. The server counts `used`. */
  readonly api: { used: number; readonly max: number };
  /** Seed and size of the generated data. */
  readonly data: { readonly seed: number; readonly accounts: number; readonly opportunities: number };
  /** By `Account.Industry`: what every row holds instead of its own value. Changed by the act `fill_field`. */
  readonly filled: Map<string, string>;
  /**
   * By `Account` or `Account.Industry`: for which username it is hidden (true) or shown (false), against what the seed
   * says. Changed by the acts `hide_object` and `hide_field`.
   */
  readonly hidden: Map<string, Map<string, boolean>>;
}

/** Who makes a data call. Made by the server from the access token before a route runs. */
export interface SimSession {
  readonly org: SimOrg;
  readonly user: SimUser;
  readonly app: SimApp;
  readonly scopes: readonly string[];
}

export interface SimRequest {
  readonly method: string;
  /** Decoded path with repeated slashes folded, without the query. */
  readonly path: string;
  /** Values of the `:name` segments of the matched pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body before it was read as text, for what is no text. */
  readonly bytes?: Buffer;
}

export type SimBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly value: string; readonly contentType: string | null }
  | { readonly kind: 'empty' };

export interface SimResponse {
  readonly status: number;
  readonly body: SimBody;
  /** Extra headers. An `ETag` is given without `--gzip`: the server adds it when it compresses. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Names what the simulator does not know (a path, parameter or field); counted in the ledger. */
  readonly unknown?: string;
}

export type RouteHandler = (request: SimRequest, session: SimSession) => SimResponse | Promise<SimResponse>;
export type OpenRouteHandler = (request: SimRequest) => SimResponse | Promise<SimResponse>;

interface RouteShape {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Such as `/services/data/:version/query/:locator`; a segment is literal or `:name`. First match wins. */
  readonly pattern: string;
  /** Query parameters that the route knows; any other one answers 501. */
  readonly parameters: readonly string[];
}

export type Route = RouteShape &
  (
    | { readonly access: 'session'; readonly handler: RouteHandler }
    /** No token needed, such as `/services/data`: no limit header either. */
    | { readonly access: 'open'; readonly handler: OpenRouteHandler }
  );

export type RouteTable = readonly Route[];

/** A consumed refresh token that reached an endpoint where it must never be seen again. */
export type TokenViolation = 'consumed_at_token' | 'consumed_at_revoke';

/** One request as the ledger keeps it. Secrets never appear; tokens appear as the start of their SHA-256. */
export interface LedgerEntry {
  readonly sequence: number;
  /** Simulated time, milliseconds since the epoch. */
  readonly at: number;
  readonly org: string;
  readonly method: string;
  readonly path: string;
  /** Query and form parameters; secrets masked. */
  readonly params: Readonly<Record<string, string>>;
  /** 12 hex characters of the SHA-256 of each token that came in, by where it stood. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Null until answered, and for good when the connection was dropped unanswered. */
  status: number | null;
  /** True once the simulator did the work, whatever the caller got to see. */
  processed: boolean;
  username: string | null;
  clientId: string | null;
  /** The fault that bent this request. */
  fault: string | null;
  violation: TokenViolation | null;
  /** A consumed refresh token was asked about at `/introspect`: counted apart. */
  introspectedConsumed: boolean;
  /** What the simulator did not know. */
  unknown: string | null;
  /** `error` or `errorCode` of the answer. */
  error: string | null;
}

/** What the ledger counts since the last reset. */
export interface LedgerCounts {
  readonly requests: number;
  readonly violations: number;
  readonly introspectedConsumed: number;
  readonly unknown: number;
  /** Refreshes that rotated or renewed, whether the answer arrived or not. */
  readonly refreshes: number;
}

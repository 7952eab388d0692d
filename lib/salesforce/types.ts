import type { AppError, Problem, SalesforceFault } from '@/lib/errors';

export type { SpendResult } from '@/lib/egress/types';

/** What an OAuth call needs to know of an app. The secret stays inside `lib/salesforce` and its callers. */
export interface OAuthApp {
  /** Origin of the authorize, token, revoke and introspect endpoints. */
  tokenHost: string;
  clientId: string;
  /** Null: none is sent, as of a public client. */
  clientSecret: string | null;
  /** The secret before, while one is being rotated: for one further try after `invalid_client`. */
  previousSecret?: string | null;
  /** Left out: what is usual everywhere. */
  settings?: OAuthSettings;
}

/** What an environment may say about its OAuth requests. */
export interface OAuthSettings {
  /** How the secret is sent (RFC 6749 §2.3.1). */
  clientAuthentication: 'client_secret_post' | 'client_secret_basic';
  /** Sent with every refresh (RFC 6749 §6); null: none, and Salesforce keeps those of the grant. */
  refreshScopes: string[] | null;
  /** Added to the authorize URL, to the body of token requests, and to their headers. */
  authorizeParameters: Record<string, string>;
  tokenParameters: Record<string, string>;
  tokenHeaders: Record<string, string>;
  /** Null: the usual addresses at the token host. A token URL elsewhere is refused. */
  authorizeUrl: string | null;
  tokenUrl: string | null;
  /** How long whoever waits for an answer waits, in milliseconds. The request itself reads on. */
  patienceMs: number;
  /** Before the access token in `Authorization` of data calls. */
  headerPrefix: string;
}

/** What a revocation needs to know of an app. */
export interface RevokingApp extends OAuthApp {
  /** True: the token alone is sent, which is all that Salesforce needs, and nothing of the app. */
  anonymous?: boolean;
}

/** A validated token answer (RFC 6749 §5.1; Salesforce sends no `expires_in`). */
export interface TokenAnswer {
  accessToken: string;
  /** Null when Salesforce kept the old one (rotation off). */
  refreshToken: string | null;
  instanceUrl: string;
  /** `https://<host>/id/<org>/<user>`. */
  identityUrl: string;
  /** 18-character ids, taken from `identityUrl`. */
  orgId: string;
  userId: string;
  scopes: string[];
  issuedAt: Date;
  /** Claims of the id_token when one came; its signature is vouched for by TLS (OIDC Core §3.1.3.7). */
  nonce: string | null;
}

/** The part of `/services/oauth2/userinfo` that Orgdock keeps. */
export interface UserInfo {
  orgId: string;
  userId: string;
  username: string;
  displayName: string;
  email: string | null;
  /** Such as `en_US`. */
  locale: string | null;
  /** IANA zone, such as `Europe/Berlin`. */
  timeZone: string | null;
}

/**
 * How a refresh answer is to be read (design: outcomes). A success with `distrust` holds the only live refresh token,
 * so it is stored like every success, but its access token must not be used for data: the answer names another org,
 * or an address that Orgdock does not call. Fields that could not be read are empty strings then.
 */
export type RefreshOutcome =
  | { kind: 'success'; answer: TokenAnswer; distrust: Problem | null }
  | { kind: 'retry_later'; fault: SalesforceFault }
  | { kind: 'refused'; fault: SalesforceFault }
  | { kind: 'app_fault'; fault: SalesforceFault }
  | { kind: 'uncertain'; fault: SalesforceFault };

/**
 * How a token request without a person ended. It consumes nothing, so nothing is ever `uncertain`: an answer that was
 * lost is asked for again later. `unsent`: not one byte was written.
 */
export type ServiceOutcome =
  | Exclude<RefreshOutcome, { kind: 'uncertain' }>
  | { kind: 'unsent'; error: AppError };

/** One field of a token answer, for people. */
export interface AnswerField {
  name: string;
  /** Of a secret only its beginning. */
  value: string;
  /** Characters of the whole value when it is masked; null: it stands here whole. */
  maskedLength: number | null;
}

/** What became of a code that was exchanged by hand. Holds no token. */
export interface ExchangedByHand {
  fields: AnswerField[];
  /** `unknown`: without a consumer secret nobody can tell. */
  signature: 'verified' | 'wrong' | 'missing' | 'unknown';
  /** ISO instant. */
  issuedAt: string;
  /** The grant was given back at once. */
  revocation: Pick<Revocation, 'confirmed' | 'fault'>;
}

/** What a revocation came to. `sent: false` is certain: the token never left. */
export interface Revocation {
  sent: boolean;
  /** Salesforce said that the token is not valid any more. */
  confirmed: boolean;
  fault: SalesforceFault | null;
}

/** An access token for data calls, with the generation it belongs to. */
export interface AccessGrant {
  accessToken: string;
  instanceUrl: string;
  generation: number;
}

/** Where the client of data services gets its tokens from. `lib/connections` implements it. */
export interface TokenSource {
  /** The current access token. Throws `AppError` when the connection cannot serve calls. */
  current(): Promise<AccessGrant>;
  /** A newer access token than that of `generation`, which was answered with 401. */
  renew(generation: number): Promise<AccessGrant>;
  /** Notes the use of the connection. */
  used(): Promise<void>;
}

/** The org's daily API budget, from `Sforce-Limit-Info`. */
export interface ApiBudget {
  used: number;
  max: number;
}

/** What calls have cost and brought so far; `callSalesforce` and queries write it. */
export interface ApiMeter {
  calls: number;
  budget: ApiBudget | null;
  /** Records that queries have answered; null: none was answered yet. */
  rows: number | null;
}

export interface SalesforceClient {
  readonly source: TokenSource;
  /** Such as `66.0`. */
  readonly apiVersion: string;
  /** Before the access token in `Authorization`; left out: `Bearer`. */
  readonly headerPrefix?: string;
  /** Left out: 120 s, as long as a query may run in Salesforce. */
  readonly timeoutMs?: number;
  /** Left out: nobody counts. */
  readonly meter?: ApiMeter;
}

/** What Orgdock keeps of an org. */
export interface Organization {
  name: string;
  isSandbox: boolean;
  /** ISO 4217; null when the user may not read it. */
  defaultCurrency: string | null;
}

/** A version of an org's data services. */
export interface ApiVersion {
  /** Salesforce's own name, such as `Winter '27`. */
  label: string;
  /** Such as `68.0`. */
  version: string;
  /** `retired` ones answer 410; `deprecated` ones will. */
  state: 'current' | 'deprecated' | 'retired';
}

/** One page of a query as Salesforce answers it. */
export interface QueryPage {
  totalSize: number;
  done: boolean;
  /** Locator without its offset, such as `0r8xx5R2yF2gs3VASQ`; null when all rows came. */
  locator: string | null;
  records: Array<Record<string, unknown>>;
  budget: ApiBudget | null;
}

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
}

/** The part of a field's describe that Orgdock uses; names are Salesforce's own. */
export interface FieldDescribe {
  name: string;
  label: string;
  type: string;
  sortable: boolean;
  filterable: boolean;
  nillable: boolean;
  custom: boolean;
  length: number;
  precision: number;
  scale: number;
  nameField: boolean;
  /** A formula or roll-up summary. */
  calculated: boolean;
  /** Rich text, or a formula that makes links or pictures. */
  htmlFormatted: boolean;
  caseSensitive: boolean;
  groupable: boolean;
  aggregatable: boolean;
  /** Such as `plaintextarea`, `richtextarea`, `personname`. */
  extraTypeInfo: string | null;
  /** Such as `BillingAddress` of `BillingCity`. */
  compoundFieldName: string | null;
  referenceTo: string[];
  relationshipName: string | null;
  picklistValues: PicklistValue[];
}

/** Child records that point here. Those without a name cannot be queried from here and are left out. */
export interface ChildRelationship {
  relationshipName: string;
  childSObject: string;
  /** The child's field that points here. */
  field: string;
}

export interface SobjectDescribe {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string | null;
  custom: boolean;
  queryable: boolean;
  searchable: boolean;
  fields: FieldDescribe[];
  childRelationships: ChildRelationship[];
}

/** An object as the list of all objects names it. */
export interface GlobalSobject {
  name: string;
  label: string;
  labelPlural: string;
  /** The first three characters of its records' ids; null: it has no records of its own. */
  keyPrefix: string | null;
  custom: boolean;
  queryable: boolean;
  searchable: boolean;
  /** Has pages of its own in Salesforce; histories, shares and the like have none. */
  layoutable: boolean;
}

/** A record that a search found, with the fields that were asked for. */
export interface FoundRecord {
  sobject: string;
  id: string;
  fields: Record<string, unknown>;
}

/** What keeps an app or its user out of an org until a Salesforce administrator acts. */
export type ApprovalCase = 'not_installed' | 'blocked' | 'not_approved';

import type { SalesforceFault } from '@/lib/errors';

/** What an OAuth call needs to know of an app. The secret stays inside `lib/salesforce` and its callers. */
export interface OAuthApp {
  /** Origin of the authorize, token, revoke and introspect endpoints. */
  tokenHost: string;
  clientId: string;
  /** Null: a public client. */
  clientSecret: string | null;
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

/** What one spend of a refresh token came to. `sent: false` is certain: not one byte was written. */
export type SpendResult =
  | { kind: 'unsent'; reason: string }
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'lost'; reason: string };

/** How a refresh answer is to be read (design: outcomes). */
export type RefreshOutcome =
  | { kind: 'success'; answer: TokenAnswer }
  | { kind: 'retry_later'; fault: SalesforceFault }
  | { kind: 'refused'; fault: SalesforceFault }
  | { kind: 'app_fault'; fault: SalesforceFault }
  | { kind: 'uncertain'; fault: SalesforceFault };

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

export interface SalesforceClient {
  readonly source: TokenSource;
  /** Such as `66.0`. */
  readonly apiVersion: string;
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
  referenceTo: string[];
  relationshipName: string | null;
  picklistValues: PicklistValue[];
}

export interface SobjectDescribe {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string | null;
  queryable: boolean;
  fields: FieldDescribe[];
}

import type { SalesforceFault } from '@/lib/errors';

/** What an org answered of its own records; `not_permitted`: this user may not see them, which is no fault. */
export type Evidence<Row> =
  | { kind: 'rows'; rows: Row[] }
  | { kind: 'not_permitted'; salesforce: SalesforceFault | null };

/** One row of Login History. Ids have 18 characters. */
export interface LoginHistoryRow {
  id: string;
  userId: string;
  /** By the org's clock. */
  loginTime: Date;
  /** Such as `Remote Access 2.0`. */
  loginType: string | null;
  /** The address that the org saw. */
  sourceIp: string | null;
  /** `Success`, or why not, in Salesforce's words. */
  status: string | null;
  /** The app's label, or `Browser`. */
  application: string | null;
}

/** One live session. */
export interface AuthSessionRow {
  id: string;
  userId: string | null;
  createdAt: Date;
  lastModifiedAt: Date;
  /** Seconds that it lives without being used. */
  secondsValid: number;
  sourceIp: string | null;
  loginType: string | null;
  /** Such as `Oauth2` or `UI`. */
  sessionType: string | null;
  /** Of the login that began it; null: the org does not say. */
  loginHistoryId: string | null;
  /** The session that asked. */
  isCurrent: boolean;
}

/** One grant as the org keeps it; the columns that hold tokens are never read. */
export interface OauthTokenRow {
  id: string;
  appName: string | null;
  userId: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  useCount: number;
  /** False: the app is not installed in the org, so only its grants are known there. */
  isAppInstalled: boolean;
}

/** One change that somebody made in Setup. */
export interface SetupAuditTrailRow {
  id: string;
  /** Salesforce's own name of the action. */
  action: string;
  section: string | null;
  display: string | null;
  createdAt: Date;
  createdById: string | null;
}

/** An installed app and its policies. */
export interface ConnectedApplicationRow {
  id: string;
  name: string;
  /** Only users whom an administrator approved may use it. */
  adminApprovedUsersOnly: boolean;
  /** How long a refresh token lives, in the unit that Setup shows; null: until it is revoked. */
  refreshTokenValidityPeriod: number | null;
  /** True: counted from the last use; false: from the consent. */
  validityCountsFromLastUse: boolean;
}

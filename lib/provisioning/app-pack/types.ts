import type { AppType, ClientType, EnvironmentStatus } from '@/lib/environments/types';

export type { AppType } from '@/lib/environments/types';

/** Who may use the app in Salesforce: everybody consents for themselves, or holders of a permission set only. */
export type PermittedUsers = 'AllSelfAuthorized' | 'AdminApprovedPreAuthorized';

/** What is left to choose before the app is created. */
export interface AppChoice {
  permittedUsers: PermittedUsers;
  /** API name; only of `AdminApprovedPreAuthorized`. */
  permissionSet: string | null;
}

/** What Orgdock knows of an environment's app, for its metadata. */
export interface AppEnvironment {
  id: string;
  slug: string;
  name: string;
  origin: string;
  status: EnvironmentStatus;
  appType: AppType;
  clientType: ClientType;
  clientId: string;
  hasSecret: boolean;
  apiVersion: string;
  scopes: string[];
  redirectUri: string;
  /** Null: nobody is known whom Salesforce could write to. */
  contactEmail: string | null;
  idleLimitDays: number | null;
  absoluteLimitDays: number | null;
  expectedOrgId: string | null;
}

/** In the Metadata API's words. */
export type RefreshTokenPolicy =
  | { type: 'Infinite' }
  | { type: 'SpecificInactivity' | 'SpecificLifetime'; days: number };

/** How the app has to be set up for Orgdock. */
export interface WantedApp {
  developerName: string;
  label: string;
  description: string;
  contactEmail: string;
  callbackUrl: string;
  /** OAuth's names. */
  scopes: string[];
  /** False for a public client. */
  secretRequired: boolean;
  refreshToken: RefreshTokenPolicy;
  /** Null: either is fine. */
  permittedUsers: PermittedUsers | null;
  permissionSet: string | null;
}

export type SettingId =
  | 'app_type'
  | 'enabled'
  | 'oauth_enabled'
  | 'callback'
  | 'scopes'
  | 'pkce'
  | 'secret_web_server'
  | 'secret_refresh'
  | 'rotation'
  | 'permitted_users'
  | 'ip_relaxation'
  | 'refresh_policy';

/** One setting of the app: what it has to be, why, and where it is in Setup. */
export interface AppSetting {
  id: SettingId;
  /** As Setup calls it. */
  label: string;
  want: string;
  why: string;
  /** Click path in Setup. */
  path: string;
}

/** A generated package for the Metadata API. */
export interface AppPack {
  /** Path inside the package → XML. */
  files: Record<string, string>;
  developerName: string;
  label: string;
  /** Of the template that it was made from, and the day of that version. */
  version: string;
  date: string;
}

import type { SettingId } from '@/lib/provisioning/app-pack/types';

/** What is known of an app, from its org and from how its endpoints answer. Null: not visible. */
export interface AppFacts {
  /** False: the org lists no such app. */
  found: boolean | null;
  /** True: it is listed among the External Client Apps. */
  external: boolean | null;
  enabled: boolean | null;
  oauthEnabled: boolean | null;
  /** OAuth's names. */
  scopes: string[] | null;
  permittedUsers: string | null;
  ipRelaxation: string | null;
  refreshTokenType: string | null;
  refreshTokenPeriod: number | null;
  refreshTokenUnit: string | null;
  callbackUrls: string[] | null;
  secretRequiredForRefresh: boolean | null;
  /** Where the org does not say it: what its endpoints, and the last refresh, showed. */
  callbackRegistered: boolean | null;
  pkceRequired: boolean | null;
  secretRequired: boolean | null;
  rotation: boolean | null;
}

export interface DriftRow {
  id: SettingId;
  label: string;
  want: string;
  /** What there is; null: not visible. */
  seen: string | null;
  /** `unknown`: neither the org nor its endpoints show it. */
  state: 'same' | 'different' | 'unknown';
  why: string;
  /** Click path in Setup. */
  path: string;
}

/** The newest look at an app. */
export interface AppDrift {
  rows: DriftRow[];
  /** ISO instant; null: nobody has looked yet. */
  observedAt: string | null;
  developerName: string;
}

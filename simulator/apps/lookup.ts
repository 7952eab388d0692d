import { id18, isRecordId } from '@/simulator/seed/ids';
import type { SimApp, SimOrg, SimUser, StagedPair } from '@/simulator/types';

/** "Staged credentials are valid for 30 days unless they're deleted before then" (App Oauth Staged Credentials). */
export const STAGED_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether the app and its OAuth plugin are both on. */
export function isOn(app: SimApp): boolean {
  return app.enabled && app.oauthEnabled;
}

/** The app of this record id, in 15 or 18 characters. */
export function appByRecordId(org: SimOrg, id: string): SimApp | null {
  return isRecordId(id) ? (org.apps.find((app) => app.id === id18(id)) ?? null) : null;
}

/** Developer names are unique without regard to case. */
export function appByName(org: SimOrg, developerName: string): SimApp | null {
  const wanted = developerName.toLowerCase();
  return org.apps.find((app) => app.developerName.toLowerCase() === wanted) ?? null;
}

/** Who may see and change External Client Apps here: the one profile with the permissions for it. */
export function managesApps(user: SimUser): boolean {
  return user.profileName === 'System Administrator';
}

/** The second pair, or null when there is none or its 30 days are over. */
export function stagedPairOf(app: SimApp, now: number): StagedPair | null {
  const { staged } = app;
  return staged && now - staged.createdAt <= STAGED_LIFETIME_MS ? staged : null;
}

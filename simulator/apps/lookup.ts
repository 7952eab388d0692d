import { id18, isRecordId } from '@/simulator/seed/ids';
import type { SimApp, SimOrg, SimUser } from '@/simulator/types';

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

import type { SimOrg } from '@/simulator/types';

/** The permission set that the demo orgs have, by its API name, and whose it is. */
const ASSIGNED: Readonly<Record<string, readonly string[]>> = { Orgdock_User: ['ada', 'grace'] };

export function isPermissionSet(name: string): boolean {
  return Object.hasOwn(ASSIGNED, name);
}

/** The usernames that hold at least one of the permission sets, or have one of the profiles. */
export function usersWith(
  org: SimOrg,
  { permissionSets, profiles }: { permissionSets: readonly string[]; profiles: readonly string[] },
): string[] {
  const holders = permissionSets.flatMap((name) => ASSIGNED[name] ?? []);
  return org.users
    .filter(({ username, profileName }) => {
      return profiles.includes(profileName) || holders.includes(username.split('@')[0] ?? '');
    })
    .map(({ username }) => username);
}

import { checkOrigin, isCommonLoginHost } from '@/lib/egress/hosts';
import type { SetupLinks } from '@/lib/provisioning/approval/types';

/**
 * Pages of Setup at an org's own host. Null: the address is one that all orgs share, or none that Orgdock would call.
 * Pure but for ORGDOCK_ALLOW_HOSTS.
 */
export function setupLinksOf(origin: string): SetupLinks | null {
  const host = allowedOrigin(origin);
  if (host === null) return null;
  const page = (name: string) => `${host}/lightning/setup/${name}/home`;
  return {
    connectedAppsUsage: page('ConnectedAppsUsage'),
    manageConnectedApps: page('ConnectedApplication'),
    externalClientApps: page('ManageExternalClientApplication'),
    permissionSets: page('PermSets'),
  };
}

function allowedOrigin(origin: string): string | null {
  try {
    const url = checkOrigin(origin);
    return isCommonLoginHost(url.origin) ? null : url.origin;
  } catch {
    return null;
  }
}

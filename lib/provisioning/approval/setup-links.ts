import { checkOrigin } from '@/lib/egress/hosts';
import type { SetupLinks } from '@/lib/provisioning/approval/types';

const SHARED_HOSTS = new Set(['login.salesforce.com', 'test.salesforce.com']);

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
    return SHARED_HOSTS.has(url.hostname) ? null : url.origin;
  } catch {
    return null;
  }
}

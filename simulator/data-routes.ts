import type { RouteTable, SimOrg } from '@/simulator/types';

/** The data resources of an org. */
export function createDataRoutes(_org: SimOrg): RouteTable {
  return [];
}

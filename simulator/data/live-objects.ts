import { appObjects } from '@/simulator/apps/app-objects';
import type { LiveObject } from '@/simulator/data/live-table';
import type { OrgState } from '@/simulator/state/org-state';

/** The objects of an org whose rows are what happens in it. `state` is asked anew: a reset replaces it. */
export function liveObjects(state: () => OrgState): readonly LiveObject[] {
  return [...appObjects(state)];
}

import type { OrgState } from '@/simulator/state/org-state';
import type { SimRequest, SimResponse, SimSession } from '@/simulator/types';

/** What a resource of an administrator works with. `root` is `/services/data/vXX.X`. */
export interface AdminCall {
  readonly request: SimRequest;
  readonly session: SimSession;
  readonly state: OrgState;
  readonly root: string;
}

export type AdminResource = (call: AdminCall) => SimResponse;

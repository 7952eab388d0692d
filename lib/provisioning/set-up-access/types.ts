import type { GrantPurpose } from '@/lib/connections/types';

/** An environment whose app works in the same org: set-up access is given through it. */
export interface SetUpWay {
  slug: string;
  name: string;
}

/** One's own grant in the org that could set the app up. */
export interface SetUpConnection {
  id: string;
  purpose: GrantPurpose;
  username: string;
  orgName: string | null;
  environmentName: string;
  /** False: it needs a new consent first. */
  usable: boolean;
  /** ISO instant of its consent. */
  since: string;
}

export interface SetUpAccess {
  ways: SetUpWay[];
  connections: SetUpConnection[];
}

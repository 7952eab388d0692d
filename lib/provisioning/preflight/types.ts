import type { CheckResult } from '@/db/schema/provisioning';

export type { CheckResult } from '@/db/schema/provisioning';

export type CheckState = CheckResult['state'];

/** When and how something of an environment can be known at all. */
export type KnownBy = CheckResult['knownBy'];

/** One run of "Test connection". */
export interface PreflightReport {
  id: string;
  /** ISO instants. */
  startedAt: string;
  finishedAt: string;
  /** Null: the person is not in the portal any more. */
  startedBy: string | null;
  /** The worst of the checks whose answer can be known. */
  state: CheckState;
  checks: CheckResult[];
}

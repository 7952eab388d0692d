import type { FaultSpec } from '@/simulator/faults/spec';
import type { GrantEnd } from '@/simulator/state/grants';
import type { LedgerCounts, LedgerEntry } from '@/simulator/types';

/** What the control API says of an org. */
export interface OrgSummary {
  name: string;
  companyName: string;
  origin: string;
  instanceUrl: string;
  orgId: string;
  clientId: string;
  apiUsed: number;
  apiMax: number;
}

/** What the control API says of a grant; never a token itself. */
export interface GrantSummary {
  id: number;
  username: string;
  clientId: string;
  scopes: readonly string[];
  /** Simulated time, milliseconds since the epoch. */
  createdAt: number;
  rotations: number;
  /** Hash of the refresh token that works now. */
  refreshToken: string | null;
  ended: GrantEnd | null;
}

export interface FaultSummary {
  id: number;
  spec: FaultSpec;
  left: number | null;
}

export interface LedgerAnswer {
  entries: LedgerEntry[];
  counts: LedgerCounts;
}

import type { FaultSpec } from '@/simulator/faults/spec';
import type { GrantEnd } from '@/simulator/state/grants';
import type { LedgerCounts, LedgerEntry } from '@/simulator/types';

/** What the control API says of an External Client App. */
export interface AppSummary {
  /** 18-character id, prefix 0xI. */
  id: string;
  developerName: string;
  label: string;
  clientId: string;
  /** Made by a deployment. */
  isDeployed: boolean;
}

/** What the control API says of an org. */
export interface OrgSummary {
  name: string;
  companyName: string;
  origin: string;
  instanceUrl: string;
  orgId: string;
  /** Of the app that the org came with. */
  clientId: string;
  apps: AppSummary[];
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

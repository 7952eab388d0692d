import type { Ledger } from '@/simulator/ledger';
import type { OrgState } from '@/simulator/state/org-state';
import type { LedgerEntry, SimRequest, SimResponse } from '@/simulator/types';

/** One request on its way through an org. */
export interface Exchange {
  readonly state: OrgState;
  readonly request: SimRequest;
  readonly form: URLSearchParams;
  /** Sizes on the wire: Salesforce limits both. */
  readonly uriBytes: number;
  readonly headerBytes: number;
  readonly entry: LedgerEntry;
  readonly ledger: Ledger;
  /** The slow part of the work, when a fault makes it slow. An endpoint that locks calls it under its lock. */
  readonly pause: () => Promise<void>;
}

/** An endpoint of OAuth or a page of the org. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly pattern: string;
  /** Query parameters that it knows. */
  readonly parameters: readonly string[];
  /** Form parameters that it knows. */
  readonly form?: readonly string[];
  /** It calls `pause` itself. */
  readonly pausesItself?: boolean;
  readonly handle: (exchange: Exchange) => SimResponse | Promise<SimResponse>;
}

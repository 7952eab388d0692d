import type { EnvironmentKind } from '@/lib/environments/types';

/** A host that might be the one asked for, and what speaks for it. */
export interface Candidate {
  /** Such as `https://acme.my.salesforce.com`; Orgdock may call it. */
  origin: string;
  why: string;
}

/** What the text of an address says by itself, before any host is asked. */
export interface AddressReading {
  /** Most likely first; never empty. */
  candidates: Candidate[];
  /** Whole sentences. */
  notes: string[];
}

export type HostOutcome =
  /** It answers as a Salesforce org. */
  | 'found'
  /** It sends to another host, or its document names one. */
  | 'moved'
  | 'unresolvable'
  | 'private'
  | 'certificate'
  | 'unreachable'
  /** It answers, and not as a Salesforce org. */
  | 'no_document';

/** What asking one host has shown. */
export interface HostCheck extends Candidate {
  outcome: HostOutcome;
  /** What was seen, as a whole sentence. */
  evidence: string;
  /** Of `moved`: where to; null when Orgdock does not call it. */
  movedTo: string | null;
}

/** What Orgdock proposes for an address, and everything that it tried. */
export interface HostReport {
  proposal: {
    origin: string;
    /** What the host name says of the org; null: nothing. */
    kind: EnvironmentKind | null;
    /** `login` or `test`: no External Client App of an org works through them. */
    lastResort: boolean;
  } | null;
  /** In the order in which they were tried. */
  checks: HostCheck[];
  notes: string[];
}

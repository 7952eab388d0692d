import type { CauseCode, Certainty } from '@/lib/connections/types';
import type { EnvironmentKind } from '@/lib/environments/types';
import type { ErrorCode, SalesforceFault } from '@/lib/errors';

/** What is known at the moment in which Salesforce refused a grant; times are the database's. */
export interface Evidence {
  now: Date;
  /** Orgdock's reading of Salesforce's words. */
  code: ErrorCode;
  fault: SalesforceFault | null;
  environment: {
    kind: EnvironmentKind;
    idleLimitDays: number | null;
    absoluteLimitDays: number | null;
    /** When the consumer secret was last entered here; null: there is none. */
    secretChangedAt: Date | null;
  };
  grant: { orgId: string; instanceUrl: string; consentedAt: Date; retrievedAt: Date };
  /** Earlier requests with this very refresh token whose outcome nobody knows, oldest first. */
  unsettled: Date[];
  /** When an introspection said that this refresh token does not work any more. */
  inactiveAt: Date | null;
  /** Why the stored token may be an old one: the database was restored. */
  restored: string | null;
  /** Sentences that were noted before the end came: a sixth consent. */
  noted: string[];
  /** Living grants of the same Salesforce user and app that were consented to later. */
  youngerGrants: number;
  /** Other grants that Salesforce ended without saying why within the last quarter of an hour. */
  endedNearby: {
    /** Of other users of the same app. */
    ofApp: number;
    /** Of the same Salesforce user. */
    ofUser: number;
  };
  /** When Salesforce last accepted another grant of the same app, or a login of the same user. */
  accepted: { app: Date | null; user: Date | null };
  /** What a success that is not trusted said. */
  answer: { orgId: string; instanceUrl: string } | null;
}

/** One way to end that fits the evidence. */
export interface Candidate {
  cause: CauseCode;
  certainty: Certainty;
  evidence: string[];
}

/** The cause that fits best, the facts that speak for it, and what fits as well, best first. */
export interface NamedCause extends Candidate {
  alsoPossible: CauseCode[];
}

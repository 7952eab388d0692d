/** Which grants of a review are shown; what is set narrows it. */
export interface ReviewFilter {
  undecided: boolean;
  /** Not used for 90 days when the review began. */
  unused: boolean;
  /** With the scope `full`. */
  full: boolean;
  page: number;
}

/** How far a review has come. Instants are ISO. */
export interface ReviewSummary {
  id: string;
  /** `All environments`, or the name of one. */
  scope: string;
  startedBy: string;
  startedAt: string;
  closed: { by: string; at: string } | null;
  grants: number;
  kept: number;
  revoked: number;
}

export type Decision = 'keep' | 'revoke';

/**
 * What the grant of an undecided item is now. `replaced`: its owner has reconnected. `ended`: it is disconnected, or its
 * connection is gone. Only what is unchanged can be decided.
 */
export type Standing = 'unchanged' | 'replaced' | 'ended';

/**
 * What became of a revocation. `revoking`: Salesforce is asked now, or within the minute. `ended`: Salesforce had ended
 * the grant before. `unconfirmed`: asked again later, until it answers. `unsendable`: nobody asks by itself, so it is ended in Salesforce. `unknown`: its audit row has been removed.
 */
export type RevocationOutcome = 'revoking' | 'confirmed' | 'ended' | 'unconfirmed' | 'unsendable' | 'unknown';

/** A grant as it stood when the review began, and what was decided. Instants are ISO. */
export interface ReviewItem {
  connectionId: string;
  grantId: string;
  /** The person, or the name of the service connection. */
  owner: string;
  isService: boolean;
  environmentName: string;
  orgId: string;
  username: string;
  scopes: string[];
  connectedAt: string;
  lastUsedAt: string | null;
  standing: Standing;
  note: string;
  decided: { decision: Decision; by: string; at: string } | null;
  /** Null: it was not revoked. */
  outcome: RevocationOutcome | null;
}

export interface ReviewPage {
  review: ReviewSummary;
  items: ReviewItem[];
  /** Of the filter. */
  total: number;
  page: number;
  pages: number;
  /** In the whole review: undecided grants that can still be decided, and those that have changed. */
  undecided: number;
  changed: number;
}

/** What a decision did. */
export interface DecisionReport {
  decided: number;
  /** Usernames of grants that were left as they are, because they are not what was reviewed any more. */
  left: string[];
}

import type { RevocationPreview } from '@/lib/custody/types';

export type BreachScopeKind = 'all' | 'environment' | 'person';

/** What a breach is to end, as a link or a form names it: an environment by slug, a person by id, e-mail or username. */
export interface BreachChoice {
  kind: BreachScopeKind;
  /** Empty: everything. */
  name: string;
}

/** What became of a grant. `gave_up`: seven days of tries, and no org has confirmed it. */
export type BreachOutcome = 'confirmed' | 'ended' | 'unsendable' | 'gave_up';

export type BreachProof = 'introspection' | 'refused_use' | 'answer' | 'elsewhere';

/** Somebody whose sessions end. */
export interface SessionsOf {
  id: string;
  name: string;
  sessions: number;
}

/** What pressing the button would do. */
export interface BreachPreview {
  /** The scope by slug or id, for the form that presses. */
  choice: BreachChoice;
  /** To be typed: the name of the environment or of the person, or `everything`. */
  scopeName: string;
  grants: RevocationPreview;
  /** Of the connections: tokens that are not sent, as they may be spent ones, and that Salesforce has ended already. */
  unsent: { unsendable: number; ended: number };
  /** Live sessions but the asker's present one. */
  sessions: number;
  /** Whose, most sessions first. */
  sessionsOf: SessionsOf[];
  signInLinks: number;
  /** As it was said the last time; null: nobody has said. */
  backupDays: number | null;
}

/** One press of the button, in the list of all. */
export interface BreachSummary {
  id: string;
  kind: BreachScopeKind;
  scopeName: string;
  startedByName: string;
  /** ISO instants. */
  startedAt: string;
  finishedAt: string | null;
  grants: number;
  /** Ended for certain, as far as it is written down. */
  ended: number;
}

/** A grant of a breach and how far its end has come. */
export interface BreachGrant {
  kind: 'connection' | 'stray';
  id: string;
  grantId: string;
  /** Null: the portal itself, or nobody knows. */
  ownerName: string | null;
  environmentName: string;
  orgId: string | null;
  username: string | null;
  scopes: string[] | null;
  /** Null: it goes on. */
  outcome: BreachOutcome | null;
  proof: BreachProof | null;
  /** At the last try that did not work, in the words of whoever said it. */
  error: string | null;
  /** ISO instants. Null: not known to have ended, or still sealed. */
  endedAt: string | null;
  forgottenAt: string | null;
  /** When it is tried again; null: it is about to be, or nobody tries any more. */
  nextAt: string | null;
}

export interface BreachCounts {
  grants: number;
  confirmed: number;
  ended: number;
  unsendable: number;
  gaveUp: number;
  /** Being tried now, or about to be. */
  revoking: number;
  /** Waiting for their next try. */
  waiting: number;
}

/** One press of the button with everything that it ends. */
export interface Breach {
  id: string;
  kind: BreachScopeKind;
  scopeId: string | null;
  scopeName: string;
  reason: string;
  startedBy: string;
  startedByName: string;
  /** ISO instants. */
  startedAt: string;
  finishedAt: string | null;
  endsSessions: boolean;
  sessionsEnded: number;
  /** How long backups are kept; null: nobody has said. */
  backupDays: number | null;
  /** Until when they may hold the sealed values; null: nobody has said, or it has not finished. */
  backupsUntil: string | null;
  counts: BreachCounts;
  /** What needs somebody first, then what goes on, then what has ended. */
  grants: BreachGrant[];
}

import type { ConnectionId } from '@/lib/context';
import type { EnvironmentSummary } from '@/lib/environments/types';
import type { SalesforceFault } from '@/lib/errors';

/** What a person sees of a connection's health. `app_refused`: Salesforce refuses the app, not this grant. */
export type Health =
  | 'healthy'
  | 'app_refused'
  | 'refreshing'
  | 'unknown'
  | 'needs_reconnect'
  | 'revoking'
  | 'disconnected';

/** The known ways in which a grant ends, or in which only something of it does (`session_killed`, `instance_moved`). */
export type CauseCode =
  | 'replayed'
  | 'answer_lost'
  | 'revoked'
  | 'password_changed'
  | 'user_inactive'
  | 'not_approved'
  | 'evicted'
  | 'idle_limit'
  | 'absolute_limit'
  | 'app_blocked'
  | 'secret_rotated'
  | 'ip_restricted'
  | 'sandbox_refreshed'
  | 'org_closed'
  | 'session_killed'
  | 'instance_moved'
  | 'app_changed'
  | 'unknown';

/** `certain`: Salesforce said so, or it follows from its answer. `likely`: our own facts speak for it. */
export type Certainty = 'certain' | 'likely' | 'possible';

/** Why a connection ended, as far as Orgdock can tell. */
export interface ConnectionCause {
  code: CauseCode;
  certainty: Certainty;
  title: string;
  /** What such an end is, in a sentence or two. */
  meaning: string;
  /** Whole sentences with dates (UTC). */
  evidence: string[];
  /** What fits as well, best first. */
  alsoPossible: Array<{ code: CauseCode; title: string }>;
  /** Where the next step is taken: by a new consent, on the environment's page, or in Salesforce by its administrator. */
  step: 'reconnect' | 'environment' | 'salesforce';
}

/** What a successful refresh showed: a session that was ended before its time, or an org at a new address. */
export type TokenEvent =
  | { event: 'session_killed'; lastUsedAt: string }
  | { event: 'instance_moved'; from: string; to: string };

export interface ConnectionProblem {
  code: string;
  /** Null: nobody has looked for one, because the grant has not ended. */
  cause: ConnectionCause | null;
  /** Our words: what happened. */
  message: string;
  nextStep: string;
  salesforce: SalesforceFault | null;
  /** ISO instant. */
  at: string;
}

export interface ConnectionSummary {
  id: string;
  environment: EnvironmentSummary;
  orgId: string;
  orgName: string | null;
  username: string;
  userDisplayName: string;
  health: Health;
  problem: ConnectionProblem | null;
  /** ISO instants. */
  lastUsedAt: string | null;
  createdAt: string;
}

export interface ConnectionDetail extends ConnectionSummary {
  salesforceUserId: string;
  instanceUrl: string;
  tokenHost: string;
  scopes: string[];
  generation: number;
  /** ISO instant of the current token pair. */
  retrievedAt: string;
  revocation: 'none' | 'pending' | 'confirmed' | 'unconfirmed';
  disconnectedAt: string | null;
  /** Of the Salesforce user. */
  locale: string | null;
  timeZone: string | null;
  defaultCurrency: string | null;
  apiVersion: string;
}

/** A connection that the person who asks may use. Minted by `requireConnection` only. */
export type AuthorisedConnection = ConnectionDetail & { readonly id: ConnectionId };

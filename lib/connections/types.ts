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

export interface ConnectionProblem {
  code: string;
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
  /** ISO instant at which Orgdock asks again by itself; null: it does not. */
  revocationNextAt: string | null;
  disconnectedAt: string | null;
  /** Of the Salesforce user. */
  locale: string | null;
  timeZone: string | null;
  defaultCurrency: string | null;
  apiVersion: string;
}

/** A connection that the person who asks may use. Minted by `requireConnection` only. */
export type AuthorisedConnection = ConnectionDetail & { readonly id: ConnectionId };

/** A consent that would make Salesforce end an older grant of the same user and app. */
export interface EvictionWarning {
  environmentId: string;
  /** The Salesforce user as people know them, such as `Ada Lovelace`. */
  userName: string;
  username: string;
  orgName: string;
  /** How many Orgdock knows of; there may be others that it does not. */
  liveGrants: number;
  /** The one that ends. */
  oldest: {
    /** In words for who reads them, such as `you` or `another person of this portal`. */
    holder: string;
    environmentName: string;
    /** ISO instant of its consent. */
    since: string;
  };
}

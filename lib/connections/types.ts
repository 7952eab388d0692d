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

/** How a service connection gets its access tokens. */
export type ServiceFlow = 'jwt_bearer' | 'client_credentials' | 'password';

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
  /** Of a service connection: the portal holds it, and it was shared with the person who asks. Null: one's own. */
  service: { name: string; flow: ServiceFlow } | null;
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

/** When a grant ends by the policy of its app unless it is refreshed before. ISO instants. */
export interface ConnectionForecast {
  /** Null: no limit is known. */
  endsAt: string | null;
  /** Against the absolute limit only a new consent helps. */
  endsBy: 'idle' | 'absolute' | null;
  /** Whether Orgdock refreshes it by itself. */
  keepAlive: boolean;
  /** From when it does; null: it need not. */
  keepAliveAt: string | null;
}

/** A connection that the person who asks may use. Minted by `requireConnection` only. */
export type AuthorisedConnection = ConnectionDetail & { readonly id: ConnectionId };

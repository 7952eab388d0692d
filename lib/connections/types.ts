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

/** What a grant was given for: to read records, or to set an app up in its org. */
export type GrantPurpose = 'runtime' | 'bootstrap';

/** How a service connection gets its access tokens. */
export type ServiceFlow = 'jwt_bearer' | 'client_credentials' | 'password';
/** The known ways in which a grant ends, or in which only something of it does (`session_killed`, `instance_moved`). */
export const CAUSE_CODES = [
  'replayed',
  'answer_lost',
  'revoked',
  'password_changed',
  'user_inactive',
  'not_approved',
  'five_grants',
  'idle_limit',
  'absolute_limit',
  'app_blocked',
  'secret_rotated',
  'secret_applied',
  'ip_restricted',
  'sandbox_refreshed',
  'org_closed',
  'session_killed',
  'instance_moved',
  'app_changed',
  'unknown',
] as const;
export type CauseCode = (typeof CAUSE_CODES)[number];

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

/** How Orgdock finds out what became of a refresh whose answer is missing. */
export interface Settling {
  /** ISO instant at which the request may have been sent at the latest; null: not known yet. */
  since: string | null;
  /** ISO instant from which nothing of it can still be on its way. */
  until: string | null;
  /** It asks whether the token still works, tries once more, or leaves it. */
  how: 'introspect' | 'one_try' | 'leave';
}

/** One time that a token left Orgdock, and what came of it. */
export interface TokenAttempt {
  id: string;
  /** ISO instant. */
  at: string;
  purpose: 'refresh' | 'revoke' | 'introspect';
  trigger: AttemptTrigger | null;
  /** Null: nobody knows yet. */
  outcome: AttemptOutcome | null;
  durationMs: number | null;
  httpStatus: number | null;
  /** Why, in the words of whoever said it. */
  words: { by: 'salesforce' | 'orgdock'; error: string; description: string | null } | null;
  /** The token pair that it spent or asked about. */
  generation: number;
  /** False: of a grant that was replaced since. */
  ofThisGrant: boolean;
  /** Which process of Orgdock: a name for as long as it runs. */
  process: string;
  events: TokenEvent[];
}

export type AttemptTrigger =
  | 'expired'
  | 'keep_alive'
  | 'settle'
  | 'verify'
  | 'disconnect'
  | 'retry'
  | 'superseded'
  | 'refused'
  | 'everything';

export type AttemptOutcome =
  | 'landed'
  | 'unsent'
  | 'retry_later'
  | 'refused'
  | 'app_fault'
  | 'uncertain'
  | 'revoked'
  | 'late'
  | 'active'
  | 'inactive'
  | 'unconsumed';

/** Some attempts, the newest first. */
export interface AttemptPage {
  attempts: TokenAttempt[];
  /** Where the older ones begin; null: these are the oldest. */
  older: string | null;
}

export interface ConnectionSummary {
  id: string;
  /** What programs call it by, unique in its environment; it outlives reconnecting and disconnecting. */
  alias: string | null;
  environment: EnvironmentSummary;
  orgId: string;
  orgName: string | null;
  username: string;
  userDisplayName: string;
  /** Of a service connection: the portal holds it, and it was shared with the person who asks. Null: one's own. */
  service: { name: string; flow: ServiceFlow } | null;
  purpose: GrantPurpose;
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
  /** ISO instant of the consent that the current grant came from. */
  consentedAt: string;
  lastUsedByOwner: boolean;
  /** While the outcome of a refresh is unknown. */
  settling: Settling | null;
  revocation: 'none' | 'pending' | 'confirmed' | 'unconfirmed';
  /** ISO instant at which Orgdock asks again by itself; null: it does not. */
  revocationNextAt: string | null;
  disconnectedAt: string | null;
  /** Of the Salesforce user. */
  locale: string | null;
  timeZone: string | null;
  defaultCurrency: string | null;
  apiVersion: string;
  /** Before the access token in `Authorization`. */
  headerPrefix: string;
  queryTimeoutSeconds: number;
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

/** What administrators and auditors see of anybody's grant in the list of all; never a token. */
export interface GrantRow {
  id: string;
  environment: EnvironmentSummary;
  /** Null: a service connection, which the portal itself holds. */
  owner: string | null;
  /** Of a service connection. */
  name: string | null;
  orgId: string;
  orgName: string | null;
  username: string;
  purpose: GrantPurpose;
  health: Health;
  scopes: string[];
  generation: number;
  /** ISO instants. */
  retrievedAt: string;
  lastUsedAt: string | null;
  /** Name of the person; null: nobody yet, or somebody who is gone. */
  lastUsedBy: string | null;
  forecast: ConnectionForecast;
}

/** Everything there is to know of anybody's grant, but no token and no record. */
export interface GrantCustody {
  connection: ConnectionDetail;
  owner: string | null;
  name: string | null;
  lastUsedBy: string | null;
  forecast: ConnectionForecast;
}

/** A grant that no connection holds any more and that is still to be revoked at its org. */
export interface StrayGrant {
  id: string;
  environment: EnvironmentSummary;
  orgId: string | null;
  salesforceUserId: string | null;
  tokenHost: string;
  why: string;
  /** ISO instants. */
  since: string;
  nextAt: string;
  tries: number;
  salesforce: SalesforceFault | null;
}

/** An answer of Salesforce that waits on disk to be stored, as an operator sees it. Never holds a token. */
export interface WaitingAnswer {
  attemptId: string;
  /** ISO instant. */
  writtenAt: string;
  /** Null: the file cannot be read, which `problem` explains. */
  connectionId: string | null;
  generation: number | null;
  problem: string | null;
}

/** A connection that the person who asks may use. Minted by `requireConnection` only. */
export type AuthorisedConnection = ConnectionDetail & { readonly id: ConnectionId };

declare const readable: unique symbol;
/** One whose records its reader may see: minted by `requireReadable` only. */
export type ReadableConnection = AuthorisedConnection & { readonly [readable]: true };

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

/** A connection as it was found a moment ago, and whether its environment's records were open to the person then. */
export interface FoundConnection {
  connection: AuthorisedConnection;
  usable: boolean;
}

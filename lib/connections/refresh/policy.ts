import { processWide } from '@/lib/registry';

/** Every duration of the refresh protocol, in milliseconds, in one place. */
export interface RefreshPolicy {
  /** How long a claim is its holder's, unless renewed. An expired one is never taken over: its outcome is unknown. */
  leaseMs: number;
  /** How often a holder renews its lease. */
  renewEveryMs: number;
  /** From before the claim (or its last renewal) was sent to the first written byte; well inside the lease. */
  sendWithinMs: number;
  /** How long a caller waits for somebody's refresh. The refresh itself goes on. */
  callerWaitMs: number;
  /** First and longest pause after which a waiting process looks whether another one's refresh has landed. */
  poll: { first: number; longest: number };
  /** First and longest pause between two tries to write down an answer. */
  storePauseMs: { first: number; longest: number };
  /** How long a consent tries to store its grant before it fails; a person is waiting. */
  consentStoreMs: number;
  /** First and longest pause of a connection after Salesforce could not be reached or said "later". */
  backoffMs: { first: number; longest: number };
  /** How long nobody of an environment refreshes after Salesforce refused the app itself. */
  appPauseMs: number;
  /** From the last moment at which a lost request may have been sent to asking about its token. */
  settleAfterMs: number;
  /** How long one process settles before another may. */
  settleLeaseMs: number;
  /** How long a consumed token's answer may still come from its holder or a spool, before a reconnect is asked for. */
  settleGraceMs: number;
  /** First and longest pause of settling while Salesforce cannot be asked. */
  settlePauseMs: { first: number; longest: number };
  /** A spooled answer this old is not its holder's any more, so any process may store it. */
  spoolAgeMs: number;
  /** A heartbeat in the database this old at a start tells of a restored backup. */
  heartbeatAgeMs: number;
  /** How long an opened access token stays in memory, and how many do. */
  cacheMs: number;
  cacheSize: number;
}

/** The policy of this process. */
export function refreshPolicy(): RefreshPolicy {
  return processWide('connections.policy', () => ({
    leaseMs: 60_000,
    renewEveryMs: 20_000,
    sendWithinMs: 20_000,
    callerWaitMs: 10_000,
    poll: { first: 100, longest: 1_000 },
    storePauseMs: { first: 50, longest: 2_000 },
    consentStoreMs: 20_000,
    backoffMs: { first: 1_000, longest: 60_000 },
    appPauseMs: 60_000,
    settleAfterMs: 120_000,
    settleLeaseMs: 60_000,
    settleGraceMs: 120_000,
    settlePauseMs: { first: 30_000, longest: 600_000 },
    spoolAgeMs: 30_000,
    heartbeatAgeMs: 900_000,
    cacheMs: 300_000,
    cacheSize: 500,
  }));
}

/** What an environment says unless somebody changed it; the policy's own time is meant for it. */
const USUAL_SECONDS = 10;

/** How long a caller waits in an environment with this authentication timeout. */
export function callerWaitOf(authenticationTimeoutSeconds: number): number {
  return authenticationTimeoutSeconds === USUAL_SECONDS
    ? refreshPolicy().callerWaitMs
    : authenticationTimeoutSeconds * 1_000;
}

/** A pause that doubles with every failure, with half of it random so that processes do not march in step. */
export function pauseAfter(failures: number, range: { first: number; longest: number }): number {
  const pause = Math.min(range.longest, range.first * 2 ** Math.min(failures, 30));
  return pause / 2 + (Math.random() * pause) / 2;
}

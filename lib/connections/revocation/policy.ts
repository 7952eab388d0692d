import { pauseAfter } from '@/lib/connections/refresh/policy';
import { processWide } from '@/lib/registry';

/** Every number of the revocation queue, in one place. Durations are in milliseconds. */
export interface RevocationPolicy {
  /** First and longest pause between two tries; half of it is random. */
  pauseMs: { first: number; longest: number };
  /** How long a revocation that no org confirms is tried by itself. */
  giveUpMs: number;
  /** How long a question waits that only verifies: the answer of the revoke endpoint stands without it. */
  verifyMs: number;
  /** How long a stray grant is tried to be queued before it is revoked without that. */
  queueMs: number;
  /** How many revocations of one piece of work are sent at a time. */
  concurrency: number;
  /** How many rows a sweep reads at a time, and how long it goes on. */
  sweepBatch: number;
  sweepMs: number;
}

/** The policy of this process. */
export function revocationPolicy(): RevocationPolicy {
  return processWide('connections.revocationPolicy', () => ({
    pauseMs: { first: 2 * 60_000, longest: 6 * 3_600_000 },
    giveUpMs: 7 * 24 * 3_600_000,
    verifyMs: 10_000,
    queueMs: 20_000,
    concurrency: 8,
    sweepBatch: 100,
    sweepMs: 45_000,
  }));
}

/** Milliseconds until the next try, after this many. */
export function pauseAfterTries(tries: number): number {
  return Math.round(pauseAfter(Math.max(0, tries - 1), revocationPolicy().pauseMs));
}

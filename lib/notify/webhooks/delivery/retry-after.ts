const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waiting times after the first, second … try that failed: about three days in all (Standard Webhooks, "Deliverability"). */
export const WAITS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/**
 * How long to wait after the try with this number (from 1) has failed, up to a tenth longer so that receivers which failed
 * together are not asked together; null: it was the last. `random`: from 0 to 1.
 */
export function retryAfterMs(tries: number, random: number): number | null {
  const wait = WAITS_MS[tries - 1];
  return wait === undefined ? null : Math.round(wait * (1 + random / 10));
}

/**
 * The value that this share (0 to 1) of all values does not exceed, by the nearest rank: a value that was measured,
 * never one in between. NaN without values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

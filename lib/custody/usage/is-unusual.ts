/** Fewer rows in an hour than this are never unusual. */
export const LEAST_ROWS = 1_000;
const TIMES = 5;

/** Whether the rows of one hour are out of the ordinary: more than 5 times the median hour, and at least 1,000. */
export function isUnusual({ rows, median }: { rows: number; median: number }): boolean {
  return rows >= LEAST_ROWS && rows > TIMES * median;
}

// @ts-check
import { readFileSync } from 'node:fs';

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * What a run of `npm test` said at its end.
 * @param {string} output
 * @returns {[number, number, number] | null} passed, failed, skipped
 */
export function lastCounts(output) {
  const match = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(output.trimEnd().split('\n').at(-1) ?? '');
  return match && [Number(match[1]), Number(match[2]), Number(match[3])];
}

/**
 * A runner that failed in a way that none of its tests shows (a file that does not load, a failed set-up, no test at
 * all) counts as one failure.
 * @param {Counts} counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
function withHiddenFailure(counts, exitCode) {
  const ran = counts.passed + counts.failed + counts.skipped;
  if (counts.failed === 0 && (exitCode !== 0 || ran === 0)) return { ...counts, failed: 1 };
  return counts;
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} file report of vitest's JSON reporter
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function vitestCounts(file, exitCode) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    (/** @type {{status: string, assertionResults: unknown[]}} */ suite) =>
      suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
  return withHiddenFailure(counts, exitCode);
}

/**
 * @param {string} file report of Playwright's JSON reporter
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function playwrightCounts(file, exitCode) {
  const stats = read(file)?.stats;
  if (!stats) return { passed: 0, failed: 1, skipped: 0 };
  // A flaky test is a failed one: there are no retries.
  return withHiddenFailure(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    exitCode,
  );
}

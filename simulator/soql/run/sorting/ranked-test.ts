import type { Ranks } from '@/simulator/soql/run/sorting/ranks';

type Test = (row: number) => boolean;

/** The first rank that passes a test which all ranks above it pass as well. */
export function firstRank({ rowOfRank, distinct }: Ranks, test: Test): number {
  let [low, high] = [1, distinct + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(rowOfRank[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A test that splits the values in two, such as `Name > 'M'`: found by a few rows, then a matter of ranks. */
export function splitByRank(known: Ranks, test: Test): Test {
  const { ranks, rowOfRank, distinct } = known;
  if (distinct === 0) return test;
  const upwards = test(rowOfRank[distinct] ?? 0);
  const first = firstRank(known, upwards ? test : (row) => !test(row));
  return (row) => {
    const rank = ranks[row] ?? 0;
    return rank > 0 && rank >= first === upwards;
  };
}

/** Rows of one rank hold the same value but for case, and so pass or fail together. */
export function onceForEachRank({ ranks, distinct }: Ranks, test: Test): Test {
  const verdicts = new Int8Array(distinct + 1);
  return (row) => {
    const rank = ranks[row] ?? 0;
    if (verdicts[rank] === 0) verdicts[rank] = test(row) ? 1 : -1;
    return verdicts[rank] === 1;
  };
}

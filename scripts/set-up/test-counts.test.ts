import { describe, expect, it } from 'vitest';
import { inWords, lastCounts } from './test-counts.mjs';

describe('the counts of a stage that runs apart', () => {
  it('are read from its last line', () => {
    const counts = { passed: 3_532, failed: 1, skipped: 2 };
    expect(lastCounts(`7 passed, 0 failed, 0 skipped\nlibrary …\n\n${inWords(counts)}\n`)).toEqual([
      3_532, 1, 2,
    ]);
  });

  it('are none when it broke off before', () => {
    expect(lastCounts('7 passed, 0 failed, 0 skipped\nError: out of memory\n')).toBeNull();
    expect(lastCounts('')).toBeNull();
  });
});

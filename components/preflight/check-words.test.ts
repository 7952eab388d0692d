import { describe, expect, it } from 'vitest';
import type { CheckResult, CheckState } from '@/lib/provisioning/preflight/types';
import { summaryWords } from './check-words';

const checksOf = (...states: CheckState[]): CheckResult[] =>
  states.map((state, at) => ({
    id: String(at),
    state,
    title: '',
    evidence: [],
    fix: null,
    knownBy: 'before_consent',
  }));

describe('a list of checks in words', () => {
  it('names the worst first, and leaves out what there is none of', () => {
    expect(summaryWords(checksOf('green', 'red', 'amber', 'amber'))).toBe('1 wrong, 2 to look at, 1 good');
    expect(summaryWords(checksOf('green', 'green'))).toBe('2 good');
  });
});

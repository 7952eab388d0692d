import { describe, expect, it } from 'vitest';
import { type Finding, findingCells, isMet, missesIn } from './verdict';

const finding: Finding = {
  what: '**page**: shell',
  measured: 12.34,
  unit: ' ms',
  limit: { atMost: 15 },
  beside: 'nothing',
};
const rate: Finding = { ...finding, what: 'rate', measured: 2.4, unit: ' ×', limit: { atLeast: 2.5 } };

describe('a finding', () => {
  it('is met at its limit, and missed beyond it', () => {
    expect(isMet({ ...finding, measured: 15 })).toBe(true);
    expect(isMet({ ...finding, measured: 15.01 })).toBe(false);
    expect(isMet({ ...rate, measured: 2.5 })).toBe(true);
    expect(isMet(rate)).toBe(false);
  });

  it('is missed when it was not measured', () => {
    expect(isMet({ ...finding, measured: Number.NaN })).toBe(false);
    expect(findingCells({ ...finding, measured: Number.NaN })).toEqual([
      '**page**: shell',
      '– ms',
      '≤ 15 ms',
      'not measured',
      'nothing',
    ]);
  });

  it('says its figure, its target and how it ended', () => {
    expect(findingCells(finding)).toEqual(['**page**: shell', '12.3 ms', '≤ 15 ms', 'met', 'nothing']);
    expect(findingCells(rate)).toEqual(['rate', '2.4 ×', '≥ 2.5 ×', '**missed**', 'nothing']);
  });

  it('names each miss in words', () => {
    expect(missesIn([finding])).toBeNull();
    expect(missesIn([finding, rate])).toBe('Missed: rate (2.4 × instead of 2.5 ×).');
  });
});

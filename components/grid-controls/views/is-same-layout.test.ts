import { describe, expect, it } from 'vitest';
import { DEFAULT_LAYOUT } from '@/components/data-grid/state/default-layout';
import { isSameLayout } from './is-same-layout';

const layout = { ...DEFAULT_LAYOUT, widths: { Name: 300, Industry: 120 }, pinned: ['Industry'] };

describe('two layouts', () => {
  it('are the same in whatever order their parts are kept', () => {
    const stored = { widths: { Industry: 120, Name: 300 }, wrap: false, pinned: ['Industry'] };
    expect(isSameLayout(layout, { ...DEFAULT_LAYOUT, ...stored })).toBe(true);
  });

  it.each([
    { density: 'compact' as const },
    { wrap: true },
    { rowNumbers: true },
    { widths: { Name: 301, Industry: 120 } },
    { widths: { Name: 300 } },
    { pinned: [] },
  ])('differ in %j', (change) => expect(isSameLayout(layout, { ...layout, ...change })).toBe(false));
});

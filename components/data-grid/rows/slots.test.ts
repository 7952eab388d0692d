import { describe, expect, it } from 'vitest';
import { rowsBySlot } from './slots';

describe('rowsBySlot', () => {
  it('stands in the order of rows where the reader rests', () => {
    expect(rowsBySlot({ first: 7, last: 11, origin: 7, slots: 5 })).toEqual([7, 8, 9, 10]);
  });

  it.each([
    ['down', 9],
    ['up', 5],
  ])('keeps every element that stays in its place while one scrolls %s', (_, first) => {
    const slots = 5;
    const slotsAt = (at: number) =>
      rowsBySlot({ first: at, last: at + slots, origin: 7, slots }).map((row) => row % slots);
    expect(slotsAt(first)).toEqual(slotsAt(7));
  });

  it('leaves out no row, and none twice, however far it is from where the reader rested', () => {
    for (const origin of [0, 3, 1_000]) {
      const rows = rowsBySlot({ first: 500, last: 512, origin, slots: 13 });
      expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => 500 + at));
    }
  });
});
